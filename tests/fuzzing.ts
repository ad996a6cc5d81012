import { appRouter } from '@comanda/domains/router';
import { toCursor } from '@comanda/kernel/page';
import type { TestApp } from '@comanda/testing';
import fc from 'fast-check';

/** What is sent: a text that stands where the input stands, mostly JSON in superjson's wrapping. */
export interface FuzzCase {
  caller: 'anonymous' | 'customer' | 'admin';
  text: string;
}

interface Procedure {
  _def: { type: 'query' | 'mutation' | 'subscription'; inputs: Schema[] };
}

/** As much of a zod schema as is walked. */
export interface Schema {
  _zod: { def: Definition };
  safeParse: (value: unknown) => { success: boolean; data?: unknown };
}
interface Definition {
  type: string;
  shape?: Record<string, Schema>;
  innerType?: Schema;
  element?: Schema;
  valueType?: Schema;
  in?: Schema;
  entries?: Record<string, string>;
  options?: Schema[];
  values?: unknown[];
  format?: string;
  checks?: { _zod: { def: Check } }[];
}
interface Check {
  format?: string;
  pattern?: RegExp;
  minimum?: number;
  maximum?: number;
}

export const procedures = Object.entries(
  appRouter._def.procedures as unknown as Record<string, Procedure>,
).map(([name, { _def }]) => ({ name, type: _def.type, input: _def.inputs[0] }));

export const TEXTS = [
  '',
  ' ',
  'a'.repeat(50_000),
  'é'.repeat(254),
  '\ud800',
  'x\udfffy',
  '\u0000',
  'a\u0000b',
  '\u202Egnp.exe',
  '\uFEFF',
  '👩‍👩‍👧‍👦'.repeat(20),
  'İıſßẞŉ',
  "' or 1=1 --",
  '"; drop table account; --',
  '`',
  '%',
  '_%\\',
  '\\',
  "\\' or sleep(5) #",
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '{{7*7}}${7*7}<%= 7*7 %>',
  '%s%n%x%d',
  '%00%0d%0a',
  '\r\nSet-Cookie: a=b',
  '\u001b[31m\u0007',
  '../../../../etc/passwd',
  'file:///etc/passwd',
  '__proto__',
  'constructor',
  'null',
  'NaN',
  '1e999',
  '2026-02-30T25:61:61Z',
  '+271234567890123456789012345',
  'a@b',
  'A@B.C',
  `${'a'.repeat(64)}@${'b'.repeat(180)}.example`,
  'cp_x',
  '(a+)+$',
];
const NUMBERS = [0, -0, -1, 1.5, 1e21, 1e308, -1e308, 5e-324, 2 ** 31, 2 ** 53, -(2 ** 53)];
const THINGS: unknown[] = [
  null,
  true,
  false,
  [],
  {},
  [[[]]],
  [null],
  { $gt: '' },
  { $or: [{ id: '1' }] },
  { length: 4_294_967_295 },
  { toString: 'x', valueOf: 'y' },
  JSON.parse('{"then":"x"}'),
  { id: { $ne: null } },
  Array.from({ length: 5_000 }, () => ({})),
  Array.from({ length: 20_000 }, () => 0),
  Object.fromEntries(Array.from({ length: 3_000 }, (_, i) => [`key${i}`, i])),
  JSON.parse('{"__proto__":{"admin":true}}'),
  JSON.parse(`${'['.repeat(3_000)}${']'.repeat(3_000)}`),
];
const CURSORS = [
  [],
  [''],
  ['\ud800', '\u0000'],
  ["' or 1=1 --", 'x'],
  ['a'.repeat(200), 'b'],
  ['2026-01-01', 'not an id'],
  ['', '', ''],
].map(toCursor);

