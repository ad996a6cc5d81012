import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CONSUMER = fileURLToPath(new URL('consumer', import.meta.url));

/** A project that has the packed client, the uses and misuses of `consumer/`, and nothing else. */
export function bareProject(folder: string, tarball: string, installer: string[]): string {
  const [program = '', ...args] = installer;
  mkdirSync(folder, { recursive: true });
  cpSync(CONSUMER, folder, { recursive: true });
  const manifest = {
    name: 'consumer',
    private: true,
    type: 'module',
    dependencies: { '@comanda/client': `file:${tarball}` },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  // Offline: whatever the package needed from elsewhere would fail here.
  execFileSync(program, [...args, 'install', '--offline', '--ignore-scripts'], {
    cwd: folder,
    env: outside(),
    stdio: 'pipe',
  });
  return folder;
}

/** The environment without what the npm that runs the tests put there for them. */
export function outside(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith('npm_')),
  );
}
