import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'vitest/node';
import { describe, expect, test } from 'vitest';
import { REPOSITORY } from './faults/server.ts';

// What is promised has numbers, and the title of a test says which of them it proves: 'P15 …', 'T8 T9 …',
// 'K1…6 …', 'S0-46/47 …'. A promise that no test names is not kept by anything.

/** From the first to the last number of each kind. */
const PROMISED: Record<string, [number, number]> = {
  P: [1, 37],
  T: [1, 46],
  K: [1, 9],
  'S0-': [1, 51],
  'S1-': [1, 33],
  'S2-': [1, 28],
  'S3-': [1, 31],
  'S4-': [1, 5],
};

/** Proved by no test here, and why. */
const ELSEWHERE: Record<string, string> = {
  'S3-31': 'an application for telephones: whoever builds one does so on the client',
};

const ID = /(?<![\w-])(S\d-(?=\d\d)|[PTK](?=\d))(\d+)((?:[…/]\d+)*)(?!\w)/g;

/** `K1…3/5` are K1, K2, K3 and K5. */
function idsIn(title: string): string[] {
  return [...title.matchAll(ID)].flatMap(([, kind = '', first = '', more = '']) => {
    const numbers = [Number(first)];
    for (const [, how, next] of more.matchAll(/([…/])(\d+)/g)) {
      const from = how === '…' ? (numbers.at(-1) ?? 0) + 1 : Number(next);
      for (let number = from; number <= Number(next); number += 1) numbers.push(number);
    }
    return numbers.map((number) => named(kind, number));
  });
}

function named(kind: string, number: number): string {
  return kind + (kind.startsWith('S') ? String(number).padStart(2, '0') : number);
}

interface Node {
  type: string;
  [part: string]: unknown;
}

/** What stands first in the calls of `test` and `describe`, and what rows of their tables start with. */
function titlesIn(source: string): string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (typeof value !== 'object' || value === null || !('type' in value)) return;
    const node = value as Node;
    if (node.type === 'CallExpression' && isOfTests(node['callee'] as Node)) {
      const [title] = node['arguments'] as Node[];
      found.push(...textsOf(title));
    }
    Object.values(node).forEach(visit);
  };
  visit(parseAst(source, { lang: 'ts' }));
  return found;
}

/** `test`, `describe.concurrent`, `test.each(rows)` and the like. */
function isOfTests(callee: Node): boolean {
  if (callee.type === 'Identifier') return ['test', 'describe'].includes(String(callee['name']));
  const inner = callee['object'] ?? callee['callee'] ?? callee['tag'];
  return inner !== undefined && isOfTests(inner as Node);
}

function textsOf(title: Node | undefined): string[] {
  if (title?.type === 'Literal') return [String(title['value'])];
  if (title?.type === 'TemplateLiteral') {
    const parts = title['quasis'] as { value: { cooked: string } }[];
    return [parts.map(({ value }) => value.cooked).join(' ')];
  }
  if (title?.type !== 'ArrayExpression') return [];
  const rows = title['elements'] as Node[];
  return rows.flatMap((row) =>
    row.type === 'ArrayExpression' ? textsOf((row['elements'] as Node[])[0]) : [],
  );
}

const promised = Object.entries(PROMISED).flatMap(([kind, [first, last]]) =>
  Array.from({ length: last - first + 1 }, (_, at) => named(kind, first + at)),
);

/** But for this one, whose own titles are samples. */
const files = globSync('{tests,packages,apps}/**/*.{test,spec}.ts', {
  cwd: REPOSITORY,
  exclude: ['**/node_modules', 'tests/proofs.test.ts'],
});
const proved = new Set(
  files.flatMap((file) => titlesIn(readFileSync(join(REPOSITORY, file), 'utf8')).flatMap(idsIn)),
);

describe('every promise', () => {
  test('is proved by a test that names it, or it is said why not', () => {
    expect(promised.filter((id) => !proved.has(id) && !(id in ELSEWHERE))).toEqual([]);
  });

  test('that is said to have no test has none', () => {
    expect(Object.keys(ELSEWHERE).filter((id) => proved.has(id))).toEqual([]);
  });

  test('that a test names was made', () => {
    expect([...proved].filter((id) => !promised.includes(id))).toEqual([]);
  });
});

describe('the reading of titles', () => {
  test.each([
    ['P1 of one', ['P1']],
    ['T8, T34 of two', ['T8', 'T34']],
    ['K1…3/5 of several', ['K1', 'K2', 'K3', 'K5']],
    ['S0-46/47 of a pair', ['S0-46', 'S0-47']],
    ['P32: and what follows', ['P32']],
    ['a table named T-1, an HTTP2 line, X509 and S3', []],
  ])('%s', (title, ids) => {
    expect(idsIn(title)).toEqual(ids);
  });

  test('finds them wherever tests have them', () => {
    const source = `
      describe('P1 a', () => { test.each([['P2', 1]])('%s', () => {}); test(\`P3 \${x} y\`, f); });
      describe.each(kinds)('P4 %s', f); test.concurrent('P5', f); other('P6', f); const at = 'P7';
    `;

    expect(titlesIn(source).flatMap(idsIn).toSorted()).toEqual(['P1', 'P2', 'P3', 'P4', 'P5']);
  });
});
