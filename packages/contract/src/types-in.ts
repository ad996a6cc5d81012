import { type JsonSchema, nameIn } from './contract.ts';
import { canonical } from './hash.ts';
import type { Writing } from './schemas.ts';

type Types = Record<string, JsonSchema>;

/** The named types that what comes in and what goes out lead to, by name. */
export function typesIn(inward: Writing[], outward: Writing[]): Types {
  const [taken, given] = [reached(inward), reached(outward)];
  const torn = Object.keys(taken).find(
    (name) => name in given && canonical(taken[name]) !== canonical(given[name]),
  );
  if (torn) throw new Error(`${torn} is one thing on the way in and another on the way out`);
  return Object.fromEntries(
    Object.entries({ ...taken, ...given }).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function reached(writings: Writing[]): Types {
  const types: Types = Object.assign({}, ...writings.map((writing) => writing.types));
  const places = writings.flatMap(({ at }) => [...at.values()].map(({ schema }) => schema));
  const names = partsOf(places, types).flatMap(({ $ref }) =>
    typeof $ref === 'string' ? [nameIn($ref)] : [],
  );
  return Object.fromEntries(
    names.flatMap((name) => (types[name] ? [[name, types[name]] as const] : [])),
  );
}

/** Whatever is in a schema, and in what it refers to. */
export function partsOf(value: unknown, types: Types, seen = new Set<unknown>()): JsonSchema[] {
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  const { $ref } = value as JsonSchema;
  const behind = typeof $ref === 'string' ? [types[nameIn($ref)]] : [];
  const parts = [...Object.values(value), ...behind].flatMap((part) => partsOf(part, types, seen));
  return [value as JsonSchema, ...parts];
}
