import type { Contract, JsonSchema } from '../contract.ts';
import { operationOf } from './operation.ts';
import { placeOf } from './places.ts';
import { problemResponses } from './problems.ts';
import { asOpenApi } from './schema.ts';
import { UPLOAD, UPLOAD_PATH, uploadOf } from './upload.ts';

/** The mirror as OpenAPI tells it: what the server serves, what the docs show, what others generate clients from. */
export interface OpenApi {
  openapi: '3.1.1';
  info: object;
  servers: { url: string }[];
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    securitySchemes: object;
    schemas: Record<string, JsonSchema>;
    responses: Record<string, object>;
  };
}

export interface Operation {
  /** The name of the procedure. */
  operationId: string;
  summary: string;
  tags: string[];
  /** Where it is not in the mirror. */
  servers?: { url: string }[];
  'x-access': string;
  'x-stream'?: true;
  security: Record<string, []>[];
  parameters?: Parameter[];
  requestBody?: {
    required: boolean;
    content: Record<string, { schema: JsonSchema; example?: object }>;
  };
  responses: Record<string, object>;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description?: string;
  schema: JsonSchema;
}

export function openApiOf(contract: Contract): OpenApi {
  const all = Object.keys(contract.procedures);
  const names = all.filter((name) => name !== UPLOAD);
  const paths: OpenApi['paths'] = { [UPLOAD_PATH]: { post: uploadOf(contract) } };
  for (const name of names) {
    const { method, path } = placeOf(name, contract);
    const at = (paths[path] ??= {});
    const verb = method.toLowerCase();
    if (at[verb]) throw new Error(`${name} and ${at[verb].operationId} stand at one place`);
    at[verb] = operationOf(name, contract);
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Comanda',
      version: `${contract.version}.${contract.hash}`,
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/api/v1' }],
    tags: [...new Set(all.map((name) => name.split('.')[0] ?? ''))].map((name) => ({ name })),
    paths: sorted(paths),
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'An access token or a device pass.',
        },
        guest: {
          type: 'apiKey',
          in: 'header',
          name: 'x-guest-token',
          description: 'Whoever has not signed in; `POST /cart` gives it out.',
        },
      },
      schemas: Object.fromEntries(
        Object.entries(contract.types)
          .filter(([name]) => name !== 'Upload')
          .map(([name, schema]) => [name, asOpenApi(schema)]),
      ),
      responses: problemResponses(contract),
    },
  };
}

const DESCRIPTION =
  'The procedures of the service for whoever does not speak tRPC: the same access, quotas, audit and refusals.';

function sorted<Value>(record: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
