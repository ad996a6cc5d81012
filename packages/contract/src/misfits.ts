import { type JsonSchema, resolved } from './contract.ts';
import { canonical } from './hash.ts';
import { isAnything, unheldLimits } from './limits.ts';
import { joined, literalText, typeText } from './type-text.ts';

type Types = Record<string, JsonSchema>;

/** How to say what does not fit; what comes in is asked the other way round than what goes out. */
export interface Words {
  missing: string;
  strange: string;
  value: (value: string) => string;
  limit: (limit: string) => string;
  type: (from: string, to: string) => string;
}

/** Where two schemas are compared: every value of the one should be one of the other. */
export interface Comparison {
  place: string;
  from: Types;
  to: Types;
  words: Words;
  /** Whoever takes the value overlooks fields that it does not know. */
  overlooks: boolean;
  /** What came of the pairs of named types; of those on the way here: nothing, so far. */
  known: Map<string, string[]>;
}

/** What keeps values of `from` from being values of `to`, in sentences. */
export function misfits(from: JsonSchema, to: JsonSchema, where: Comparison): string[] {
  if (!from.$ref || !to.$ref) return compared(from, to, where);
  const { known } = where;
  const pair = `${canonical(from)} ${canonical(to)}`;
  const told = known.get(pair);
  if (told) return told;
  const before = known.size;
  known.set(pair, []);
  const found = [...new Set(compared(from, to, where))];
  if (found.length > 0) forgetFitting(known, before);
  known.set(pair, found);
  return found;
}

/** What fitted because this pair was thought to. */
function forgetFitting(known: Map<string, string[]>, before: number): void {
  for (const [pair, found] of [...known].slice(before)) {
    if (found.length === 0) known.delete(pair);
  }
}

function compared(from: JsonSchema, to: JsonSchema, where: Comparison): string[] {
  const targets = alternatives(to, where.to);
  return alternatives(from, where.from)
    .flatMap((one) => bothOf(one, targets))
    .flatMap((one) => nearest(one, targets, where));
}

/** A boolean as its two values, where these stand alone on the other side. */
function bothOf(one: JsonSchema, targets: JsonSchema[]): JsonSchema[] {
  const apart = targets.some(({ const: value }) => typeof value === 'boolean');
  if (one.type !== 'boolean' || one.const !== undefined || !apart) return [one];
  return [true, false].map((value) => ({ ...one, const: value }));
}

function nearest(one: JsonSchema, targets: JsonSchema[], where: Comparison): string[] {
  const kin = targets.filter((target) => sameKind(one, target));
  const tries = kin.map((target) => misfitsOfOne(one, target, where));
  const best = tries.toSorted((a, b) => a.length - b.length)[0];
  if (best) return best;
  const { place, words } = where;
  if (one.const !== undefined) return [`${place} ${words.value(literalText(one.const))}`];
  return [`${place} ${words.type(kindText(one), joined(targets.map(kindText)))}`];
}

function kindText(schema: JsonSchema): string {
  return schema.type === 'integer' ? 'integer' : typeText(schema);
}

/** A schema taken apart into what a value can be, each of one type or one value. */
function alternatives(schema: JsonSchema, types: Types): JsonSchema[] {
  const { type, anyOf, oneOf, enum: values, ...rest } = resolved(schema, types);
  const several = anyOf ?? oneOf;
  if (several) return several.flatMap((one) => alternatives(one, types)).map(heldTo(rest));
  if (Array.isArray(type)) return type.map((one) => ({ ...rest, type: one }));
  const typed = { ...rest, ...(type !== undefined && { type }) };
  return values ? values.map((value) => ({ ...typed, const: value })) : [typed];
}

/** What is said of a union as a whole is said of each part. */
function heldTo({ 'x-checks': checks = [], 'x-then': then = [] }: JsonSchema) {
  return (one: JsonSchema): JsonSchema => ({
    ...one,
    ...(checks.length > 0 && { 'x-checks': [...(one['x-checks'] ?? []), ...checks] }),
    ...(then.length > 0 && { 'x-then': [...(one['x-then'] ?? []), ...then] }),
  });
}

function sameKind(one: JsonSchema, target: JsonSchema): boolean {
  if (isAnything(target) || one.allOf || target.allOf) return true;
  if (one['x-wire'] !== target['x-wire']) return false;
  if (target.const !== undefined) return one.const === target.const;
  if (one.readOnly && !target.readOnly) return false;
  const type = Number.isInteger(one.const) ? 'integer' : one.type;
  return type === target.type || (type === 'integer' && target.type === 'number');
}

function misfitsOfOne(one: JsonSchema, target: JsonSchema, where: Comparison): string[] {
  if (isAnything(target)) return [];
  const { place, words } = where;
  const own = unheldLimits(one, target).map((limit) => `${place} ${words.limit(limit)}`);
  if (target.allOf) return [...own, ...target.allOf.flatMap((part) => misfits(one, part, where))];
  if (one.allOf) {
    const tries = one.allOf.map((part) => misfits(part, target, where));
    return tries.toSorted((a, b) => a.length - b.length)[0] ?? [];
  }
  return [
    ...own,
    ...laterMisfits(one, target, where),
    ...objectMisfits(one, target, where),
    ...listMisfits(one, target, where),
  ];
}

function laterMisfits(one: JsonSchema, target: JsonSchema, where: Comparison): string[] {
  const { place, words } = where;
  return (target['x-then'] ?? []).flatMap((to, step) => {
    const from = one['x-then']?.[step];
    return from
      ? misfits(from, to, where)
      : [`${place} ${words.limit(`a further ${typeText(to)}`)}`];
  });
}

function objectMisfits(one: JsonSchema, target: JsonSchema, where: Comparison): string[] {
  const { place, words } = where;
  const at = (name: string) => ({ ...where, place: `${place}.${name}` });
  const own = one.properties ?? {};
  const taken = target.properties ?? {};
  const { additionalProperties: rest } = target;
  const missing = (target.required ?? [])
    .filter((name) => !one.required?.includes(name))
    .map((name) => `${place}.${name} ${words.missing}`);
  const fields = Object.entries(own).flatMap(([name, field]) => {
    const to = Object.hasOwn(taken, name) ? taken[name] : rest;
    if (typeof to === 'object') return misfits(field, to, at(name));
    return to === false && !where.overlooks ? [`${place}.${name} ${words.strange}`] : [];
  });
  const others = Object.entries({ ...taken, '*': rest }).flatMap(([name, to]) => {
    const from = one.additionalProperties;
    if (typeof from !== 'object' || Object.hasOwn(own, name)) return [];
    if (typeof to === 'object') return misfits(from, to, at(name));
    return to === false && !where.overlooks ? [`${place}.${name} ${words.strange}`] : [];
  });
  const keys = target.propertyNames
    ? misfits(one.propertyNames ?? { type: 'string' }, target.propertyNames, at('[key]'))
    : [];
  return [...missing, ...fields, ...others, ...keys];
}

function listMisfits(one: JsonSchema, target: JsonSchema, where: Comparison): string[] {
  const length = Math.max(one.prefixItems?.length ?? 0, target.prefixItems?.length ?? 0);
  return Array.from({ length: length + 1 }, (_, place) => place).flatMap((place) => {
    const from = one.prefixItems?.[place] ?? one.items;
    const to = target.prefixItems?.[place] ?? target.items;
    const at = `${where.place}[${place < length ? place : ''}]`;
    if (!from || to === undefined) return [];
    return to ? misfits(from, to, { ...where, place: at }) : [`${at} ${where.words.strange}`];
  });
}
