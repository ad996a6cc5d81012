import { defineErrors, refusal } from '@comanda/kernel/errors';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { breakingChanges } from './breaking.ts';
import type { Contract, Procedure } from './contract.ts';
import { refusedChanges } from './keeping.ts';
import { contractOf } from './read.ts';

interface Said {
  type?: Procedure['type'];
  input?: z.ZodType;
  output?: z.ZodType;
  details?: z.ZodType;
  names?: Record<string, z.ZodType>;
}

function contract({
  type = 'query',
  input,
  output = z.object({}),
  details,
  names = {},
}: Said = {}) {
  const errors = defineErrors({ FULL: refusal('CONFLICT', 'Full.', 'Wait.', details) });
  const meta = { access: 'anyone', summary: 'Does it.', refusals: ['FULL'] };
  return contractOf({
    version: '0.1',
    procedures: { 'a.call': { _def: { type, inputs: input ? [input] : [], output, meta } } },
    refusals: Object.values(errors),
    names: new Map(Object.entries(names)),
  });
}

const changes = (before: Said, after: Said) => breakingChanges(contract(before), contract(after));
const inputs = (before: z.ZodType, after: z.ZodType) =>
  changes({ input: before }, { input: after });
const outputs = (before: z.ZodType, after: z.ZodType) =>
  changes({ output: before }, { output: after });

const field = (it: z.ZodType) => z.strictObject({ it });
const MAX = Number.MAX_SAFE_INTEGER;

describe('what is taken', () => {
  test.each<[z.ZodType, z.ZodType, string]>([
    [z.strictObject({}), z.strictObject({ it: z.string() }), 'input.it is required now'],
    [field(z.string().optional()), field(z.string()), 'input.it is required now'],
    [field(z.string().default('')), field(z.string()), 'input.it is required now'],
    [field(z.string()), z.strictObject({}), 'input.it is not taken any more'],
    [field(z.string().optional()), z.strictObject({}), 'input.it is not taken any more'],
    [field(z.string()), field(z.int()), 'input.it took string and takes integer now'],
    [field(z.date()), field(z.string()), 'input.it took Date and takes string now'],
    [field(z.iso.datetime()), field(z.date()), 'input.it took string and takes Date now'],
    [field(z.number()), field(z.int()), 'input.it took number and takes integer now'],
    [field(z.string().nullable()), field(z.string()), 'input.it took null and takes string now'],
    [field(z.enum(['a', 'b'])), field(z.enum(['a'])), "input.it does not take 'b' any more"],
    [field(z.string()), field(z.enum(['a'])), "input.it took string and takes 'a' now"],
    [field(z.string()), field(z.string().max(5)), 'input.it is held to maxLength 5 now'],
    [field(z.string().max(9)), field(z.string().max(5)), 'input.it is held to maxLength 5 now'],
    [field(z.int().min(1)), field(z.int().min(2)), 'input.it is held to minimum 2 now'],
    [field(z.string()), field(z.uuid()), 'input.it is held to format uuid now'],
    [
      field(z.string().regex(/a/)),
      field(z.string().regex(/b/)),
      'input.it is held to pattern b now',
    ],
    [field(z.literal('long')), field(z.string().max(2)), 'input.it is held to maxLength 2 now'],
    [
      field(z.array(z.int())),
      field(z.array(z.string())),
      'input.it[] took integer and takes string now',
    ],
    [field(z.array(z.int())), field(z.array(z.int()).max(3)), 'input.it is held to maxItems 3 now'],
    [
      field(z.tuple([z.int(), z.int()])),
      field(z.tuple([z.int(), z.string()])),
      'input.it[1] took integer and takes string now',
    ],
    [
      field(z.record(z.string(), z.int())),
      field(z.record(z.enum(['a']), z.int()).optional()),
      "input.it.[key] took string and takes 'a' now",
    ],
    [
      field(z.union([z.strictObject({ a: z.int() }), z.strictObject({ b: z.int() })])),
      field(z.strictObject({ a: z.int() })),
      'input.it.a is required now',
    ],
    [
      field(z.number().min(1)),
      field(z.number().gt(1)),
      'input.it is held to exclusiveMinimum 1 now',
    ],
    [field(z.literal(5)), field(z.number().gt(5)), 'input.it is held to exclusiveMinimum 5 now'],
    [field(z.number()), field(z.number().max(MAX)), `input.it is held to maximum ${MAX} now`],
    [field(z.boolean()), field(z.literal(true)), 'input.it does not take false any more'],
    [
      field(z.string().regex(/a/)),
      field(z.string().regex(/a/).regex(/b/)),
      'input.it is held to patterns a,b now',
    ],
    [z.strictObject({}).optional(), z.strictObject({}), 'input may not be left out any more'],
    [z.looseObject({}), z.strictObject({}), 'input.* is not taken any more'],
    [
      z.looseObject({}),
      z.record(z.string(), z.int()),
      'input.* took unknown and takes integer now',
    ],
  ])('narrows, and breaks (%#)', (before, after, why) => {
    expect(inputs(before, after)).toContain(`a.call: ${why}`);
  });

  test.each<[z.ZodType, z.ZodType]>([
    [z.strictObject({}), field(z.string().optional())],
    [z.strictObject({}), field(z.string().default('x'))],
    [field(z.string()), field(z.string().optional())],
    [field(z.string()), field(z.string().nullable())],
    [field(z.string()), field(z.union([z.string(), z.int()]))],
    [field(z.int()), field(z.number())],
    [field(z.enum(['a'])), field(z.enum(['a', 'b']))],
    [field(z.enum(['a'])), field(z.string())],
    [field(z.literal('ab')), field(z.string().min(1).max(2))],
    [field(z.literal(3)), field(z.int().min(1).max(3))],
    [field(z.literal(5)), field(z.number().gt(4).multipleOf(5))],
    [field(z.number().gt(0)), field(z.number().min(0))],
    [field(z.number().lt(0)), field(z.number().max(0))],
    [field(z.int().gt(0)), field(z.int().min(1))],
    [field(z.int().lt(0)), field(z.int().max(-1))],
    [field(z.int()), field(z.number().max(MAX).multipleOf(1))],
    [field(z.number().multipleOf(10)), field(z.number().multipleOf(5))],
    [field(z.boolean()), field(z.literal([true, false]))],
    [field(z.literal([true, false])), field(z.boolean())],
    [field(z.string().regex(/a/).regex(/b/)), field(z.string().regex(/b/))],
    [field(z.string().regex(/a/).regex(/b/)), field(z.string().regex(/b/).regex(/a/))],
    [field(z.uuid()), field(z.string())],
    [field(z.uuid()), field(z.guid())],
    [field(z.uuidv7()), field(z.uuid())],
    [field(z.string().max(5)), field(z.string().max(9))],
    [field(z.string()), field(z.unknown())],
    [field(z.tuple([z.int()])), field(z.array(z.int()))],
    [field(z.string()), z.looseObject({})],
    [z.strictObject({}), z.strictObject({}).optional()],
    [field(z.string()), z.union([field(z.int()), field(z.string())])],
  ])('widens, and breaks nothing (%#)', (before, after) => {
    expect(inputs(before, after)).toEqual([]);
  });

  test('may be nothing at first and left out later, but never demanded', () => {
    const some = z.strictObject({});

    expect(changes({}, { input: some.optional() })).toEqual([]);
    expect(changes({}, { input: some })).toEqual(['a.call: input may not be left out any more']);
    expect(changes({ input: some }, {})).toEqual(['a.call: takes no input any more']);
  });
});

