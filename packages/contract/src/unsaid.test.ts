import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { breakingChanges } from './breaking.ts';
import type { JsonSchema } from './contract.ts';
import { contractOf } from './read.ts';

function contract(it: z.ZodType) {
  const meta = { access: 'anyone', summary: 'Does it.' };
  const _def = { type: 'query' as const, inputs: [z.strictObject({ it })], output: z.null(), meta };
  const read = contractOf({
    version: '0.1',
    procedures: { 'a.call': { _def } },
    refusals: [],
    names: new Map(),
  });
  const json: JsonSchema = read.procedures['a.call']?.input?.properties?.['it'] ?? {};
  return { ...read, json };
}

const text = z.string();
const date = z.date();
const big = z.bigint();
const number = text.transform(Number);
const day = (written: string) => new Date(`${written}T00:00:00Z`);
const isGood = (value: unknown) => value !== 'bad';

describe('what JSON Schema has no word for', () => {
  test.each<[z.ZodType, z.ZodType, string]>([
    [z.uuid(), z.uuidv7(), 'pattern ^('],
    [z.uuidv4(), z.uuidv7(), 'pattern ^('],
    [z.guid(), z.uuid(), 'format uuid'],
    [text.regex(/a/i), text.regex(/a/), 'pattern a'],
    [date, date.min(day('2030-01-01')), 'minimum 2030-01-01T00:00:00.000Z'],
    [date.min(day('2029-01-01')), date.min(day('2030-01-01')), 'minimum 2030-01'],
    [date.max(day('2030-01-01')), date.max(day('2029-01-01')), 'maximum 2029-01'],
    [big, big.max(5n), 'maximum 5'],
    [big.min(5n), big.gt(5n), 'exclusiveMinimum 5'],
    [big.min(2n ** 53n), big.min(2n ** 53n + 1n), 'minimum 9007199254740993'],
    [big, z.int64(), 'format int64'],
    [big, big.multipleOf(5n), 'multiples 5'],
    [z.url(), z.url({ protocol: /^https$/ }), 'protocol ^https$'],
    [z.url(), z.url({ hostname: /acme$/ }), 'hostname acme$'],
    [text, text.refine(isGood, 'not bad'), 'checks not bad'],
    [text, text.refine(isGood), 'checks custom'],
    [text, text.refine(isGood, { error: ({ code }) => `not ${code}` }), 'checks custom'],
    [text.refine(isGood, 'a'), text.refine(isGood, 'a').refine(isGood, 'b'), 'checks a,b'],
    [text.optional(), text.optional().refine(isGood, 'not bad'), 'checks not bad'],
    [text.max(3).nullable(), text.max(3).nullable().refine(isGood, 'not bad'), 'checks not bad'],
    [z.enum(['a']), z.enum(['a']).refine(isGood, 'not bad'), 'checks not bad'],
    [z.array(text), z.array(text).superRefine(() => undefined), 'checks custom'],
    [number, number.refine(isGood, 'not bad'), 'checks not bad'],
    [number, number.pipe(z.number().max(3)), 'a further number'],
    [number.pipe(z.number().max(3)), number.pipe(z.number().max(2)), 'maximum 2'],
    [
      number.pipe(z.number().max(3)).optional().pipe(z.number().optional()),
      number.pipe(z.number().max(2)).optional().pipe(z.number().optional()),
      'maximum 2',
    ],
  ])('breaks where it narrows, and is another hash (%#)', (before, after, limit) => {
    const [old, now] = [contract(before), contract(after)];

    expect(breakingChanges(old, now)).toContainEqual(
      expect.stringContaining(`a.call: input.it is held to ${limit}`),
    );
    expect(breakingChanges(now, now)).toEqual([]);
    expect(now.hash).not.toBe(old.hash);
  });

  test.each<[z.ZodType, z.ZodType]>([
    [z.uuidv7(), z.uuid()],
    [date.min(day('2030-01-01')), date.min(day('2029-01-01'))],
    [date.min(day('2030-01-01')), date],
    [big.gt(5n), big.min(5n)],
    [big.min(2n ** 53n + 1n), big.min(2n ** 53n)],
    [z.url({ protocol: /^https$/ }), z.url()],
    [text.refine(isGood, 'not bad'), text],
    [text.refine(isGood, 'not bad'), text.refine(isGood, 'not so bad')],
    [text.refine(isGood).nullable(), text.nullable()],
    [number.pipe(z.number().max(3)), number.pipe(z.number().max(4))],
    [number.pipe(z.number().max(3)), number],
  ])('breaks nothing where it widens, and is another hash (%#)', (before, after) => {
    const [old, now] = [contract(before), contract(after)];

    expect(breakingChanges(old, now)).toEqual([]);
    expect(now.hash).not.toBe(old.hash);
  });

  test('is the tightest of several limits', () => {
    const [june, july] = [day('2030-06-01'), day('2030-07-01')];

    expect(contract(date.min(june).min(july).max(july).max(june)).json).toMatchObject({
      'x-minimum': july.toISOString(),
      'x-maximum': june.toISOString(),
    });
  });

  test('is told of what is wrapped as of what it is wrapped in', () => {
    const wrapped = text.refine(isGood, 'inner').optional().refine(isGood, 'outer');

    expect(contract(wrapped).json).toEqual({ type: 'string', 'x-checks': ['inner', 'outer'] });
    expect(contract(text.refine(isGood, 'inner').describe('x')).json['x-checks']).toEqual([
      'inner',
    ]);
  });

  test('is not the pattern of a plain uuid, nor what only changes a value', () => {
    expect(contract(z.uuid().trim().toLowerCase()).json).toEqual({
      type: 'string',
      format: 'uuid',
    });
  });
});
