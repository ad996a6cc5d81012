import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical } from './canonical.ts';

describe('values that mean the same', () => {
  test.each<[string, unknown, unknown]>([
    ['keys in another order', { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }],
    ['what has no value', { a: 1, b: undefined }, { a: 1 }],
    ['another spelling of a number', 7.0, 7],
    ['zero below and above', -0, 0],
    ['two dates of one moment', new Date(5), new Date(5)],
  ])('are written the same: %s', (_, one, other) => {
    expect(canonical(one)).toBe(canonical(other));
  });

  test('are written the same in whatever order their keys come', () => {
    const entries = fc.uniqueArray(fc.tuple(fc.string(), fc.jsonValue()), {
      selector: ([key]) => key,
    });

    fc.assert(
      fc.property(entries, (entries) => {
        const one = canonical(Object.fromEntries(entries));
        expect(canonical(Object.fromEntries(entries.toReversed()))).toBe(one);
      }),
    );
  });
});

describe('values that differ', () => {
  const different = [
    1,
    '1',
    1n,
    '1n',
    true,
    'true',
    null,
    'null',
    [],
    {},
    '',
    [1, 2],
    [2, 1],
    [[1], 2],
    '[1,2]',
    { a: 1 },
    { a: '1' },
    { b: 1 },
    { a: null },
    { 'a":1,"b': 1 },
    { a: 1, b: 1 },
    new Date(1),
    'Date(1)',
    new Date(1).toISOString(),
    [undefined],
    [null],
  ];

  test('are written differently', () => {
    expect(new Set(different.map(canonical)).size).toBe(different.length);
  });

  test('are written differently, whatever JSON they are', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const same = canonical(one) === canonical(other);
        expect(same).toBe(canonical(JSON.parse(JSON.stringify(one))) === canonical(other));
        expect(same ? one : undefined).toEqual(same ? other : undefined);
      }),
    );
  });
});

test('what cannot be written down is refused', () => {
  expect(() => canonical({ act: () => undefined })).toThrow('A function cannot be written down.');
  expect(() => canonical(Symbol('s'))).toThrow('A symbol cannot be written down.');
});
