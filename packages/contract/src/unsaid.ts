import { z } from 'zod';
import type { JsonSchema } from './contract.ts';

type Schema = z.core.$ZodType;

/** What zod keeps of a check, as far as it is read here. */
interface Check {
  check: string;
  value?: Date | bigint;
  inclusive?: boolean;
  format?: string;
  pattern?: RegExp;
  protocol?: RegExp;
  hostname?: RegExp;
  error?: (...issue: unknown[]) => unknown;
}

/** What zod checks and JSON Schema has no word for. */
export function unsaid(schema: Schema, io: 'input' | 'output'): JsonSchema {
  const [checks, own] = [checksOf(schema), customOf(schema)];
  const { type } = schema._zod.def;
  return {
    ...(type === 'date' && rangeOf(checks)),
    ...(type === 'bigint' && { ...rangeOf(checks), ...formatOf(checks) }),
    ...(type === 'string' && textOf(checks)),
    ...(own.length > 0 && { 'x-checks': [...customBeneath(schema, io), ...own] }),
  };
}

function checksOf({ _zod: { def, traits } }: Schema): Check[] {
  const itself = traits.has('$ZodCheck') ? [def] : [];
  const further = (def.checks ?? []).map((check) => check._zod.def);
  return [...itself, ...further] as unknown as Check[];
}

const SAID = new Set(
  `greater_than less_than multiple_of number_format bigint_format min_length max_length
  length_equals string_format overwrite`.split(/\s+/),
);

function customOf(schema: Schema): string[] {
  return checksOf(schema)
    .filter(({ check }) => !SAID.has(check))
    .map(({ check, error }) => (error && error.length === 0 ? String(error()) : check));
}

/** Those of what a schema is wrapped around, whose JSON becomes its own. */
function customBeneath({ _zod: { def } }: Schema, io: 'input' | 'output'): string[] {
  const { type, innerType, in: taken, out } = def as typeof def & Record<string, Schema>;
  const inner = io === 'input' ? (innerType ?? taken) : (innerType ?? out);
  return inner && type !== 'nullable' ? [...customBeneath(inner, io), ...customOf(inner)] : [];
}

function rangeOf(checks: Check[]): JsonSchema {
  const limits: Record<string, Date | bigint> = {};
  for (const { check, value, inclusive } of checks) {
    if (value === undefined || (check !== 'greater_than' && check !== 'less_than')) continue;
    const low = check === 'greater_than';
    const limit = low ? 'inimum' : 'aximum';
    const keyword = inclusive ? `x-m${limit}` : `x-exclusiveM${limit}`;
    const held = limits[keyword] ?? value;
    limits[keyword] = value > held === low ? value : held;
  }
  return Object.fromEntries(
    Object.entries(limits).map(([keyword, limit]) => [
      keyword,
      limit instanceof Date ? limit.toISOString() : String(limit),
    ]),
  );
}

function formatOf(checks: Check[]): JsonSchema {
  const factors = checks.filter(({ check }) => check === 'multiple_of');
  const format = checks.find(({ check }) => check === 'bigint_format')?.format;
  return {
    ...(factors.length > 0 && { 'x-multiples': factors.map(({ value }) => String(value)) }),
    ...(format !== undefined && { 'x-format': format }),
  };
}

/** Of these the format says enough. */
const PLAIN = new Set([z.uuid(), z.guid()].map((schema) => schema._zod.def.pattern?.source));

function textOf(checks: Check[]): JsonSchema {
  const patterns = checks.flatMap(({ pattern }) => (pattern ? [pattern] : []));
  const several = [...new Set(patterns.filter(({ source }) => !PLAIN.has(source)).map(written))];
  const [only] = several;
  const url = checks.find(({ format }) => format === 'url');
  return {
    ...(checks.some(({ format }) => format === 'guid') && { format: 'guid' }),
    ...(several.length === 1 && { pattern: only }),
    ...(several.length > 1 && { 'x-patterns': several.toSorted() }),
    ...(url?.protocol && { 'x-protocol': written(url.protocol) }),
    ...(url?.hostname && { 'x-hostname': written(url.hostname) }),
  };
}

/** With the flags that JSON Schema would lose. */
function written({ source, flags }: RegExp): string {
  const kept = flags.replaceAll(/[^ims]/g, '');
  return kept ? `(?${kept}:${source})` : source;
}
