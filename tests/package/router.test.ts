import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, expect, inject, test } from 'vitest';
import { brokenLines, markedLines, WAYS } from './compiling.ts';

const tools = inject('tools');
const bare = inject('npm');
const project = join(dirname(bare), 'react');
const BESIDE = [
  '@tanstack/react-query',
  '@trpc/client',
  '@trpc/server',
  '@trpc/tanstack-react-query',
  '@types/react',
  'react',
];

beforeAll(() => {
  cpSync(bare, project, { recursive: true });
  for (const name of BESIDE) {
    const link = join(project, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(tools, 'node_modules', name), link, 'junction');
  }
});

test.each(WAYS)(
  'TanStack Query with $compiler, $moduleResolution, skipLibCheck $skipLibCheck: right compiles, and each mistake is found',
  async (way) => {
    const found = await brokenLines({
      ...way,
      tools,
      project,
      files: ['react.tsx', 'react-wrong.tsx'],
      options: { lib: ['es2022', 'dom', 'esnext.disposable'] },
    });

    expect(found).toEqual(markedLines(project, 'react-wrong.tsx'));
  },
);

test.each(WAYS.filter(({ skipLibCheck }) => skipLibCheck))(
  'without tRPC beside it, $compiler and $moduleResolution find no silent any',
  async (way) => {
    const found = await brokenLines({ ...way, tools, project: bare, files: ['no-trpc.ts'] });

    expect(found).toEqual(markedLines(bare, 'no-trpc.ts'));
  },
);
