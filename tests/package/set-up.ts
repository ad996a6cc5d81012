import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { findChromium } from './chromium.ts';
import { bareProject } from './projects.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The package as it is published. */
    tarball: string;
    /** What only these tests need: compilers, package checkers, React. */
    tools: string;
    /** The package installed into a project that has nothing else, by each installer. */
    npm: string;
    pnpm: string;
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const CLIENT = join(root, 'packages/client');
const TOOLS = fileURLToPath(new URL('tools', import.meta.url));

/** Builds, packs and installs the client once for the whole run. */
export default function setUp(project: TestProject): () => void {
  demandBrowser(project);
  const dist = join(CLIENT, `dist/test-${process.pid}`);
  const installed = mkdtempSync(join(tmpdir(), 'comanda-package-'));
  const tarball = execFileSync(process.execPath, [join(CLIENT, 'scripts/build.ts'), dist], {
    encoding: 'utf8',
  }).trim();
  const tools = installedTools();
  project.provide('tarball', tarball);
  project.provide('tools', tools);
  project.provide('npm', bareProject(join(installed, 'npm'), tarball, ['npm']));
  project.provide('pnpm', bareProject(join(installed, 'pnpm'), tarball, pnpmOf(tools, installed)));
  return () => {
    rmSync(dist, { recursive: true });
    rmSync(installed, { recursive: true });
  };
}

function demandBrowser({ vitest }: TestProject): void {
  if (findChromium()) return;
  if (process.env['REQUIRE_SERVICES'] === '1')
    throw new Error('Chromium not found, and REQUIRE_SERVICES=1 demands it');
  vitest.logger.warn('Chromium not found: the tests of the client in a browser are left out');
}

/** Kept from run to run, under the hash of what they were installed from. */
function installedTools(): string {
  const files = ['package.json', 'package-lock.json'];
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(join(TOOLS, file)));
  const cache = join(root, 'node_modules/.cache/comanda-package-tools');
  const home = join(cache, hash.digest('hex').slice(0, 16));
  if (existsSync(home)) return home;
  const making = `${home}.${process.pid}`;
  mkdirSync(making, { recursive: true });
  for (const file of files) cpSync(join(TOOLS, file), join(making, file));
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: making });
  renameSync(making, home);
  return home;
}

function pnpmOf(tools: string, folder: string): string[] {
  const pnpm = join(tools, 'node_modules/pnpm/bin/pnpm.cjs');
  return [process.execPath, pnpm, '--store-dir', join(folder, 'store')];
}