describe('what is answered', () => {
  test.each<[z.ZodType, z.ZodType, string]>([
    [field(z.string()), z.object({}), 'output.it is gone, or may be left out now'],
    [field(z.string()), field(z.string().optional()), 'output.it is gone, or may be left out now'],
    [field(z.string()), field(z.string().nullable()), 'output.it was string and can be null now'],
    [field(z.string()), field(z.date()), 'output.it was string and can be Date now'],
    [field(z.enum(['a'])), field(z.enum(['a', 'b'])), "output.it can be 'b' now"],
    [field(z.int()), field(z.number()), 'output.it was integer and can be number now'],
    [field(z.string().max(5)), field(z.string()), 'output.it is not held to maxLength 5 any more'],
    [
      field(z.array(z.int())),
      field(z.array(z.date())),
      'output.it[] was integer and can be Date now',
    ],
    [
      field(z.array(z.int())),
      field(z.array(z.int()).readonly()),
      'output.it was number[] and can be readonly number[] now',
    ],
    [z.array(field(z.int())), z.array(z.object({})), 'output[].it is gone, or may be left out now'],
  ])('widens, and breaks (%#)', (before, after, why) => {
    expect(outputs(before, after)).toEqual([`a.call: ${why}`]);
  });

  test.each<[z.ZodType, z.ZodType]>([
    [z.object({}), field(z.string())],
    [z.strictObject({}), field(z.string())],
    [field(z.string().optional()), field(z.string())],
    [field(z.string().optional()), z.object({})],
    [field(z.string().nullable()), field(z.string())],
    [field(z.enum(['a', 'b'])), field(z.enum(['a']))],
    [field(z.string()), field(z.uuid())],
    [field(z.unknown()), field(z.string())],
  ])('narrows, and breaks nothing (%#)', (before, after) => {
    expect(outputs(before, after)).toEqual([]);
  });
});

