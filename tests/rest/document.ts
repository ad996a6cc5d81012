import { textOf } from '../docs/documents.ts';

/** As far as the document is walked here. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  items?: Schema | false;
  anyOf?: Schema[];
  oneOf?: Schema[];
  [word: string]: unknown;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  schema: Schema;
}

export interface Content {
  content?: Record<string, { schema: Schema }>;
}

export interface Operation {
  /** The name of the procedure. */
  operationId: string;
  /** Of what stands beside the mirror. */
  servers?: { url: string }[];
  security: Record<string, []>[];
  'x-access': string;
  'x-stream'?: true;
  parameters?: Parameter[];
  requestBody?: { required: boolean; content: Record<string, { schema: Schema }> };
  responses: Record<string, Content & { $ref?: string }>;
}

export interface OpenApi {
  openapi: string;
  info: { version: string };
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; responses: Record<string, Content> };
}

export interface Place {
  name: string;
  method: string;
  /** With its fields in braces. */
  path: string;
  operation: Operation;
}

export const OPENAPI = 'apps/server/src/rest/openapi.json';
export const openApi = JSON.parse(textOf(OPENAPI)) as OpenApi;
export const MIRROR = openApi.servers[0]?.url ?? '';

const ALL: Place[] = Object.entries(openApi.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([verb, operation]) => ({
    name: operation.operationId,
    method: verb.toUpperCase(),
    path,
    operation,
  })),
);
/** Every operation of the mirror with its place, in the order of the document. */
export const PLACES = ALL.filter(({ operation }) => operation.servers === undefined);
export const BESIDE = ALL.filter(({ operation }) => operation.servers !== undefined);

export function placeOf(name: string): Place {
  const place = PLACES.find((one) => one.name === name);
  if (!place) throw new Error(`The document has no ${name}`);
  return place;
}
