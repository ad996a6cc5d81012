import { cpSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { brokenLines, markedLines, WAYS } from './compiling.ts';

const tools = inject('tools');

describe.each(['npm', 'pnpm'] as const)('installed by %s', (installer) => {
  const project = inject(installer);
  const mistakes = markedLines(project, 'wrong.ts');

  test('it brings nothing along', () => {
    const modules = join(project, 'node_modules');

    expect(existsSync(join(modules, '@comanda/client/index.js'))).toBe(true);
    expect(existsSync(join(modules, '@trpc'))).toBe(false);
    expect(existsSync(join(modules, '.pnpm/node_modules/@trpc'))).toBe(false);
  });

  test.each(WAYS)(
    '$compiler, $moduleResolution, skipLibCheck $skipLibCheck: right compiles, and each mistake is found',
    async (way) => {
      const found = await brokenLines({
        ...way,
        tools,
        project,
        files: ['right.ts', 'wrong.ts'],
      });

      expect(mistakes.length).toBeGreaterThanOrEqual(10);
      expect(found).toEqual(mistakes);
    },
  );
});

test('in this repository the same mistakes are found, by the types that are inferred', async () => {
  const inside = join(dirname(inject('tarball')), 'inside');
  cpSync(inject('npm'), inside, { recursive: true, filter: (from) => !from.includes('modules') });

  const found = await brokenLines({
    compiler: 'typescript-7',
    moduleResolution: 'bundler',
    skipLibCheck: true,
    tools,
    project: inside,
    files: ['right.ts', 'wrong.ts'],
    options: { types: ['node'], lib: ['es2024', 'dom'], allowImportingTsExtensions: true },
  });

  expect(found).toEqual(markedLines(inside, 'wrong.ts'));
});
