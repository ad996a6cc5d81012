import fc from 'fast-check';
import { HOSTILE, TEXTS } from '../fuzzing.ts';
import { requestOf } from './asking.ts';
import { openApi, type Parameter, type Place, type Schema } from './document.ts';

/** What is sent: as it would travel. */
export interface RestCase {
  caller: 'anonymous' | 'customer' | 'admin';
  url: string;
  method: string;
  headers: Record<string, string>;
  body: string | undefined;
}

type Fields = Record<string, unknown>;

/** Requests of one operation: right by the document, wrong in one place, or wrong altogether. */
export function restCases(place: Place, ids: string[]): fc.Arbitrary<RestCase> {
  const { operation, method } = place;
  const { parameters = [], requestBody } = operation;
  const body = requestBody?.content['application/json']?.schema;
  const named = parameters.map((one): [string, fc.Arbitrary<unknown>] => [
    FIELD_OF[one.name] ?? one.name,
    valueOf(one, ids),
  ]);
  const input = fc
    .tuple(fc.record(Object.fromEntries(named)), body ? rightFor(body, { ids }) : fc.constant({}))
    .map(([own, rest]): Fields => ({ ...(rest as Fields), ...own }));
  const inBraces = parameters.filter((one) => one.in === 'path').map(({ name }) => name);
  return fc
    .record({
      caller: fc.constantFrom('anonymous', 'customer', 'admin', 'admin', 'admin'),
      input,
      wrong: maybe(fc.tuple(fc.nat(), HOSTILE), 4),
      raw: maybe(RAW, 1),
      search: maybe(fc.constantFrom(...SEARCHES), 1),
      headers: fc.dictionary(fc.constantFrom(...Object.keys(HEADERS)), fc.nat(), { maxKeys: 2 }),
    })
    .map(({ caller, input, wrong, raw, search, headers }) => {
      const said = wrong ? spoilt(input, wrong, inBraces) : input;
      const request = requestOf(place, kept(place, said));
      const odd = Object.entries(headers).map(([name, at]) => [
        name,
        pick(HEADERS[name] ?? [], at),
      ]);
      return {
        caller,
        method,
        url: `${request.url}${search ? `${request.url.includes('?') ? '&' : '?'}${search}` : ''}`,
        headers: headersIn({ ...request.headers, ...Object.fromEntries(odd) }),
        body: method === 'GET' ? undefined : (raw ?? request.body),
      };
    });
}

const FIELD_OF: Record<string, string> = {
  'Idempotency-Key': 'idempotencyKey',
  'Last-Event-ID': 'lastEventId',
};

const RAW = fc.constantFrom(
  '',
  'null',
  '0',
  '[]',
  '{',
  '"text"',
  '{"a":1,"a":2}',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"json":{}}',
  '{"restaurantId":"a\\u0000b"}',
  '{"limit":1e999}',
  `{"a":${'['.repeat(15_000)}${']'.repeat(15_000)}}`,
  '\uFEFF{}',
);
const SEARCHES = [
  'limit=1&limit=2',
  '__proto__=1',
  'constructor=1',
  'a[b]=1',
  'a.b=1',
  '%00=%00',
  '%zz',
  '&&&=',
  'cursor=WyIiLCIiXQ',
  `search=${'%F0%9F%91%A9'.repeat(300)}`,
  'from=2026-06-01T00:00:00Z&to=+275760-09-13T00:00:00.001Z',
  'from=0000-01-01T00:00:00Z&to=9999-12-31T23:59:59.999999999Z',
];
const HEADERS: Record<string, string[]> = {
  'if-match': ['"1"', '*', '"x"', '""', '"999999999"', 'W/"1-a"', '"1", "2"', '"9999999999"'],
  'if-none-match': ['*', '"x"', ',,,', '"'],
  'idempotency-key': ['"key-1"', '""', '"', '\\"', 'x'.repeat(500), '__proto__'],
  'last-event-id': ['', 'abcdefgh-1', 'x'.repeat(500), '-1', 'abcdefgh-99999999999999999999'],
  accept: ['*/*', 'text/html', 'text/csv', 'application/xml;q=0', ';;;', 'application/yaml'],
  'x-guest-token': ['x', '', 'a.b.c'],
  'x-session': ['cookie'],
  'content-type': ['application/json', 'text/plain', 'application/json; charset=utf-8'],
};

const pick = (texts: string[], at: number) => texts[at % texts.length] ?? '';

/** A header holds no letters of every kind. */
function headersIn(headers: Record<string, string>): Record<string, string> {
  const fit = Object.entries(headers).map(([name, text]): [string, string] => [
    name,
    text.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 1_000),
  ]);
  return Object.fromEntries(fit);
}

