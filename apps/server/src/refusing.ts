import { DomainError } from '@comanda/kernel/errors';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { transportErrors } from '@comanda/kernel/transport.errors';
import { wire } from '@comanda/kernel/wire';
import { tell } from '@comanda/domains/telling';
import type { FastifyError, FastifyReply } from 'fastify';
import { isMirror } from './rest/mirror.ts';
import { problem } from './rest/problem.ts';

/** Says no before tRPC is asked, in the shape in which whoever is called there would have said it. */
export function refuse(reply: FastifyReply, refused: DomainError): FastifyReply {
  const { retryAfterMs } = refused.details as { retryAfterMs?: number };
  if (retryAfterMs !== undefined) void reply.header('retry-after', retryAfter(retryAfterMs));
  if (isMirror(reply.request.url)) return problem(reply, refused);
  const told = tell(refused, { requestId: reply.request.id, path: undefined });
  return reply
    .code(refused.status)
    .type('application/json')
    .send({ error: wire.output.serialize(told) });
}

/** Whole seconds, at least one. */
export function retryAfter(ms: number): string {
  return String(Math.max(1, Math.ceil(ms / 1000)));
}

/** What Fastify says no to, in our words. */
export function refusalOf(error: FastifyError): DomainError {
  if (error instanceof DomainError) return error;
  const { statusCode = 500 } = error;
  if (statusCode === 413) return transportErrors.PAYLOAD_TOO_LARGE();
  if (statusCode === 415) return transportErrors.UNSUPPORTED_MEDIA_TYPE();
  if (statusCode === 404) return transportErrors.NO_SUCH_PROCEDURE();
  if (statusCode >= 500) return transportErrors.INTERNAL();
  const issue = { path: '', message: 'the request cannot be read' };
  return kernelErrors.VALIDATION({ issues: [issue], more: 0 });
}
