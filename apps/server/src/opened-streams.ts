import type { FastifyInstance, FastifyReply } from 'fastify';

type Told = (reply: FastifyReply) => void;

/** By the server, which all parts of an app have in common. */
const listeners = new WeakMap<object, Told[]>();

/** Calls `act` for every stream that opens, before its first byte: those that Fastify sends, and those that are written past it. */
export function whenStreamOpens(app: FastifyInstance, act: Told): void {
  const others = listeners.get(app.server);
  listeners.set(app.server, [...(others ?? []), act]);
  if (others) return;
  app.addHook('onSend', (...[, reply, payload, done]) => {
    if (isStream(payload)) streamOpens(reply);
    done(null, payload);
  });
}

/** Called by itself for a stream that is written past Fastify, which asks none of its hooks then. */
export function streamOpens(reply: FastifyReply): void {
  for (const act of listeners.get(reply.server.server) ?? []) act(reply);
}

function isStream(payload: unknown): boolean {
  return payload instanceof Response && payload.headers.get('content-type') === 'text/event-stream';
}
