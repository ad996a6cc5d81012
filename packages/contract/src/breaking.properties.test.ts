import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { breakingChanges } from './breaking.ts';
import { contractOf } from './read.ts';

type Fields = Record<string, z.ZodType>;

const LEAVES: z.ZodType[] = [
  z.string(),
  z.uuid(),
  z.string().max(5),
  z.int(),
  z.number().min(0),
  z.number().gt(0),
  z.int().gt(0),
  z.string().regex(/a/),
  z.string().regex(/a/).regex(/b/),
  z.literal([true, false]),
  z.string().refine((text) => text !== 'c'),
  z.boolean(),
  z.date(),
  z.null(),
  z.literal('a'),
  z.enum(['a', 'b']),
  z.enum(['a', 'b', 'c']),
];
const leaf = fc.constantFrom(...LEAVES);
const names = fc.stringMatching(/^[a-z]{1,2}$/);

// Closed objects only: an input has no others.
const { schemas } = fc.letrec<{ schemas: z.ZodType; fields: Fields }>((tie) => ({
  schemas: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    leaf,
    tie('schemas').map((schema) => z.array(schema)),
    tie('schemas').map((schema) => schema.nullable()),
    tie('schemas').map((schema) => z.record(z.string(), schema)),
    fc.tuple(tie('schemas'), tie('schemas')).map((both) => z.tuple(both)),
    fc.tuple(tie('schemas'), tie('schemas')).map((both) => z.union(both)),
    tie('fields').map((fields) => z.strictObject(fields)),
  ),
  fields: fc.dictionary(
    names,
    fc.oneof(
      tie('schemas'),
      tie('schemas').map((schema) => schema.optional()),
    ),
    { maxKeys: 3 },
  ),
}));

/** Few enough that many of them fit a schema. */
const { values } = fc.letrec<{ values: unknown }>((tie) => ({
  values: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.constantFrom('a', 'c', 'abcdef', -1, 0.5, 7, true, null),
    fc.array(tie('values'), { maxLength: 3 }),
    fc.dictionary(names, tie('values'), { maxKeys: 3 }),
  ),
}));

/** Fields, one of which is in question; it takes everything but a bigint. */
const subjects = fc.tuple(fc.dictionary(names, schemas, { maxKeys: 3 }), schemas);
type Subject = [others: Fields, it: z.ZodType];

const withField = ([others]: Subject, it?: z.ZodType) =>
  z.strictObject(it ? { ...others, 'in-question': it } : others);

function contract(input: z.ZodType, output: z.ZodType) {
  const meta = { access: 'anyone', summary: 'Does it.' };
  return contractOf({
    version: '0.1',
    procedures: { 'a.call': { _def: { type: 'query', inputs: [input], output, meta } } },
    refusals: [],
    names: new Map(),
  });
}

const none = z.strictObject({});
const taken = (before: z.ZodType, after: z.ZodType) =>
  breakingChanges(contract(before, none), contract(after, none));
const given = (before: z.ZodType, after: z.ZodType) =>
  breakingChanges(contract(none, before), contract(none, after));

type Shape = (it: z.ZodType) => z.ZodType | undefined;
const absent: Shape = () => undefined;
const itself: Shape = (it) => it;
const optional: Shape = (it) => it.optional();
const wider: Shape = (it) => z.union([it, z.bigint()]);
const other: Shape = () => z.bigint();
const many: Shape = (it) => z.array(it);

/** What becomes of a field, and where that breaks: in what is taken, or in what is given. */
interface Change {
  from: Shape;
  to: Shape;
  in: boolean;
  out: boolean;
}

const MUTATIONS: [what: string, change: Change][] = [
  ['a new field', { from: absent, to: itself, in: true, out: false }],
  ['a new field that may be left out', { from: absent, to: optional, in: false, out: false }],
  ['a field less', { from: itself, to: absent, in: true, out: true }],
  ['a field less that could be left out', { from: optional, to: absent, in: true, out: false }],
  ['a field that may be left out', { from: itself, to: optional, in: false, out: true }],
  ['a field that may not be left out', { from: optional, to: itself, in: true, out: false }],
  ['a wider field', { from: itself, to: wider, in: false, out: true }],
  ['a narrower field', { from: wider, to: itself, in: true, out: false }],
  ['another type', { from: itself, to: other, in: true, out: true }],
  ['another type the other way round', { from: other, to: itself, in: true, out: true }],
  ['a list of what was one', { from: itself, to: many, in: true, out: true }],
  ['one of what was a list', { from: many, to: itself, in: true, out: true }],
];

describe('any contract', () => {
  test('does not break itself', () => {
    fc.assert(
      fc.property(schemas, schemas, (input, output) => {
        expect(breakingChanges(contract(input, output), contract(input, output))).toEqual([]);
      }),
    );
  });

  test.each(MUTATIONS)(
    'with %s breaks where it should, and only there',
    (_, { from, to, ...breaks }) => {
      fc.assert(
        fc.property(subjects, (subject) => {
          const [, it] = subject;
          const [before, after] = [withField(subject, from(it)), withField(subject, to(it))];

          expect(taken(before, after).length > 0).toBe(breaks.in);
          expect(given(before, after).length > 0).toBe(breaks.out);
        }),
      );
    },
  );

  test('takes what it took before, unless it says otherwise', () => {
    fc.assert(
      fc.property(schemas, schemas, values, (before, after, value) => {
        const fitted = before.safeParse(value).success;

        expect(!fitted || after.safeParse(value).success || taken(before, after).length > 0).toBe(
          true,
        );
      }),
      { numRuns: 500 },
    );
  });
});
