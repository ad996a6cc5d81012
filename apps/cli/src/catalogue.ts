import { z } from 'zod';

/** What can be typed for a field, and what becomes of it. */
export type Kind = 'text' | 'whole' | 'number' | 'switch' | 'moment' | 'json';

export interface Field {
  name: string;
  required: boolean;
  kind: Kind;
  /** May be given several times. */
  many: boolean;
  /** What it may be, where that is a list. */
  choices: string[];
  /** Names what is asked about, and may be given without its flag. */
  isAddress: boolean;
  otherwise: unknown;
}

export interface Procedure {
  name: string;
  summary: string;
  kind: 'query' | 'mutate' | 'subscribe' | 'upload';
  fields: Field[];
}

const Schema = z.looseObject({});
type Schema = z.infer<typeof Schema>;

const Parameter = z.object({
  name: z.string(),
  in: z.string(),
  required: z.boolean().default(false),
  schema: Schema,
});

const Operation = z.object({
  operationId: z.string(),
  summary: z.string().default(''),
  'x-stream': z.boolean().default(false),
  parameters: z.array(Parameter).default([]),
  requestBody: z.object({ content: z.record(z.string(), z.object({ schema: Schema })) }).optional(),
});
type Operation = z.infer<typeof Operation>;

/** What of a service's OpenAPI document is needed to call it. */
export const Document = z.object({
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({ schemas: z.record(z.string(), Schema) }),
});
export type Document = z.infer<typeof Document>;

/** Every procedure of the service, by name, as its document tells them. */
export function proceduresOf({ paths, components }: Document): Map<string, Procedure> {
  const found = Object.values(paths).flatMap((methods) =>
    Object.entries(methods).map(([method, operation]) => {
      const shapes = new Shapes(components.schemas);
      return procedureOf(operation, { method, shapes });
    }),
  );
  const all = found.toSorted((a, b) => a.name.localeCompare(b.name));
  return new Map(all.map((one) => [one.name, one]));
}

function procedureOf(
  operation: Operation,
  { method, shapes }: { method: string; shapes: Shapes },
): Procedure {
  const { operationId: name, summary, parameters, requestBody } = operation;
  const body = requestBody?.content['application/json']?.schema;
  const takesBytes = requestBody !== undefined && body === undefined;
  const called = method === 'get' ? 'query' : takesBytes ? 'upload' : 'mutate';
  const kind = operation['x-stream'] ? 'subscribe' : called;
  const asked = parameters
    .filter((parameter) => parameter.in !== 'header')
    .map((parameter) => ({
      ...shapes.fieldOf(parameter.name, parameter.schema),
      required: parameter.required,
      isAddress: parameter.in === 'path',
    }));
  return { name, summary, kind, fields: [...asked, ...(body ? shapes.fieldsOf(body) : [])] };
}

/** Looks into schemas as far as flags go. */
class Shapes {
  readonly #named: Record<string, Schema>;

  constructor(named: Record<string, Schema>) {
    this.#named = named;
  }

  fieldsOf(schema: Schema): Field[] {
    const { properties, required } = this.#resolved(schema);
    const needed = new Set(Array.isArray(required) ? required : []);
    return Object.entries((properties ?? {}) as Record<string, Schema>).map(([name, field]) => ({
      ...this.fieldOf(name, field),
      required: needed.has(name),
    }));
  }

  fieldOf(name: string, schema: Schema): Field {
    const shape = this.#resolved(schema);
    const many = shape['type'] === 'array';
    const each = many ? this.#resolved((shape['items'] ?? {}) as Schema) : shape;
    const kind = kindOf(each);
    return {
      name,
      required: false,
      isAddress: false,
      otherwise: schema['default'],
      // A list of what is no plain value is written as a whole.
      ...(many && kind === 'json'
        ? { kind, many: false, choices: [] }
        : { kind, many, choices: Array.isArray(each['enum']) ? each['enum'].map(String) : [] }),
    };
  }

  /** Behind its name, and without `null`, which no flag says. */
  #resolved(schema: Schema): Schema {
    const { $ref: ref, anyOf } = schema;
    if (typeof ref === 'string')
      return this.#resolved(this.#named[ref.split('/').at(-1) ?? ''] ?? {});
    if (!Array.isArray(anyOf)) return schema;
    const [only, ...others] = (anyOf as Schema[]).filter((one) => one['type'] !== 'null');
    return only && others.length === 0 ? this.#resolved(only) : schema;
  }
}

function kindOf({ type, 'x-wire': wire }: Schema): Kind {
  if (wire === 'Date') return 'moment';
  if (wire !== undefined) return 'json';
  if (type === 'string') return 'text';
  if (type === 'integer') return 'whole';
  if (type === 'number') return 'number';
  if (type === 'boolean') return 'switch';
  return 'json';
}
