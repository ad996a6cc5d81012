import { type Contract, type JsonSchema, type Procedure, resolved } from '../contract.ts';
import type { Operation, Parameter } from './document.ts';
import { fieldsIn, placeOf } from './places.ts';
import { problemsOf } from './problems.ts';
import { asOpenApi } from './schema.ts';

/** One procedure as an operation of the mirror. */
export function operationOf(name: string, contract: Contract): Operation {
  const procedure = contract.procedures[name];
  if (!procedure) throw new Error(`There is no ${name}`);
  const { method, path } = placeOf(name, contract);
  const input = procedure.input ? resolved(procedure.input, contract.types) : {};
  const inPath = fieldsIn(path);
  const { properties = {}, required = [] } = input;
  const own = { ...properties };
  for (const field of [...inPath, 'idempotencyKey', 'lastEventId']) delete own[field];
  const hasBody = method !== 'GET' && method !== 'DELETE';
  const isStream = procedure.type === 'subscription';
  const takesVersion = hasBody && 'expectedVersion' in own;
  const parameters: Parameter[] = [
    ...inPath.map((field) => at('path', field, { schema: properties[field], required: true })),
    ...(hasBody
      ? []
      : Object.entries(own).map(([field, schema]) =>
          at('query', field, { schema, required: required.includes(field) }),
        )),
    ...headersOf(procedure, { properties, required }),
    ...(method === 'GET' && !isStream ? [IF_NONE_MATCH] : []),
    ...(takesVersion ? [IF_MATCH] : []),
  ];
  const access = procedure.access;
  const takesGuests = procedure.refusals.includes('GUEST_TOKEN_INVALID');
  return {
    operationId: name,
    summary: procedure.summary,
    tags: [name.split('.')[0] ?? ''],
    'x-access': access,
    ...(isStream && { 'x-stream': true }),
    security: [
      ...(access === 'anyone' ? [{}] : []),
      { bearer: [] },
      ...(takesGuests ? [{ guest: [] as [] }] : []),
    ] as Operation['security'],
    ...(parameters.length > 0 && { parameters }),
    ...(hasBody && Object.keys(own).length > 0 && bodyOf(own, input, EXAMPLES[name])),
    responses: {
      ...answerOf(name, procedure, contract),
      ...(method === 'GET' && !isStream && NOT_MODIFIED),
      ...problemsOf(name, contract, { method, takesVersion, isStream }),
    },
  };
}

const IF_NONE_MATCH: Parameter = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  description: 'Tags of earlier answers; to one of these nothing is told but 304.',
  schema: { type: 'string' },
};
const IF_MATCH: Parameter = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description: 'The tag of what is changed, in place of `expectedVersion`.',
  schema: { type: 'string' },
};
const NOT_MODIFIED = { '304': { description: 'It is what the caller has.' } };

interface Field {
  schema: JsonSchema | undefined;
  required: boolean;
}

function at(where: Parameter['in'], name: string, { schema, required }: Field): Parameter {
  const { description, ...rest } = asOpenApi(schema ?? { type: 'string' });
  return { name, in: where, required, ...(description && { description }), schema: rest };
}

function headersOf(
  { keyed, type }: Procedure,
  { properties, required }: { properties: Record<string, JsonSchema>; required: string[] },
): Parameter[] {
  const field = (name: string) => ({ schema: properties[name], required: required.includes(name) });
  return [
    ...(keyed ? [at('header', 'Idempotency-Key', field('idempotencyKey'))] : []),
    ...(type === 'subscription' ? [at('header', 'Last-Event-ID', field('lastEventId'))] : []),
  ];
}

function bodyOf(own: Record<string, JsonSchema>, input: JsonSchema, example?: object) {
  const { properties: _, required = [], ...rest } = input;
  const asked = required.filter((field) => field in own);
  const schema = asOpenApi({
    ...rest,
    properties: own,
    ...(asked.length > 0 && { required: asked }),
  });
  const content = { schema, ...(example && { example }) };
  return { requestBody: { required: asked.length > 0, content: { 'application/json': content } } };
}

/** Where a sample of every field there is would be refused. */
const EXAMPLES: Record<string, object> = {
  'auth.login': { identifier: 'manager', password: '' },
};

function answerOf(
  name: string,
  { type, output }: Procedure,
  { types }: Contract,
): Record<string, object> {
  const schema = asOpenApi(output);
  if (type === 'subscription') {
    return { '200': { description: 'Events.', content: { 'text/event-stream': { schema } } } };
  }
  const isList = 'items' in (resolved(output, types).properties ?? {});
  const kinds = [
    'application/json',
    'application/xml',
    'application/yaml',
    ...(isList ? ['text/csv'] : []),
  ];
  const content = Object.fromEntries(kinds.map((kind) => [kind, { schema }]));
  const status = name.endsWith('.create') ? '201' : '200';
  return { [status]: { description: 'Done.', content } };
}
