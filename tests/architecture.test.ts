import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { PATHS, PLANTS, WORDS } from './architecture/plants.ts';
import { ROOMS } from './architecture/rooms.ts';
import { roomOf, violations } from './architecture/violations.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const files = globSync(['{packages,apps}/*/src/**/*.{ts,tsx}', 'tests/**/*.ts'], {
  cwd: root,
  exclude: ['**/node_modules/**', '**/generated/**', '**/migrations/**'],
}).map((path) => ({ path, source: readFileSync(`${root}${path}`, 'utf8') }));

describe('the rooms of this repository', () => {
  test('no file is out of place, imports a stranger or says a forbidden word', () => {
    const told = violations(files).map(
      ({ file, import: what, row }) => `${file}: ${what}\n  ${row}`,
    );

    expect(told.join('\n')).toBe('');
  });

  test('every workspace has been walked', () => {
    const walked = new Set(files.map(({ path }) => path.split('/').slice(0, 2).join('/')));

    expect([...walked]).toEqual(expect.arrayContaining(['packages/kernel', 'packages/domains']));
  });
});

describe('the table of rooms', () => {
  test('has a planted line for every row', () => {
    expect(PLANTS.map(({ room }) => room)).toEqual(ROOMS.map(({ room }) => room));
  });

  test.each(PLANTS)('$room lets in what belongs there', ({ room, file, right }) => {
    expect(roomOf(file)?.room).toBe(room);
    expect(violations([{ path: file, source: right }])).toEqual([]);
  });

  test.each(PLANTS)('$room keeps out what does not', ({ room, file, wrong }) => {
    expect(violations([{ path: file, source: wrong }])).toEqual([
      { file, import: expect.any(String), row: expect.stringContaining(room) },
    ]);
  });

  test.each(WORDS)('%s does without: %s', (path, source, word) => {
    expect(violations([{ path, source }])).toMatchObject([{ file: path, import: word }]);
  });

  test.each(PATHS)('%s is refused: %s', (path, row) => {
    expect(violations([{ path, source: '' }]).map((one) => one.row)).toContain(row);
  });

  test('comments, strings and templates import nothing', () => {
    const source = `// import { x } from 'fastify'\nexport const text = "import 'fastify'" + \`import('fastify')\`;`;

    expect(violations([{ path: 'packages/kernel/src/text.ts', source }])).toEqual([]);
  });

  test('an import in the middle of a type is an import', () => {
    const source = `export type Server = import('fastify').FastifyInstance;`;

    expect(violations([{ path: 'packages/kernel/src/text.ts', source }])).toHaveLength(1);
  });
});
