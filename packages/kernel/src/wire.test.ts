import fc from 'fast-check';
import superjson from 'superjson';
import { describe, expect, test } from 'vitest';
import { DomainError } from './errors.ts';
import { wire } from './wire.ts';

const receive = (received: unknown) => wire.input.deserialize(received);
const overTheWire = (value: unknown) =>
  receive(JSON.parse(JSON.stringify(wire.input.serialize(value))));
const says = (message: string) =>
  expect.objectContaining({
    code: 'VALIDATION',
    details: { issues: [{ path: '', message }], more: 0 },
  });

function thrownBy(work: () => unknown): unknown {
  try {
    return { nothingThrown: work() };
  } catch (error) {
    return error;
  }
}

const key = fc
  .string({ minLength: 1, maxLength: 8 })
  .filter((text) => !/[.\\]/.test(text) && !/^(__proto__|constructor|prototype)$/.test(text));
const leaf = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
  fc.bigInt({ min: -(10n ** 39n), max: 10n ** 39n }),
  fc.date({ noInvalidDate: true }),
);
/** Everything that may travel to the server. */
const { value: plainValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 5 },
    leaf,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(key, tie('value'), { maxKeys: 5, noNullPrototype: true }),
  ),
}));

describe('sending', () => {
  test('what goes out is what superjson writes', () => {
    fc.assert(
      fc.property(plainValue, (value) => {
        expect(wire.output.serialize(value)).toEqual(superjson.serialize(value));
      }),
    );
  });

  test('the server reads back what a client sends, with dates, undefined and bigints', () => {
    fc.assert(
      fc.property(plainValue, (value) => {
        expect(overTheWire(value)).toStrictEqual(value);
      }),
      { numRuns: 500 },
    );
  });

  test('nothing at all stays nothing', () => {
    expect(receive(undefined)).toBeUndefined();
  });
});

describe('a value of a kind that is not accepted', () => {
  test.each([
    ['a set', new Set([1])],
    ['a map', new Map([['a', 1]])],
    ['a regular expression', /a+$/],
    ['a URL', new URL('https://example.com')],
    ['an error', new Error('boom')],
    ['typed numbers', new Uint8Array(3)],
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['minus zero', -0],
  ])('%s is refused', (_, value) => {
    expect(thrownBy(() => overTheWire({ value }))).toMatchObject({ code: 'VALIDATION' });
  });

  test.each([
    'Set',
    'map',
    'regexp',
    'URL',
    'Error',
    'number',
    'class',
    'custom',
    'symbol',
    'Uint8Array',
    'DATE',
    'date',
    '',
    '__proto__',
    'constructor',
  ])('the annotation %j is refused, whatever it stands on', (kind) => {
    const refused = says('only Date, undefined and bigint may be annotated');

    expect(thrownBy(() => receive({ json: { a: '1' }, meta: { values: { a: [kind] } } }))).toEqual(
      refused,
    );
    expect(thrownBy(() => receive({ json: 'x', meta: { values: [kind] } }))).toEqual(refused);
  });

  test('T9 a typed array that asks for gigabytes is refused before it is made', () => {
    const json = { a: { length: 4_294_967_295 } };
    const values = { a: [['typed-array', 'Float64Array']] };

    expect(thrownBy(() => receive({ json, meta: { values } }))).toEqual(
      says('an annotation is of an unknown shape'),
    );
  });
});

describe('meta of a hostile shape', () => {
  const anything = { a: '2026-01-01', b: { c: '1' }, list: ['x'] };
  test.each<[string, unknown, string]>([
    [
      'shared references',
      { referentialEqualities: { a: ['b'] } },
      'shared references are not accepted',
    ],
    [
      'empty shared references',
      { referentialEqualities: null },
      'shared references are not accepted',
    ],
    ['a list for meta', [], 'meta is not an object'],
    ['a text for meta', 'Date', 'meta is not an object'],
    ['a number for values', { values: 1 }, 'an annotation is of an unknown shape'],
    ['null for values', { values: null }, 'an annotation is of an unknown shape'],
    ['a pair', { values: { a: ['Date', {}] } }, 'an annotation is of an unknown shape'],
    ['a class', { values: { a: [['class', 'User']] } }, 'an annotation is of an unknown shape'],
    ['a symbol', { values: { a: [['symbol', 's']] } }, 'an annotation is of an unknown shape'],
    ['an empty list', { values: { a: [] } }, 'an annotation is of an unknown shape'],
    ['an escaped dot', { values: { 'b\\.c': ['bigint'] } }, 'an escaped path is not accepted'],
    ['an escaped backslash', { values: { 'a\\\\': ['Date'] } }, 'an escaped path is not accepted'],
    ['a path to nothing', { values: { z: ['Date'] } }, 'an annotation names no value'],
    ['a path past a text', { values: { 'a.0': ['Date'] } }, 'an annotation names no value'],
    ['an inherited name', { values: { toString: ['Date'] } }, 'an annotation names no value'],
    ['a hole in a list', { values: { 'list.1': ['undefined'] } }, 'an annotation names no value'],
    ['a number of a list', { values: { 'list.length': ['bigint'] } }, 'a value is no bigint'],
    ['a date that is none', { values: { 'list.0': ['Date'] } }, 'a value is no Date'],
    ['a bigint that is none', { values: { a: ['bigint'] } }, 'a value is no bigint'],
    ['undefined over a value', { values: { a: ['undefined'] } }, 'a value is no undefined'],
    ['a date over an object', { values: { b: ['Date'] } }, 'a value is no Date'],
  ])('%s is refused', (_, meta, message) => {
    expect(thrownBy(() => receive({ json: anything, meta }))).toEqual(says(message));
  });

  test('a value annotated twice is refused, not converted twice', () => {
    const received = {
      json: { a: { b: '2020' } },
      meta: { values: { 'a.b': ['bigint'], a: { b: ['Date'] } } },
    };

    expect(thrownBy(() => receive(received))).toEqual(says('a value is annotated twice'));
  });

  test('a bigint of hundreds of digits is refused', () => {
    const received = { json: '9'.repeat(41), meta: { values: ['bigint'] } };

    expect(thrownBy(() => receive(received))).toEqual(says('a value is no bigint'));
  });

  test('a thousand annotations pass, one more is refused', () => {
    const annotated = (count: number) => ({
      json: Array.from({ length: count }, () => null),
      meta: {
        values: Object.fromEntries(Array.from({ length: count }, (_, i) => [i, ['undefined']])),
      },
    });

    expect(receive(annotated(1_000))).toHaveLength(1_000);
    expect(thrownBy(() => receive(annotated(1_001)))).toEqual(says('too much meta'));
  });

  test('T36 annotations nested in each other without end are refused', () => {
    const nested = JSON.parse(`${'{"a":'.repeat(5_000)}["Date"]${'}'.repeat(5_000)}`);

    expect(thrownBy(() => receive({ json: {}, meta: { values: nested } }))).toEqual(
      says('too much meta'),
    );
  });
});

