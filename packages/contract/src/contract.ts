/** What the client's users depend on, said without TypeScript and without the server. */
export interface Contract {
  /** Clients and servers of one version understand each other: `0.1` for 0.1.x, `1` for 1.x. */
  version: string;
  /** Names what travels: another input, output or detail is another hash. */
  hash: string;
  /** By their whole names, in the order of the router. */
  procedures: Record<string, Procedure>;
  /** Every code that a call can be refused with. */
  refusals: Record<string, Told>;
  /** The schemas that have a name; `$ref` points here. */
  types: Record<string, JsonSchema>;
}

export interface Procedure {
  type: 'query' | 'mutation' | 'subscription';
  access: string;
  summary: string;
  /** Nothing when it takes none. */
  input: JsonSchema | null;
  /** The input as a whole may be left out. */
  optional: boolean;
  /** Of a subscription: one event. */
  output: JsonSchema;
  refusals: string[];
  /** It takes an `idempotencyKey`, which the client fills in where its user gives none. */
  keyed: boolean;
}

export interface Told {
  status: number;
  message: string;
  advice: string;
  details: JsonSchema | null;
}

/** As far as zod writes it; an `x-…` says what JSON Schema has no word for. */
export interface JsonSchema {
  $ref?: string;
  /** Several: one of them. */
  type?: string | string[];
  enum?: (string | number | boolean | null)[];
  const?: string | number | boolean | null;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  /** `false` refuses unknown fields; left out, they are ignored. */
  additionalProperties?: boolean | JsonSchema;
  propertyNames?: JsonSchema;
  items?: JsonSchema | false;
  prefixItems?: JsonSchema[];
  readOnly?: boolean;
  description?: string;
  'x-wire'?: 'Date' | 'bigint' | 'undefined' | 'Blob';
  /** What it is asked besides: the words of each refusal. */
  'x-checks'?: string[];
  /** What it has to be once it is transformed. */
  'x-then'?: JsonSchema[];
  [limit: string]: unknown;
}

/** Above every file that is made from a contract. */
export const HEAD = '// Made from the router by `npm run contract`; not to be changed by hand.\n';

/** Any call can be refused so, whatever its procedure declares. */
export const OF_ANY_CALL = ['QUOTA_EXCEEDED', 'UPGRADE_REQUIRED'];

const TYPES = '#/types/';

export function refTo(name: string): string {
  return TYPES + name;
}

export function nameIn(ref: string): string {
  return ref.slice(TYPES.length);
}

/** What stands behind a reference, and what is said beside it. */
export function resolved(schema: JsonSchema, types: Record<string, JsonSchema>): JsonSchema {
  const { $ref, ...rest } = schema;
  return $ref === undefined ? schema : { ...resolved(types[nameIn($ref)] ?? {}, types), ...rest };
}
