import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';

const tarball = inject('tarball');
const ATTW = '@arethetypeswrong/cli/dist/index.js';
const modules = join(inject('tools'), 'node_modules');

/** What a tool says; it throws when the tool finds something. */
function said(tool: string, ...options: string[]): string {
  return execFileSync(process.execPath, [join(modules, tool), tarball, ...options], {
    encoding: 'utf8',
  });
}

test('publint has nothing to say', () => {
  expect(said('publint/src/cli.js', '--strict')).toContain('All good!');
});

test('every entry has its types, however modules are resolved', () => {
  const told = said(ATTW, '--profile', 'esm-only', '--format', 'ascii');

  expect([...told.matchAll(/^"(.*)"$/gm)].map(([, entry]) => entry)).toEqual([
    '@comanda/client',
    '@comanda/client/minimal',
    '@comanda/client/pace',
    '@comanda/client/router',
    '@comanda/client/package.json',
  ]);
});