describe('T8 names of the prototype', () => {
  const polluting = ['__proto__', 'constructor', 'prototype'];

  test.each(polluting)('%s as a path is refused', (name) => {
    const values = JSON.parse(`{"${name}.polluted":["undefined"]}`);
    const deeper = JSON.parse(`{"a":{"${name}":{"polluted":["undefined"]}}}`);

    expect(thrownBy(() => receive({ json: { a: {} }, meta: { values } }))).toEqual(
      says('a path is not accepted'),
    );
    expect(thrownBy(() => receive({ json: { a: {} }, meta: { values: deeper } }))).toEqual(
      says('a path is not accepted'),
    );
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test.each(polluting)('%s as a key of the input is refused, however deep', (name) => {
    const json = JSON.parse(`{"a":[{"${name}":{"polluted":true}}]}`);

    expect(thrownBy(() => receive({ json }))).toEqual(says('a key is not accepted'));
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe('an input of a hostile shape', () => {
  test.each([null, 1, 'text', true, [], [{ json: 1 }]])('%j is refused', (received) => {
    expect(thrownBy(() => receive(received))).toEqual(
      says('the input is not wrapped in { json, meta }'),
    );
  });

  test.each([
    ['objects', '{"a":', '}'],
    ['lists', '[', ']'],
  ])('%s nested without end are refused', (_, open, close) => {
    const nested = (depth: number) => JSON.parse(`${open.repeat(depth)}1${close.repeat(depth)}`);

    expect(receive({ json: nested(20) })).toEqual(nested(20));
    expect(thrownBy(() => receive({ json: nested(21) }))).toEqual(
      says('the input is nested too deeply'),
    );
    expect(thrownBy(() => receive({ json: nested(20_000) }))).toBeInstanceOf(DomainError);
  });

  test('whatever JSON comes in, the answer is a value or a refusal, and nothing is polluted', () => {
    const name = fc.constantFrom(
      'a',
      'b',
      '0',
      'a.b',
      'a.0',
      '__proto__',
      'constructor',
      'length',
      '\\',
    );
    const kind = fc.constantFrom('Date', 'undefined', 'bigint', 'Set', 'map', 'regexp', 'number');
    const text = fc.constantFrom('2020', '1', 'x', '2026-01-01T00:00:00.000Z', '-1');
    const { json, values } = fc.letrec<{ json: unknown; values: unknown }>((tie) => ({
      json: fc.oneof(
        { maxDepth: 3 },
        text,
        fc.constant(null),
        fc.array(tie('json'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('a', 'b', '0'), tie('json'), { maxKeys: 3 }),
      ),
      values: fc.oneof(
        { maxDepth: 3 },
        kind.map((one) => [one]),
        fc.dictionary(name, tie('values'), { maxKeys: 3 }),
      ),
    }));

    fc.assert(
      fc.property(json, values, (json, values) => {
        const thrown = thrownBy(() => receive({ json, meta: { values, v: 1 } })) as object;

        expect('nothingThrown' in thrown || thrown instanceof DomainError).toBe(true);
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('64 KiB of hostile meta', () => {
  const HANG_MS = 2_000;
  const size = 64 * 1024;
  test.each<[string, unknown]>([
    ['one path of dots', { ['.'.repeat(size)]: ['Date'] }],
    ['one path of backslashes', { ['\\'.repeat(size)]: ['Date'] }],
    ['many empty branches', Object.fromEntries(Array.from({ length: 8_000 }, (_, i) => [i, {}]))],
    ['many kinds', Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [i, ['Date']]))],
    [
      'many branches of dots',
      Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`${'.'.repeat(18)}${i}`, {}])),
    ],
  ])('%s: the answer comes without a hang', (_, values) => {
    const started = performance.now();

    thrownBy(() => receive({ json: {}, meta: { values } }));

    expect(performance.now() - started).toBeLessThan(HANG_MS);
  });
});
