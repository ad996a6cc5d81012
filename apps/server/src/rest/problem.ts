import type { DomainError } from '@comanda/kernel/errors';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemFormatFor } from './formats/negotiate.ts';
import { plain } from './plain.ts';

/** Says no. */
export function problem(reply: FastifyReply, refused: DomainError): FastifyReply {
  const told = problemOf(refused, reply.request);
  const format = problemFormatFor(reply.request.headers.accept);
  return reply.code(told.status).type(format.type).send(format.write(told));
}

/** A no as RFC 9457 writes it. */
export function problemOf(refused: DomainError, { headers, id }: FastifyRequest) {
  const { code, message: title, details } = refused;
  return {
    type: `urn:comanda:${code}`,
    title,
    status: statusOf(refused, headers['if-match']),
    code,
    details: plain(details) ?? {},
    requestId: id,
  };
}

/** Whoever names a version by a header is told so in the words of HTTP. */
function statusOf({ code, status }: DomainError, tag: string | undefined): number {
  return code === kernelErrors.VERSION_CONFLICT.code && tag !== undefined ? 412 : status;
}
