import fc from 'fast-check';
import superjson from 'superjson';
import { describe, expect, test } from 'vitest';
import { wireText } from './wire-text.ts';

const plainly = (value: unknown) => JSON.stringify(superjson.serialize(value));

/** Whatever JSON knows, and what it does not, in every place; some of it superjson alone can write. */
const values = fc.anything({
  maxDepth: 4,
  withDate: true,
  withBigInt: true,
  withMap: true,
  withSet: true,
  withNullPrototype: true,
  values: [
    fc.string(),
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.constantFrom(null, undefined, -0, Number.NaN, Infinity),
    fc.date(),
    fc.bigInt(),
  ],
  key: fc.oneof(fc.stringMatching(/^[a-z]{1,3}$/), fc.constantFrom('a.b', 'c\\d', '0', '', '1.2')),
});

describe('what is written for the wire', () => {
  test('is what superjson writes, but for the order in which it names what is special', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(JSON.parse(wireText(value))).toEqual(JSON.parse(plainly(value)));
      }),
      { numRuns: 3_000 },
    );
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a date alone', new Date(5)],
    ['a date that is none', { at: new Date(Number.NaN) }],
    ['a bigint', [10n, { left: -3n }]],
    ['dates among others', { items: [{ at: new Date(1), left: undefined }, { at: new Date(2) }] }],
    ['keys with dots and slashes', { 'a.b': new Date(1), 'c\\d': undefined }],
    ['minus nothing', { price: -0 }],
    ['what is no number', [Number.NaN]],
    ['a set', { of: new Set([1, 2]) }],
    ['no key', { '': new Date(1) }],
    ['an error', { error: new TypeError('no') }],
  ])('%s is written as superjson writes it', (_, value) => {
    expect(wireText(value)).toBe(plainly(value));
  });

  test('a list with holes has as many places as superjson would leave it', () => {
    const holed = (list: Record<number, number>, length: number) =>
      Object.assign([], list, { length });
    for (const list of [holed({ 1: 1, 3: 2 }, 5), holed({}, 3), Array.from({ length: 3 })]) {
      expect(JSON.parse(wireText(list))).toEqual(JSON.parse(superjson.stringify(list)));
    }
  });

  test('one object in two places is read as two that are alike', () => {
    const place = { id: 'a', at: new Date(7) };

    const read = superjson.parse(wireText({ first: place, second: place }));

    expect(read).toEqual({ first: place, second: place });
  });

  test('a key that would reach for the prototype is refused, as by superjson', () => {
    const value = JSON.parse('{"__proto__": 1}') as unknown;

    expect(() => wireText(value)).toThrow('prototype pollution');
  });

  test('a circle ends as it does with superjson', () => {
    const circle: Record<string, unknown> = { name: 'round' };
    circle['self'] = circle;

    expect(wireText(circle)).toBe(plainly(circle));
  });
});
