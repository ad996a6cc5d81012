import { z } from 'zod';
import { type JsonSchema, refTo } from './contract.ts';
import { unsaid } from './unsaid.ts';

/** A schema as JSON Schema, and whether the value may be left out. */
export interface Written {
  schema: JsonSchema;
  optional: boolean;
}

export interface Writing {
  /** By the place where each stands. */
  at: Map<string, Written>;
  /** Those that have a name, written once; the others refer to them. */
  types: Record<string, JsonSchema>;
}

export function written(
  io: 'input' | 'output',
  places: Map<string, z.ZodType>,
  names: Map<string, z.ZodType>,
): Writing {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of names) if (!registry.has(schema)) registry.add(schema, { id });
  // Held in an object, for then zod itself says whether the value may be left out.
  for (const [place, held] of places) registry.add(z.object({ held }), { id: `@${place}` });
  const { schemas } = z.toJSONSchema(registry, {
    io,
    uri: refTo,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => correct(zodSchema, jsonSchema as JsonSchema, io),
  });
  const all = Object.entries(schemas as Record<string, JsonSchema>);
  if ('__shared' in schemas) throw new Error('a schema that holds itself needs a name');
  return {
    at: new Map(
      all.filter(([id]) => id.startsWith('@')).map(([id, json]) => [id.slice(1), heldIn(json)]),
    ),
    types: Object.fromEntries(
      all
        .filter(([id]) => !id.startsWith('@'))
        .map(([id, { $schema: _, $id: __, default: ___, ...json }]) => [id, json]),
    ),
  };
}

function heldIn({ properties = {}, required = [] }: JsonSchema): Written {
  const { default: _, ...schema } = properties['held'] ?? {};
  return { schema, optional: !required.includes('held') };
}

const WIRED: Record<string, JsonSchema> = {
  date: { type: 'string', format: 'date-time', 'x-wire': 'Date' },
  bigint: { type: 'string', 'x-wire': 'bigint' },
  undefined: { 'x-wire': 'undefined' },
  void: { 'x-wire': 'undefined' },
};
/** What `{}` means when it is meant. */
const ANYTHING = new Set(['unknown', 'any']);

/** Says what JSON Schema cannot, and leaves out what says nothing. */
function correct(schema: z.core.$ZodTypes, json: JsonSchema, io: 'input' | 'output'): void {
  const { def } = schema._zod;
  Object.assign(json, WIRED[def.type]);
  if (Object.keys(json).length === 0 && !ANYTHING.has(def.type)) refuse(def.type);
  if (def.type === 'literal' && def.values.includes(undefined)) refuse('literal undefined');
  if (io === 'input') readOnTheWayIn(schema, json);
  // zod closes every object on the way out; only a strict one is meant to be.
  if (def.type === 'object' && !def.catchall) delete json.additionalProperties;
  if (def.type === 'string') {
    delete json['pattern'];
    delete json.allOf;
  }
  Object.assign(json, unsaid(schema, io));
  if (json.type === 'integer') {
    if (json['minimum'] === Number.MIN_SAFE_INTEGER) delete json['minimum'];
    if (json['maximum'] === Number.MAX_SAFE_INTEGER) delete json['maximum'];
  }
  if (json.propertyNames?.type === 'string' && Object.keys(json.propertyNames).length === 1) {
    delete json.propertyNames;
  }
}

/** Refuses what takes more than it says, and says what a transformed value has to be. */
function readOnTheWayIn({ _zod: { def } }: z.core.$ZodTypes, json: JsonSchema): void {
  if ('coerce' in def && def.coerce) refuse(`coerced ${def.type}`);
  if (def.type !== 'pipe') return;
  if ('reverseTransform' in def) refuse('codec');
  if (def.in._zod.def.type === 'transform') refuse('preprocessed value');
  const then = [...stepsOf(def.in), ...stepOf(def.out)];
  if (then.length > 0) json['x-then'] = then;
}

function stepsOf({ _zod: { def } }: z.core.$ZodType): JsonSchema[] {
  const { innerType, in: taken, out } = def as typeof def & Record<string, z.core.$ZodType>;
  if (innerType) return stepsOf(innerType);
  return taken && out ? [...stepsOf(taken), ...stepOf(out)] : [];
}

function stepOf(schema: z.core.$ZodType): JsonSchema[] {
  if (schema._zod.def.type === 'transform') return [];
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    cycles: 'throw',
    override: ({ zodSchema, jsonSchema }) => correct(zodSchema, jsonSchema as JsonSchema, 'input'),
  });
  return [json as JsonSchema];
}

function refuse(what: string): never {
  throw new Error(`a ${what} cannot be told to the client`);
}
