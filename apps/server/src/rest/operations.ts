import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Field } from './fields.ts';
import { columnsOf } from './formats/columns.ts';

/** The document as it is served; it is made from the router by `npm run contract`. */
export const OPENAPI = readFileSync(new URL('openapi.json', import.meta.url), 'utf8');
export const OPENAPI_TAG = `"${createHash('sha256').update(OPENAPI).digest('base64url').slice(0, 16)}"`;

/** One procedure as the mirror serves it. */
export interface Operation {
  /** The name of the procedure. */
  procedure: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As the router takes it: `/menu/items/:itemId`. */
  url: string;
  isStream: boolean;
  /** What stands in the path and in the query, by name. */
  inPath: Record<string, Field>;
  inQuery: Record<string, Field>;
  /** Null: it takes no body. */
  body: Field | null;
  /** Takes its key by `Idempotency-Key`. */
  isKeyed: boolean;
  /** Of what it answers when it is done. */
  status: number;
  /** Of every row of a list; undefined: it answers none. */
  columns: string[] | undefined;
}

interface Told {
  operationId: string;
  /** Of what stands elsewhere, beside the mirror. */
  servers?: object[];
  'x-stream'?: true;
  parameters?: { name: string; in: string; schema: Field }[];
  requestBody?: { content: Record<string, { schema: Field }> };
  responses: Record<string, { content?: Record<string, { schema: Field }> }>;
}

/** Every operation of the mirror. */
export function operationsOf(document: string): { operations: Operation[]; types: Types } {
  const { paths, components } = JSON.parse(document) as {
    paths: Record<string, Record<string, Told>>;
    components: { schemas: Types };
  };
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, told]) => told.servers === undefined)
      .map(([method, told]) => operationOf({ path, method, told, types: components.schemas })),
  );
  return { operations, types: components.schemas };
}

export type Types = Record<string, Field>;

interface Placed {
  path: string;
  method: string;
  told: Told;
  types: Types;
}

function operationOf({ path, method, told, types }: Placed): Operation {
  const { parameters = [], requestBody, responses } = told;
  const rows = responses['200']?.content?.['text/csv']?.schema;
  const fields = (where: string) =>
    Object.fromEntries(
      parameters.filter((one) => one.in === where).map(({ name, schema }) => [name, schema]),
    );
  return {
    procedure: told.operationId,
    method: method.toUpperCase() as Operation['method'],
    url: path.replaceAll(/\{(\w+)\}/g, ':$1'),
    isStream: told['x-stream'] === true,
    inPath: fields('path'),
    inQuery: fields('query'),
    body: requestBody?.content['application/json']?.schema ?? null,
    isKeyed: 'Idempotency-Key' in fields('header'),
    status: '201' in responses ? 201 : 200,
    columns: rows && columnsOf(rows, types),
  };
}