export const HAND_MADE = [
  '',
  'null',
  'undefined',
  '0',
  '"text"',
  '[]',
  '{}',
  '{"json":null}',
  '{"json":[]}',
  '{"json":{}}',
  '{"json":{},"meta":null}',
  '{"json":{},"meta":[]}',
  '{"json":{},"meta":{"values":null}}',
  '{"json":{},"meta":{"values":{"a":["Date"]}}}',
  '{"json":null,"meta":{"values":["undefined"]}}',
  '{"json":"2026","meta":{"values":["Date"]}}',
  '{"json":"1","meta":{"values":["bigint"]}}',
  '{"json":[1],"meta":{"values":[["typed-array","Float64Array"]]}}',
  '{"json":[1],"meta":{"values":["set"]}}',
  '{"json":"NaN","meta":{"values":["number"]}}',
  '{"json":{},"meta":{"values":{"__proto__.polluted":["undefined"]}}}',
  '{"json":{},"meta":{"referentialEqualities":{"a":["constructor.prototype"]}}}',
  '{"json":{"__proto__":{"polluted":true}}}',
  '{"json":{"constructor":{"prototype":{"polluted":true}}}}',
  '{"json":{"a":{"b":"1"}},"meta":{"values":{"a.b":["bigint"],"a":{"b":["Date"]}}}}',
  '{"json":{"a":1,"a":2}}',
  '{"json":{"restaurantId":"a\\u0000b"}}',
  '{"json":{"label":"a\\u0000b"}}',
  '{"json":{"limit":1e999}}',
  '{"0":{"json":{}}}',
  `{"json":${'['.repeat(15_000)}${']'.repeat(15_000)}}`,
  `{"json":"${'a'.repeat(60_000)}"}`,
  '{"json":{"\\ud800":"\\udfff"}}',
  '\uFEFF{"json":{}}',
  '{"json":{}}{"json":{}}',
  "{'json':{}}",
  '{"json":{},}',
];

export const HOSTILE = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom<unknown>(...TEXTS) },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(...NUMBERS) },
  { weight: 3, arbitrary: fc.constantFrom<unknown>(...THINGS) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(...CURSORS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 400 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

/** Inputs of a procedure: right by its schema, wrong in one place, or wrong altogether. */
export function casesFor(input: Schema | undefined, ids: string[]): fc.Arbitrary<FuzzCase> {
  const right = input ? rightFor(input, { ids, name: '' }) : fc.constant(undefined);
  const wrong = fc
    .tuple(right, fc.nat(), HOSTILE)
    .map(([value, at, bad]) => spoilt(value, at, bad));
  const json = fc.oneof(
    { weight: 6, arbitrary: right },
    { weight: 4, arbitrary: wrong },
    { weight: 1, arbitrary: HOSTILE },
  );
  const wrapped = fc.tuple(json, maybe(annotations));
  return fc.record({
    caller: fc.constantFrom('anonymous', 'customer', 'admin', 'admin', 'admin'),
    text: fc.oneof(
      { weight: 15, arbitrary: wrapped.map(([json, meta]) => JSON.stringify({ json, meta })) },
      { weight: 1, arbitrary: fc.constantFrom(...HAND_MADE) },
    ),
  });
}

/** Answers of a procedure: right by its schema, or wrong in one place, however deep. */
export function answersFor(output: Schema, ids: string[]): fc.Arbitrary<unknown> {
  const right = rightFor(output, { ids, name: '' });
  const way = fc.array(fc.nat(), { maxLength: 6 });
  return fc.oneof(
    right,
    fc.tuple(right, way, HOSTILE).map(([value, down, bad]) => spoiltWithin(value, down, bad)),
  );
}

function spoiltWithin(value: unknown, [at = 0, ...deeper]: number[], bad: unknown): unknown {
  const isLast = deeper.length === 0 || typeof value !== 'object' || value === null;
  if (isLast) return spoilt(value, at, bad);
  const names = Object.keys(value);
  const name = names[at % names.length] ?? '';
  const inside = spoiltWithin((value as Record<string, unknown>)[name], deeper, bad);
  if (!Array.isArray(value)) return { ...value, [name]: inside };
  return value.map((one: unknown, nth) => (String(nth) === name ? inside : one));
}

const annotations = fc
  .dictionary(
    fc.constantFrom('limit', 'cursor', 'restaurantId', 'personId', 'identifier', 'name', 'a.b'),
    fc.constantFrom('Date', 'undefined', 'bigint', 'number', 'set').map((kind) => [kind]),
    { minKeys: 1, maxKeys: 2 },
  )
  .map((values) => ({ values }));

/** One in ten. */
function maybe<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}

/** One field replaced, one added, or one left out. */
function spoilt(value: unknown, at: number, bad: unknown): unknown {
  if (typeof value !== 'object' || value === null) return bad;
  const fields = Object.keys(value);
  const field = fields[at % (fields.length + 2)];
  if (field !== undefined) return { ...value, [field]: bad };
  if (at % 2 === 0) return { ...value, extra: bad };
  return Object.fromEntries(Object.entries(value).slice(1));
}

interface Field {
  ids: string[];
  name: string;
}

function rightFor({ _zod: { def } }: Schema, field: Field): fc.Arbitrary<unknown> {
  const inner = (schema: Schema | undefined) => rightFor(schema as Schema, field);
  switch (def.type) {
    case 'object':
      return fc.record(
        Object.fromEntries(
          Object.entries(def.shape ?? {}).map(([name, schema]) => [
            name,
            rightFor(schema, { ...field, name }),
          ]),
        ),
      );
    case 'optional':
    case 'default':
    case 'prefault':
      return fc.oneof(fc.constant(undefined), inner(def.innerType));
    case 'nullable':
      return fc.oneof(fc.constant(null), inner(def.innerType));
    case 'pipe':
      return inner(def.in);
    case 'array':
      return fc.array(inner(def.element), { maxLength: 3 });
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries ?? {}));
    case 'union':
      return fc.oneof(...(def.options ?? []).map(inner));
    case 'literal':
      return fc.constantFrom(...(def.values ?? []));
    case 'boolean':
      return fc.boolean();
    case 'number':
      return fc.integer({ min: 1, max: 5 });
    case 'date':
      return fc.date();
    case 'string':
      return textFor(def, field);
    default:
      return HOSTILE;
  }
}

