import type { JsonSchema } from './contract.ts';
import { canonical } from './hash.ts';

const SAYS_NOTHING = new Set(['description', 'default', 'readOnly']);
const SHAPES = new Set(
  `type const properties required additionalProperties propertyNames items prefixItems allOf
  x-wire x-then`.split(/\s+/),
);

/** Whether a schema takes whatever there is. */
export function isAnything(schema: JsonSchema): boolean {
  return Object.keys(schema).every((keyword) => SAYS_NOTHING.has(keyword));
}

/** The limits of `target` that a value of `one` may be beyond. */
export function unheldLimits(one: JsonSchema, target: JsonSchema): string[] {
  const own = bounded(one);
  return Object.entries(target)
    .filter(([keyword]) => !SAYS_NOTHING.has(keyword) && !SHAPES.has(keyword))
    .filter(([keyword, limit]) => !holds(own, keyword, limit))
    .map(([keyword, limit]) => `${keyword.replace(/^x-/, '')} ${String(limit)}`);
}

function holds(own: JsonSchema, keyword: string, limit: unknown): boolean {
  if (canonical(own[keyword]) === canonical(limit)) return true;
  switch (keyword) {
    case 'format':
      return own['format'] === 'uuid' && limit === 'guid';
    case 'multipleOf':
      return Number(own.const ?? own['multipleOf']) % Number(limit) === 0;
    case 'pattern':
    case 'x-patterns':
      return patternsOf({ [keyword]: limit }).every((one) => patternsOf(own).includes(one));
    case 'x-checks':
      return listOf(own[keyword]).length >= listOf(limit).length;
    default:
      return /^(x-)?(min|max|exclusive)/.test(keyword) && reaches(own, keyword, limit);
  }
}

function patternsOf({ pattern, 'x-patterns': several }: JsonSchema): unknown[] {
  return [...listOf(several), ...(pattern === undefined ? [] : [pattern])];
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function reaches(own: JsonSchema, keyword: string, limit: unknown): boolean {
  const side = /min/i.test(keyword) ? 1 : -1;
  const excluded = keyword.includes('xclusive');
  const inclusive = excluded ? keyword.replace('exclusiveM', 'm') : keyword;
  const exclusive = inclusive.replace('m', 'exclusiveM');
  const [at, beyond] = [own[inclusive], own[exclusive]].map((bound) => compared(bound, limit));
  return Number(at) * side >= (excluded ? 1 : 0) || Number(beyond) * side >= 0;
}

/** 1 where it is more than the limit, -1 where it is less, 0 where it is that, nothing without. */
function compared(bound: unknown, limit: unknown): number | undefined {
  if (bound === undefined) return undefined;
  const [one, other] = [amountOf(bound), amountOf(limit)];
  return one === other ? 0 : one > other ? 1 : -1;
}

function amountOf(limit: unknown): number | bigint {
  if (typeof limit !== 'string') return Number(limit);
  return /^-?\d+$/.test(limit) ? BigInt(limit) : Date.parse(limit);
}

/** With the limits that a single value or a whole number keeps of itself. */
function bounded(one: JsonSchema): JsonSchema {
  const value = one.const;
  if (typeof value === 'string') {
    return { ...one, minLength: value.length, maxLength: value.length };
  }
  if (typeof value === 'number') return { ...one, minimum: value, maximum: value };
  if (one.type !== 'integer') return one;
  const { minimum, maximum, exclusiveMinimum: above, exclusiveMaximum: below } = one;
  const lowest = above === undefined ? -Infinity : Math.floor(Number(above)) + 1;
  const highest = below === undefined ? Infinity : Math.ceil(Number(below)) - 1;
  return {
    multipleOf: 1,
    ...one,
    minimum: Math.max(Number(minimum ?? Number.MIN_SAFE_INTEGER), lowest),
    maximum: Math.min(Number(maximum ?? Number.MAX_SAFE_INTEGER), highest),
  };
}
