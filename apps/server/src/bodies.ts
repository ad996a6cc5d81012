import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

const TOO_SLOW = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n';

/**
 * Sends away whoever takes longer over the body of a call. An upload is handed on before it is read, and
 * has the time of the whole server.
 */
export function hurryBodies(app: FastifyInstance, ms: number): void {
  const waiting = new WeakMap<IncomingMessage, NodeJS.Timeout>();
  app.addHook('onRequest', ({ raw }, reply, done) => {
    if (raw.method === 'GET') return done();
    const timer = setTimeout(() => raw.socket.end(TOO_SLOW), ms).unref();
    waiting.set(raw, timer);
    reply.raw.once('close', () => clearTimeout(timer));
    done();
  });
  app.addHook('preValidation', ({ raw }, _, done) => {
    clearTimeout(waiting.get(raw));
    done();
  });
}