describe('named types', () => {
  test('are looked into, where they hold themselves too', () => {
    const tree = (leaf: z.ZodType) => {
      const Tree: z.ZodType = z.object({ leaf, inside: z.array(z.lazy(() => Tree)) });
      return { output: Tree, names: { Tree } };
    };

    expect(changes(tree(z.int()), tree(z.int()))).toEqual([]);
    expect(changes(tree(z.int()), tree(z.string()))).toEqual([
      'a.call: output.leaf was integer and can be string now',
    ]);
  });

  test('that share what is in them are compared once each', () => {
    const shared = (leaf: z.ZodType) => {
      const names: Record<string, z.ZodType> = { L0: z.object({ leaf }) };
      const output = Array.from({ length: 60 }).reduce<z.ZodType>((part, _, place) => {
        names[`L${place}`] = part;
        return z.object({ one: part, other: part });
      }, z.object({ leaf }));
      return { output, names };
    };

    expect(changes(shared(z.int()), shared(z.int()))).toEqual([]);
    expect(changes(shared(z.int()), shared(z.string()))).toEqual([
      `a.call: output.${'one.'.repeat(60)}leaf was integer and can be string now`,
    ]);
  });

  test('that only fitted because another was thought to do not fit after it', () => {
    const pair = (leaf: z.ZodType) => {
      const A: z.ZodType = z.object({ b: z.lazy(() => B), leaf });
      const B: z.ZodType = z.object({ a: A });
      return { A, B };
    };
    const before = pair(z.int());
    const after = pair(z.string());

    expect(
      changes(
        {
          output: z.object({ it: z.union([field(before.A), z.unknown()]), b: before.B }),
          names: before,
        },
        { output: z.object({ it: field(after.A), b: after.B }), names: after },
      ),
    ).toEqual([expect.stringContaining('leaf was integer and can be string now')]);
  });

  test('are held to what is said beside their names', () => {
    const List = z.array(z.int());
    const input = (it: z.ZodType) => ({ input: field(it), names: { List } });

    expect(changes(input(List), input(List.refine(() => true, 'sorted')))).toEqual([
      'a.call: input.it is held to checks sorted now',
    ]);
  });

  test('may be named otherwise', () => {
    const Role = z.enum(['a', 'b']);

    expect(changes({ output: Role, names: { Role } }, { output: Role })).toEqual([]);
  });
});

describe('the rest of a contract', () => {
  test('breaks where a procedure goes or becomes another kind of call', () => {
    expect(breakingChanges(contract(), { ...contract(), procedures: {} })).toEqual([
      'a.call: is gone',
    ]);
    expect(changes({}, { type: 'mutation' })).toEqual([
      'a.call: was a query and is a mutation now',
    ]);
  });

  test('breaks where the details of a refusal do', () => {
    expect(changes({ details: field(z.int()) }, {})).toEqual([
      'FULL: details.it is gone, or may be left out now',
    ]);
    expect(changes({ details: field(z.int()) }, { details: field(z.date()) })).toEqual([
      'FULL: details.it was integer and can be Date now',
    ]);
  });

  test('may say no in more ways, in fewer, and with more details', () => {
    const quiet: Contract = { ...contract(), refusals: {} };

    expect(breakingChanges(quiet, contract())).toEqual([]);
    expect(breakingChanges(contract(), quiet)).toEqual([]);
    expect(changes({}, { details: field(z.int()) })).toEqual([]);
  });

  test('may have more procedures, other words and other access', () => {
    const [before, { procedures }] = [contract(), contract()];
    const after = Object.entries(procedures).flatMap(([name, one]) => [
      [name, { ...one, summary: 'Does it well.', access: 'signedIn' }],
      ['b.call', one],
    ]);

    expect(breakingChanges(before, { ...before, procedures: Object.fromEntries(after) })).toEqual(
      [],
    );
  });
});

describe('a contract that follows another', () => {
  const kept = contract({ output: field(z.int()) });
  const broken = contract({ output: field(z.date()) });

  test('is refused where it breaks clients of its own version', () => {
    expect(refusedChanges(kept, broken)).toEqual([
      'a.call: output.it was integer and can be Date now',
      expect.stringContaining('Raise the minor version in packages/client/package.json'),
    ]);
    expect(refusedChanges({ ...kept, version: '1' }, { ...broken, version: '1' })).toContainEqual(
      expect.stringContaining('Raise the major version'),
    );
  });

  test('is taken where it breaks nothing, or says so by its version', () => {
    expect(refusedChanges(kept, kept)).toEqual([]);
    expect(refusedChanges(kept, { ...broken, version: '0.2' })).toEqual([]);
  });
});
