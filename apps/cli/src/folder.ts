import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

type Env = Record<string, string | undefined>;

/** Where this user keeps settings of programs. */
export function folderOf(env: Env): string {
  const { COMANDA_CONFIG_DIR, XDG_CONFIG_HOME, APPDATA } = env;
  if (COMANDA_CONFIG_DIR) return COMANDA_CONFIG_DIR;
  return join(XDG_CONFIG_HOME || APPDATA || join(homedir(), '.config'), 'comanda');
}

/** Files that nobody else on this machine may read; each is whole, or as it was before. */
export class Folder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** What can be read of it, if anything. */
  read(name: string): unknown {
    try {
      return JSON.parse(readFileSync(join(this.path, name), 'utf8')) as unknown;
    } catch {
      return undefined;
    }
  }

  write(name: string, content: unknown): void {
    mkdirSync(this.path, { recursive: true, mode: 0o700 });
    chmodSync(this.path, 0o700);
    const fresh = join(this.path, `.${name}.${process.pid}`);
    writeFileSync(fresh, JSON.stringify(content), { mode: 0o600 });
    renameSync(fresh, join(this.path, name));
  }

  remove(name: string): void {
    rmSync(join(this.path, name), { force: true });
  }
}