/** A query and a path take no more than an address holds. */
function kept({ operation }: Place, input: Fields): Fields {
  const inAddress = new Set(
    operation.parameters?.filter((one) => one.in !== 'header').map(({ name }) => name),
  );
  const hasBody = operation.requestBody !== undefined;
  const fit = Object.entries(input).flatMap(([name, value]): [string, unknown][] => {
    if (inAddress.has(name)) return [[name, shortened(value)]];
    return hasBody || Object.values(FIELD_OF).includes(name) ? [[name, value]] : [];
  });
  return Object.fromEntries(fit);
}

function shortened(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 9).map(shortened);
  if (typeof value === 'string') return value.toWellFormed().slice(0, 600);
  if (typeof value === 'object' && value !== null) return JSON.stringify(value).slice(0, 600);
  return value;
}

function spoilt(input: Fields, [at, bad]: [number, unknown], inBraces: string[]): Fields {
  const fields = Object.keys(input);
  const field = fields[at % (fields.length + 2)];
  if (field !== undefined)
    return { ...input, [field]: inBraces.includes(field) ? (bad ?? 'x') : bad };
  if (at % 2 === 0) return { ...input, extra: bad };
  const out = fields.find((name) => !inBraces.includes(name));
  return Object.fromEntries(Object.entries(input).filter(([name]) => name !== out));
}

function valueOf({ required, schema, name }: Parameter, ids: string[]): fc.Arbitrary<unknown> {
  const right = rightFor(schema, { ids, name });
  return required ? right : fc.oneof(fc.constant(undefined), right);
}

interface Field {
  ids: string[];
  name?: string;
}

/** What the document says is right. */
function rightFor(schema: Schema, field: Field): fc.Arbitrary<unknown> {
  const { $ref, type, properties = {}, items, anyOf, oneOf } = schema;
  if ($ref !== undefined) {
    return rightFor(openApi.components.schemas[$ref.split('/').at(-1) ?? ''] ?? {}, field);
  }
  const some = anyOf ?? oneOf;
  if (some) return fc.oneof(...some.map((one) => rightFor(one, field)));
  if (schema['const'] !== undefined) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  switch (Array.isArray(type) ? type[0] : type) {
    case 'object':
      return objectOf({ properties, required: (schema['required'] as string[]) ?? [] }, field);
    case 'array':
      return fc.array(items ? rightFor(items, field) : HOSTILE, { maxLength: 3 });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'integer':
    case 'number':
      return numberFor(schema);
    case 'string':
      return textFor(schema, field);
    default:
      return HOSTILE;
  }
}

function objectOf(
  { properties, required }: { properties: Record<string, Schema>; required: string[] },
  { ids }: Field,
): fc.Arbitrary<unknown> {
  const own = Object.entries(properties).map(([name, one]): [string, fc.Arbitrary<unknown>] => [
    name,
    rightFor(one, { ids, name }),
  ]);
  return fc.record(Object.fromEntries(own), { requiredKeys: required });
}

function numberFor(schema: Schema): fc.Arbitrary<number> {
  const at = (word: string, otherwise: number) => {
    const said = schema[word];
    return typeof said === 'number' ? said : otherwise;
  };
  const min = Math.max(at('minimum', 0), -1_000_000);
  return fc.integer({ min, max: Math.max(min, Math.min(at('maximum', 9), min + 9)) });
}

function textFor(schema: Schema, { ids, name = '' }: Field): fc.Arbitrary<unknown> {
  if (schema['format'] === 'uuid') {
    const own = name === 'restaurantId' ? ids.slice(0, 1) : ids;
    return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...own) }, fc.uuid());
  }
  if (schema['format'] === 'date-time') {
    const some = ['2026-06-02T18:00:00Z', '2026-06-01T12:00:00+02:00', '9999-12-31T23:59:59Z'];
    return fc.constantFrom(...some, '0001-01-01T00:00:00Z', '2026-02-30T00:00:00Z', '2026-06-01');
  }
  const max = typeof schema['maxLength'] === 'number' ? schema['maxLength'] : 400;
  const fit = TEXTS.filter((text) => text.length <= max && text.isWellFormed());
  const { pattern } = schema;
  return fc.oneof(
    fc.constantFrom(...(fit.length > 0 ? fit : ['x'])),
    fc.string({ unit: 'binary', maxLength: Math.min(max, 60) }),
    ...(typeof pattern === 'string'
      ? [fc.stringMatching(new RegExp(pattern, 'u'), { maxLength: 40 })]
      : []),
  );
}

/** So many in ten. */
function maybe<T>(arbitrary: fc.Arbitrary<T>, weight: number): fc.Arbitrary<T | undefined> {
  return fc.oneof(
    { weight: 10 - weight, arbitrary: fc.constant(undefined) },
    { weight, arbitrary },
  );
}
