import { type DomainError } from '@comanda/kernel/errors';
import { wire } from '@comanda/kernel/wire';
import { tell } from '@comanda/domains/telling';
import type { FastifyReply } from 'fastify';

/** Says no before tRPC is asked, in the shape in which tRPC would have said it. */
export function refuse(reply: FastifyReply, refused: DomainError): FastifyReply {
  const { retryAfterMs } = refused.details as { retryAfterMs?: number };
  if (retryAfterMs !== undefined) void reply.header('retry-after', retryAfter(retryAfterMs));
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
