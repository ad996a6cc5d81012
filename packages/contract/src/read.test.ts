import { defineErrors, refusal } from '@comanda/kernel/errors';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { contractOf, type Served } from './read.ts';
import { namesOf } from './names.ts';

const errors = defineErrors({
  TOO_LATE: refusal('CONFLICT', 'It is over.', 'Come earlier.', z.object({ since: z.date() })),
  SOLD_OUT: refusal('CONFLICT', 'There is none left.', 'Take another.'),
  NOBODY_SAYS: refusal('CONFLICT', 'No.', 'None.'),
  QUOTA_EXCEEDED: refusal('TOO_MANY_REQUESTS', 'Too often.', 'Wait.'),
});

const meta = { access: 'anyone', summary: 'Does it.', refusals: ['SOLD_OUT'] };
const call = (def: Partial<Served['_def']> = {}): Served => ({
  _def: { type: 'query', inputs: [], output: z.object({}), ...def, meta: { ...meta, ...def.meta } },
});

function read(served: Served, exported: Record<string, unknown> = {}) {
  const contract = contractOf({
    version: '0.1',
    procedures: { 'menu.items.show': served },
    refusals: Object.values(errors),
    names: namesOf(Object.entries(exported)),
  });
  const procedure = contract.procedures['menu.items.show'];
  if (!procedure) throw new Error('it was not read');
  return { ...contract, procedure };
}

const outputOf = (output: z.ZodType) => read(call({ output })).procedure.output;
const inputOf = (input: z.ZodType) => read(call({ inputs: [input] })).procedure;

describe('a procedure in the contract', () => {
  test('is told by its whole name, with type, access, summary and refusals', () => {
    const { procedure } = read(call({ type: 'mutation', meta: { access: 'menu.write' } }));

    expect(procedure).toEqual({
      type: 'mutation',
      access: 'menu.write',
      summary: 'Does it.',
      input: null,
      optional: true,
      output: { type: 'object', properties: {} },
      refusals: ['SOLD_OUT'],
      keyed: false,
    });
  });

  test('has its input as it is sent, and its output as it arrives', () => {
    const at = z.strictObject({ count: z.string().transform(Number).pipe(z.int()).default(1) });

    const { procedure } = read(call({ inputs: [at], output: at }));

    expect(procedure.input).toMatchObject({ properties: { count: { type: 'string' } } });
    expect(procedure.input).not.toHaveProperty('required');
    expect(procedure.output).toMatchObject({
      properties: { count: { type: 'integer' } },
      required: ['count'],
    });
  });

  test.each([
    [z.strictObject({}).optional(), true],
    [z.strictObject({}).prefault({}), true],
    [z.strictObject({}).default({}), true],
    [z.strictObject({}), false],
    [z.strictObject({}).nullable(), false],
  ])('may be called without the input when that may be left out (%#)', (input, optional) => {
    expect(inputOf(input).optional).toBe(optional);
  });

  test('is keyed when its input takes an idempotency key, by a name or without', () => {
    const Place = z.strictObject({ idempotencyKey: z.string() });

    expect(inputOf(Place).keyed).toBe(true);
    expect(read(call({ inputs: [Place.optional()] }), { Place }).procedure.keyed).toBe(true);
    expect(inputOf(z.strictObject({ key: z.string() })).keyed).toBe(false);
  });

  test('that is a stream has the schema of its events for an output', () => {
    const event = z.object({ orderId: z.string() });
    const stream = call({ type: 'subscription', meta: { event } });

    expect(read(stream).procedure).toMatchObject({
      type: 'subscription',
      output: { properties: { orderId: { type: 'string' } } },
    });
  });

  test.each([
    [{ meta: { summary: '' } }, 'menu.items.show does not say who may call it, or what it does'],
    [{ meta: { access: '' } }, 'menu.items.show does not say who may call it, or what it does'],
    [{ output: undefined }, 'menu.items.show does not say what it answers'],
    [{ inputs: [z.string(), z.string()] }, 'menu.items.show has more than one input'],
  ])('says everything, or there is no contract (%#)', (def, why) => {
    expect(() => read(call(def))).toThrow(why);
  });
});

describe('values that JSON has no word for', () => {
  test.each([
    [z.date(), { type: 'string', format: 'date-time', 'x-wire': 'Date' }],
    [z.bigint(), { type: 'string', 'x-wire': 'bigint' }],
    [z.undefined(), { 'x-wire': 'undefined' }],
    [z.void(), { 'x-wire': 'undefined' }],
  ])('are named as the wire names them (%#)', (schema, json) => {
    expect(outputOf(schema)).toEqual(json);
    expect(outputOf(z.object({ at: schema.nullable() }))).toMatchObject({
      properties: { at: { anyOf: [json, { type: 'null' }] } },
    });
  });

  test.each([z.map(z.string(), z.int()), z.symbol(), z.instanceof(URL), z.object({ in: z.nan() })])(
    'that the wire does not carry are no part of a contract (%#)',
    (schema) => {
      expect(() => outputOf(schema)).toThrow('cannot be told to the client');
    },
  );

  test('may be anything where anything is meant', () => {
    expect(outputOf(z.object({ payload: z.unknown() }))).toMatchObject({
      properties: { payload: {} },
    });
  });
});

describe('numbers', () => {
  test('say their limits, but not those of every number', () => {
    expect(outputOf(z.int())).toEqual({ type: 'integer' });
    expect(outputOf(z.int().min(1).max(5))).toEqual({ type: 'integer', minimum: 1, maximum: 5 });
  });
});

