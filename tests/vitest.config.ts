import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { missingServices } from './cluster/finding.ts';
import { findNginx } from './faults/finding.ts';
import { findMariadbd } from './mariadb/server.ts';
import { NoSkips } from './no-skips.ts';
import { findChromium } from './package/chromium.ts';
import { findRedis } from './redis/finding.ts';

const onBothDialects = ['spec', 'concurrency', 'regression', 'storage'].map(
  (folder) => `tests/${folder}/**/*.{spec,test}.ts`,
);
const globalSetup = 'tests/mariadb/global-setup.ts';
// A process runs file after file: to load and warm up the service for each would cost more than the tests.
const isolate = false;

const unit = { name: 'unit', include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts'] };
const check = {
  name: 'check',
  include: [
    ...['architecture', 'contract', 'deploy', 'docs', 'proofs', 'supply-chain'].map(
      (name) => `tests/${name}.test.ts`,
    ),
    'bench/**/*.test.ts',
  ],
  // Beside lint and types on few cores: all files are read, and a busy machine takes its time.
  testTimeout: 120_000,
};
const sqlite = {
  name: 'sqlite',
  include: onBothDialects,
  exclude: ['tests/**/*.mariadb.spec.ts'],
  isolate,
  provide: { dialect: 'sqlite', mariadbUrl: null } as const,
};
const mariadb = {
  name: 'mariadb',
  include: onBothDialects,
  isolate,
  provide: { dialect: 'mariadb' } as const,
  globalSetup,
};
/** Walks over access, inputs, transport and quotas: what each procedure stores has specs of its own. */
const ofNoDriver = [
  'access*',
  'client.*',
  'fuzz',
  'http.*',
  'kit',
  'quotas.{charging,pacing,slow,telling}',
  'recipes.canaries',
  'rest.*',
  'shifts.gate',
  'statements.changes',
];
// The driver for MySQL, against MariaDB as far as that goes: MySQL itself cannot be had here.
const mysql = {
  name: 'mysql',
  include: ['tests/spec/**/*.{spec,test}.ts'],
  exclude: ofNoDriver.map((name) => `tests/spec/${name}.spec.ts`),
  isolate,
  provide: { dialect: 'mysql' } as const,
  globalSetup,
};
const faults = {
  name: 'faults',
  include: ['tests/faults/**/*.{spec,test}.ts'],
  exclude: [
    ...(findMariadbd() ? [] : ['tests/faults/{two-servers,tls,rotating,sql-server}.test.ts']),
    ...(findNginx() ? [] : ['tests/faults/nginx.test.ts']),
  ],
  testTimeout: 120_000,
  hookTimeout: 120_000,
  fileParallelism: false,
  sequence: { groupOrder: 1 }, // after everything else, so that nothing competes with its processes
};
const cli = {
  name: 'cli',
  include: ['tests/cli/**/*.test.ts'],
  testTimeout: 60_000,
  hookTimeout: 60_000,
  fileParallelism: false,
  sequence: { groupOrder: 2 },
};
const redis = {
  name: 'redis',
  include: ['tests/redis/**/*.test.ts'],
  testTimeout: 60_000,
  hookTimeout: 60_000,
  fileParallelism: false,
  sequence: { groupOrder: 3 },
};
const cluster = {
  name: 'cluster',
  include: ['tests/cluster/**/*.test.ts'],
  testTimeout: 120_000,
  hookTimeout: 120_000,
  fileParallelism: false,
  sequence: { groupOrder: 4 },
};
const web = {
  name: 'web',
  include: ['tests/web/**/*.test.ts'],
  exclude: findChromium() ? [] : ['tests/web/**/*.test.ts'],
  globalSetup: 'tests/web/global-setup.ts',
  testTimeout: 90_000,
  hookTimeout: 90_000,
  sequence: { groupOrder: 5 },
};
const packed = {
  name: 'package',
  include: ['tests/package/**/*.test.ts'],
  exclude: findChromium() ? [] : ['tests/package/{browser,docs-page}.test.ts'],
  globalSetup: 'tests/package/set-up.ts',
  testTimeout: 60_000,
  hookTimeout: 60_000,
  fileParallelism: false,
  sequence: { groupOrder: 6 },
};

// Without a server, the setups at sqlite say what is left out, or refuse to go on.
const missing = [
  'tests/redis/global-setup.ts',
  'tests/faults/global-setup.ts',
  'tests/cluster/global-setup.ts',
  ...(findMariadbd() ? [] : [globalSetup]),
];
const dialects = [{ ...sqlite, globalSetup: missing }, ...(findMariadbd() ? [mariadb, mysql] : [])];
const shared = findRedis() ? [redis] : [];
const whole = missingServices().length === 0 ? [cluster] : [];

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    projects: [unit, check, ...dialects, faults, cli, ...shared, ...whole, web, packed].map(
      (test) => ({
        extends: true as const,
        test,
      }),
    ),
    pool: 'forks', // native addons (better-sqlite3, argon2), and a crash takes one file with it
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    passWithNoTests: false,
    allowOnly: false,
    reporters: ['default', new NoSkips()],
  },
});