/** What only looks like a text to a schema: these have to be of use further in. */
const KNOWN: Record<string, string[]> = {
  cursor: CURSORS,
  timeZone: ['Europe/Rome', 'UTC', 'europe/rome', '+01:00'],
  identifier: ['chef', 'admin', 'CHEF ', 'nobody', 'some.body@example.com'],
  email: ['some.body@example.com', 'SOME.BODY@EXAMPLE.COM', 'x@y', 'ü@example.com'],
  phone: ['+390612345678', '06 1234', '٠١٢٣٤٥٦٧٨٩'],
};

function textFor(def: Definition, { ids, name }: Field): fc.Arbitrary<string> {
  const checks: Check[] = (def.checks ?? []).map((check) => check._zod.def);
  if ([def, ...checks].some(({ format }) => format === 'uuid')) {
    const own = name === 'restaurantId' ? ids.slice(0, 1) : ids;
    return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...own) }, fc.uuid());
  }
  const { pattern } = checks.find((check) => check.pattern) ?? {};
  if (pattern) return fc.stringMatching(pattern, { maxLength: 40 });
  const max = Math.min(...checks.map(({ maximum = Infinity }) => maximum), 4_000);
  const min = Math.max(...checks.map(({ minimum = 0 }) => minimum), 0);
  const odd = TEXTS.filter(
    (text) => text.length >= min && text.length <= max && text.isWellFormed(),
  );
  return fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...(KNOWN[name] ?? odd)) },
    { weight: 1, arbitrary: fc.constantFrom(...odd) },
    {
      weight: 1,
      arbitrary: fc.string({ unit: 'binary', minLength: min, maxLength: Math.min(max, 60) }),
    },
  );
}

/** Real ones among the made-up ones, so that some calls get all the way through. */
export async function someIds(app: TestApp): Promise<string[]> {
  const people = [await app.given.person({ role: 'waiter' }), await app.given.person()];
  const { orderId, orderItemIds } = await app.given.order({ items: ['queued', 'cooking', 'done'] });
  const reservationId = await app.given.reservation();
  const ordered = [orderId, ...orderItemIds, reservationId];
  const things = [await app.given.item(), await app.given.table(), ...ordered];
  const restaurants = [app.home.restaurantId, await app.given.restaurant()];
  return [...restaurants, ...people.map(({ id }) => id), ...things];
}
