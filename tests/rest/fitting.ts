import { z } from 'zod';
import { type Content, openApi, type Operation, type Schema } from './document.ts';

/** How an answer differs from what the document says of the operation; nothing where it fits. */
export function misfits(operation: Operation, answer: Told): string[] {
  const { status, type, value } = answer;
  const response = responseOf(operation, status);
  if (!response) return [`${operation.operationId} says nothing of ${status}`];
  const schema = response.content?.[type]?.schema;
  if (!schema) return [`${operation.operationId} says nothing of ${status} ${type}`];
  const { error } = parserOf(schema).safeParse(value);
  return (error?.issues ?? []).map(
    ({ path, message }) => `${operation.operationId} ${status} ${path.join('.')}: ${message}`,
  );
}

interface Told {
  status: number;
  /** Without its parameters. */
  type: string;
  value: unknown;
}

export function responseOf({ responses }: Operation, status: number): Content | undefined {
  const response = responses[status];
  const name = response?.$ref?.split('/').at(-1);
  return name === undefined ? response : openApi.components.responses[name];
}

const parsers = new Map<Schema, z.ZodType>();

/** Made once for each schema of the document. */
function parserOf(schema: Schema): z.ZodType {
  const parser = parsers.get(schema) ?? z.fromJSONSchema(standing(schema));
  parsers.set(schema, parser);
  return parser;
}

/** A schema that stands by itself: with all that it refers to, and without what only the document knows. */
function standing(schema: Schema): z.core.JSONSchema.JSONSchema {
  const used = new Map<string, Schema>();
  const pending = [schema];
  for (let one = pending.pop(); one; one = pending.pop()) {
    for (const ref of refsIn(one)) {
      if (used.has(ref)) continue;
      const target = at(ref);
      used.set(ref, target);
      pending.push(target);
    }
  }
  const $defs = Object.fromEntries([...used].map(([ref, one]) => [nameOf(ref), renamed(one)]));
  return { ...renamed(schema), $defs } as z.core.JSONSchema.JSONSchema;
}

function refsIn(schema: Schema): string[] {
  return [...JSON.stringify(schema).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref = '']) => ref);
}

function at(ref: string): Schema {
  const path = ref
    .slice(2)
    .split('/')
    .map((part) => part.replaceAll('~1', '/'));
  return path.reduce<unknown>(
    (one, part) => (one as Record<string, unknown>)[part],
    openApi,
  ) as Schema;
}

function nameOf(ref: string): string {
  return ref.replaceAll(/\W+/g, '_');
}

/** Refers to what stands beside it, and to fields that it does not name says no. */
function renamed(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) => {
    if (key === '$ref') return `#/$defs/${nameOf(String(value))}`;
    return isOpen(value) ? { ...value, additionalProperties: false } : value;
  }) as Schema;
}

function isOpen(value: unknown): value is Schema {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { type, properties, additionalProperties } = value as Schema;
  return type === 'object' && typeof properties === 'object' && additionalProperties === undefined;
}
