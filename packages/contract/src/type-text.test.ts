import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { written } from './schemas.ts';
import { typeText } from './type-text.ts';

const Role = z.enum(['waiter', 'chef']);

function textOf(schema: z.ZodType, io: 'input' | 'output' = 'output'): string {
  const { at } = written(io, new Map([['it', schema]]), new Map([['Role', Role]]));
  return typeText(at.get('it')?.schema ?? {});
}

describe('a schema in TypeScript', () => {
  test.each([
    [z.string(), 'string'],
    [z.uuid(), 'string'],
    [z.int().min(1), 'number'],
    [z.number(), 'number'],
    [z.boolean(), 'boolean'],
    [z.null(), 'null'],
    [z.date(), 'Date'],
    [z.bigint(), 'bigint'],
    [z.void(), 'undefined'],
    [z.unknown(), 'unknown'],
    [z.literal('a'), "'a'"],
    [z.literal(["it's", '"so"', 3, true, null]), `'it\\'s' | '"so"' | 3 | true | null`],
    [Role, 'Role'],
    [Role.nullable(), 'Role | null'],
    [z.string().nullable(), 'string | null'],
    [z.union([z.string(), z.date(), z.string()]), 'string | Date'],
    [z.array(z.string()), 'string[]'],
    [z.array(z.string().nullable()), '(string | null)[]'],
    [z.array(z.enum(['a', 'b'])), "('a' | 'b')[]"],
    [z.array(z.array(Role)), 'Role[][]'],
    [z.array(z.string()).readonly(), 'readonly string[]'],
    [z.array(z.array(z.string()).readonly()), '(readonly string[])[]'],
    [z.tuple([z.string(), z.date()]), '[string, Date]'],
    [z.tuple([z.string()], z.int()), '[string, ...number[]]'],
    [z.record(z.string(), z.date()), 'Record<string, Date>'],
    [z.record(z.iso.date(), z.int()), 'Record<string, number>'],
    [z.record(Role, z.int()), 'Record<Role, number>'],
    [z.partialRecord(Role, z.int()), 'Partial<Record<Role, number>>'],
    [z.looseObject({ a: z.int() }), '{ a: number; [key: string]: unknown }'],
    [z.object({}), 'Record<string, never>'],
    [
      z.object({ a: z.int(), b: Role.optional(), 'c-d': z.string().nullish() }),
      "{ a: number; b?: Role | undefined; 'c-d'?: string | null | undefined }",
    ],
    [z.object({ a: z.string().describe('Told once.') }), '{ /** Told once. */ a: string }'],
    [
      z.discriminatedUnion('type', [
        z.object({ type: z.literal('event'), id: z.string() }),
        z.object({ type: z.literal('gap') }),
      ]),
      "{ type: 'event'; id: string } | { type: 'gap' }",
    ],
    [
      z.array(z.union([z.object({ a: z.int() }), z.object({ b: z.int() })])),
      '({ a: number } | { b: number })[]',
    ],
    [z.intersection(Role, z.enum(['a', 'b'])), "Role & ('a' | 'b')"],
  ])('%#: %s', (schema, text) => {
    expect(textOf(schema)).toBe(text);
  });

  test('may be left out where it has a default, on the way in', () => {
    const schema = z.object({ limit: z.int().default(20) });

    expect(textOf(schema, 'input')).toBe('{ limit?: number | undefined }');
    expect(textOf(schema, 'output')).toBe('{ limit: number }');
  });

  test('leaves the idempotency key to the client', () => {
    expect(textOf(z.strictObject({ idempotencyKey: z.string() }), 'input')).toBe(
      '{ idempotencyKey?: string }',
    );
  });
});
