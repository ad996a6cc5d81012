import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { findMariadbd } from './mariadb/server.ts';
import { NoSkips } from './no-skips.ts';

const onBothDialects = ['spec', 'concurrency', 'regression', 'storage'].map(
  (folder) => `tests/${folder}/**/*.{spec,test}.ts`,
);
const globalSetup = 'tests/mariadb/global-setup.ts';

const unit = { name: 'unit', include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts'] };
const check = { name: 'check', include: ['tests/architecture.test.ts', 'tests/docs.test.ts'] };
const sqlite = {
  name: 'sqlite',
  include: onBothDialects,
  provide: { dialect: 'sqlite', mariadbUrl: null } as const,
};
const mariadb = {
  name: 'mariadb',
  include: onBothDialects,
  provide: { dialect: 'mariadb' } as const,
  globalSetup,
};
// The driver for MySQL, against MariaDB as far as that goes: MySQL itself cannot be had here.
const mysql = {
  name: 'mysql',
  include: ['tests/spec/**/*.{spec,test}.ts'],
  provide: { dialect: 'mysql' } as const,
  globalSetup,
};
const faults = {
  name: 'faults',
  include: ['tests/faults/**/*.{spec,test}.ts'],
  exclude: findMariadbd() ? [] : ['tests/faults/two-servers.test.ts'],
  testTimeout: 120_000,
  hookTimeout: 120_000,
  fileParallelism: false,
  sequence: { groupOrder: 1 }, // after everything else, so that nothing competes with its processes
};

// Without a server, the same setup at sqlite says what is left out, or refuses to go on.
const dialects = findMariadbd() ? [sqlite, mariadb, mysql] : [{ ...sqlite, globalSetup }];

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    projects: [unit, check, ...dialects, faults].map((test) => ({ extends: true as const, test })),
    pool: 'forks', // native addons (better-sqlite3, argon2), and a crash takes one file with it
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    passWithNoTests: false,
    allowOnly: false,
    reporters: ['default', new NoSkips()],
  },
});