describe('objects', () => {
  test('are closed where they are strict, on either way, and nowhere else', () => {
    const closed = { additionalProperties: false };

    expect(outputOf(z.object({}))).not.toHaveProperty('additionalProperties');
    expect(outputOf(z.strictObject({}))).toMatchObject(closed);
    expect(inputOf(z.looseObject({})).input).toMatchObject({ additionalProperties: {} });
    expect(inputOf(z.strictObject({})).input).toMatchObject(closed);
  });
});

describe('an input', () => {
  const Open = z.object({ it: z.string().optional() });

  test.each([
    [Open],
    [z.strictObject({ open: z.array(Open) })],
    [z.union([Open, z.string()])],
    [z.intersection(Open, Open)],
  ])('is refused where it would ignore what it knew once (%#)', (input) => {
    const why = 'menu.items.show takes an object that is not strict';

    expect(() => read(call({ inputs: [input] }))).toThrow(why);
    expect(() => read(call({ inputs: [input] }), { Open })).toThrow(why);
  });

  test.each([
    [z.coerce.number(), 'a coerced number'],
    [z.stringbool(), 'a codec'],
    [z.preprocess(String, z.string()), 'a preprocessed value'],
    [z.literal(['a', undefined]), 'a literal undefined'],
  ])('is refused where it takes more than it says (%#)', (input, what) => {
    expect(() => inputOf(input)).toThrow(`${what} cannot be told to the client`);
  });
});

describe('named types', () => {
  const Role = z.enum(['waiter', 'chef']);
  const Person = z.object({ role: Role });
  const List = z.strictObject({ role: Role.optional() }).prefault({});

  test('are written once, whatever refers to them, and only if something does', () => {
    const { procedure, types } = read(call({ inputs: [List], output: z.array(Person) }), {
      Role,
      Person,
      List,
      Stranger: z.object({}),
    });

    expect(procedure.input).toEqual({ $ref: '#/types/List' });
    expect(procedure.output).toEqual({ type: 'array', items: { $ref: '#/types/Person' } });
    expect(types).toEqual({
      List: {
        type: 'object',
        properties: { role: { $ref: '#/types/Role' } },
        additionalProperties: false,
      },
      Person: expect.objectContaining({ properties: { role: { $ref: '#/types/Role' } } }),
      Role: { type: 'string', enum: ['waiter', 'chef'] },
    });
  });

  test('may hold themselves', () => {
    const Category: z.ZodType = z.object({ inside: z.array(z.lazy(() => Category)) });

    expect(read(call({ output: Category }), { Category }).types).toMatchObject({
      Category: { properties: { inside: { items: { $ref: '#/types/Category' } } } },
    });
    expect(() => outputOf(Category)).toThrow('needs a name');
  });

  test('are schemas, not what else a module exports, and no name for plain text', () => {
    const exported = { Role, Name: z.string(), hasName: () => true, MAX: 3 };

    expect([...namesOf(Object.entries(exported)).keys()]).toEqual(['Role']);
  });

  test('are one schema each', () => {
    const twice: [string, unknown][] = [
      ['Line', z.object({ item: z.string() })],
      ['Line', z.object({ text: z.string() })],
    ];

    expect(() => namesOf(twice)).toThrow('two schemas are named Line');
    expect(namesOf([...twice.slice(1), ...twice.slice(1)]).size).toBe(1);
  });

  test('say the same on the way in and on the way out', () => {
    const Line = z.strictObject({ quantity: z.int().default(1) });

    expect(() => read(call({ inputs: [Line], output: Line }), { Line })).toThrow(
      'Line is one thing on the way in and another on the way out',
    );
  });
});

describe('the refusals in the contract', () => {
  test('are those that a procedure declares, and those that any call can get', () => {
    const { refusals } = read(call({ meta: { refusals: ['TOO_LATE'] } }));

    expect(Object.keys(refusals)).toEqual(['TOO_LATE', 'QUOTA_EXCEEDED']);
  });

  test('have their status, words and details', () => {
    const { refusals } = read(call({ meta: { refusals: ['TOO_LATE'] } }));

    expect(refusals).toMatchObject({
      TOO_LATE: {
        status: 409,
        message: 'It is over.',
        advice: 'Come earlier.',
        details: { properties: { since: { 'x-wire': 'Date' } } },
      },
      QUOTA_EXCEEDED: { details: null },
    });
  });
});

describe('the hash', () => {
  const Line = z.object({ item: z.string(), quantity: z.int() });
  const { hash } = read(call({ output: Line }), { Line });

  test('stays when words and the order of fields change', () => {
    const Other = { Line: z.object({ quantity: z.int(), item: z.string().describe('its id') }) };
    const told = call({ output: Other.Line, meta: { summary: 'Does it otherwise.' } });

    expect(read(told, Other).hash).toBe(hash);
  });

  test.each([
    [{ output: Line.extend({ price: z.int() }) }],
    [{ output: Line, inputs: [z.strictObject({})] }],
    [{ output: Line, inputs: [z.strictObject({}).optional()] }],
    [{ output: Line, type: 'mutation' as const }],
    [{ output: Line, meta: { refusals: ['SOLD_OUT', 'TOO_LATE'] } }],
  ])('is another when what travels is (%#)', (def) => {
    expect(hash).toMatch(/^[0-9a-f]{12}$/);
    expect(read(call(def), { Line: def.output }).hash).not.toBe(hash);
  });
});
