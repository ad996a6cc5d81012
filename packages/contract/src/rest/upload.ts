import type { Contract, JsonSchema } from '../contract.ts';
import type { Operation } from './document.ts';
import { nosByStatus } from './problems.ts';
import { asOpenApi } from './schema.ts';

/** Its input is bytes, so it stands beside the mirror, and answers as tRPC does. */
export const UPLOAD = 'files.upload';
export const UPLOAD_PATH = '/files';

export function uploadOf(contract: Contract): Operation {
  const procedure = contract.procedures[UPLOAD];
  if (!procedure) throw new Error(`There is no ${UPLOAD}`);
  const refused = [...nosByStatus(procedure.refusals, contract)].map(([status, codes]) => [
    String(status),
    answerOf({
      description: codes.join(', '),
      schema: wrapped('error', wrapped('json', refusal(codes))),
    }),
  ]);
  const picture = wrapped('data', wrapped('json', asOpenApi(procedure.output)));
  return {
    operationId: UPLOAD,
    summary: procedure.summary,
    tags: ['files'],
    servers: [{ url: '/' }],
    'x-access': procedure.access,
    security: [{ bearer: [] }],
    requestBody: { required: true, content: { 'image/*': { schema: {} } } },
    responses: {
      '200': answerOf({ description: 'Done.', schema: wrapped('result', picture) }),
      ...(Object.fromEntries(refused) as Record<string, object>),
    },
  };
}

function refusal(codes: string[]): JsonSchema {
  const data = {
    type: 'object',
    properties: {
      code: { type: 'string' },
      httpStatus: { type: 'integer' },
      reason: { type: 'string', enum: codes },
      details: {},
      requestId: { type: 'string' },
    },
    required: ['code', 'httpStatus', 'reason', 'requestId'],
  };
  const properties = { message: { type: 'string' }, code: { type: 'integer' }, data };
  return { type: 'object', properties, required: ['message', 'code', 'data'] };
}

function wrapped(name: string, inner: JsonSchema): JsonSchema {
  return { type: 'object', properties: { [name]: inner }, required: [name] };
}

function answerOf({ description, schema }: { description: string; schema: JsonSchema }): object {
  return { description, content: { 'application/json': { schema } } };
}
