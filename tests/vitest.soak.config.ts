import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { NoSkips } from './no-skips.ts';

// The full counts: what `npm test` tries a few times, many times; and what only many samples can tell.
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: [
      'tests/soak/**/*.test.ts',
      'tests/spec/{,rest.}fuzz.spec.ts',
      'tests/faults/{backup,crash,leaving,migrating.crash}.test.ts',
    ],
    env: { FUZZ_CASES: process.env['FUZZ_CASES'] ?? '20000', SOAK_ROUNDS: '100' },
    provide: { dialect: 'sqlite', mariadbUrl: null },
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 1_200_000,
    hookTimeout: 120_000,
    passWithNoTests: false,
    allowOnly: false,
    reporters: ['default', new NoSkips()],
  },
});
