import fc from 'fast-check';
import superjson from 'superjson';
import { describe, expect, test } from 'vitest';
import { decode, encode, Unsendable } from './codec.ts';

const key = fc
  .string({ minLength: 1, maxLength: 6 })
  .filter((text) => !['__proto__', 'constructor', 'prototype'].includes(text));
const leaf = fc.oneof(
  fc.string(),
  fc.boolean(),
  fc.constant(null),
  // JSON knows no negative zero, nor does the service.
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
  fc.integer(),
  fc.date({ noInvalidDate: true }),
  fc.bigInt(),
);
const { value: contractual } = fc.letrec((again) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    leaf,
    fc.array(fc.oneof(again('value'), fc.constant(undefined)), { maxLength: 4 }),
    fc.dictionary(key, again('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

describe('the format of the wire', () => {
  test('what it writes, superjson reads', () => {
    fc.assert(
      fc.property(contractual, (value) => {
        const travelled = JSON.parse(JSON.stringify(encode(value))) as ReturnType<
          typeof superjson.serialize
        >;

        expect(superjson.deserialize(travelled)).toStrictEqual(value);
      }),
    );
  });

  test('what superjson writes, it reads', () => {
    fc.assert(
      fc.property(contractual, (value) => {
        const travelled: unknown = JSON.parse(JSON.stringify(superjson.serialize(value)));

        expect(decode(travelled)).toStrictEqual(value);
      }),
    );
  });

  test('keys with dots and backslashes keep their dates', () => {
    const at = new Date('2026-05-01T10:00:00Z');
    const value = { 'menu.write': { at }, '..': at, 'a\\.b\\': { '': at }, '': { x: at } };

    expect(decode(JSON.parse(JSON.stringify(superjson.serialize(value))))).toStrictEqual(value);
    expect(superjson.deserialize(encode(value) as never)).toStrictEqual(value);
  });

  test('a value that stands twice in an input is simply written twice', () => {
    const shared = { at: new Date(0) };

    expect(encode({ a: shared, b: shared })).toEqual({
      json: { a: { at: '1970-01-01T00:00:00.000Z' }, b: { at: '1970-01-01T00:00:00.000Z' } },
      meta: { values: { 'a.at': ['Date'], 'b.at': ['Date'] }, v: 1 },
    });
  });

  test('a note that names no kind of ours is no answer of the service', () => {
    const hostile = { a: ['valueOf'], 'a.Date': ['toString'] };

    expect(() => decode({ json: { a: 1 }, meta: { values: hostile } })).toThrow(TypeError);
    expect(decode({ json: '1970-01-01', meta: { values: ['Date'] } })).toEqual(new Date(0));
  });

  test.each([{ '': new Date(0) }, new Date(0), 5n, { a: { '': 5n } }])(
    'a value without a name is not taken for the whole: %o',
    (value) => {
      expect(superjson.deserialize(encode(value) as never)).toStrictEqual(value);
    },
  );

  test('undefined in an object is left out', () => {
    expect(encode({ a: undefined, b: 1 })).toEqual({ json: { b: 1 } });
  });

  test.each([
    ['a function', { a: () => 1 }],
    ['a symbol', [Symbol('x')]],
    ['a Map', { a: new Map() }],
    ['a class', new URL('http://localhost')],
    ['an invalid date', { at: new Date(Number.NaN) }],
    ['NaN', { limit: Number.NaN }],
    ['Infinity', [-Infinity]],
  ])('%s is refused before it is sent', (_, value) => {
    expect(() => encode(value)).toThrow(Unsendable);
  });

  test('a circle is refused before it is sent', () => {
    const round: Record<string, unknown> = {};
    round['self'] = round;

    expect(() => encode(round)).toThrow(
      'a circle, or something this deep, cannot be sent (self.self',
    );
  });

  test('an answer cannot reach what every object inherits', () => {
    const values = { '__proto__.toString': ['number'], 'constructor.prototype.valueOf': ['Date'] };
    const { toString, valueOf } = Object.prototype;

    decode({ json: { a: 1 }, meta: { values } });

    expect(Object.prototype.toString === toString).toBe(true);
    expect(Object.prototype.valueOf === valueOf).toBe(true);
  });
});
