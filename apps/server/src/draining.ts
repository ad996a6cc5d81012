import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * A closed server waits for its connections, and Node closes only those that are idle at that moment: not
 * those still busy, which clients keep open afterwards, and not those on which nothing was ever said.
 * A stream is cut off: one that ends in good order is over for its client, a lost one is taken up elsewhere.
 */
export function letGoOfConnections(app: FastifyInstance, isDraining: () => boolean): void {
  const open = new Set<Socket>();
  const streams = new Set<ServerResponse>();
  let closing = false;
  app.server.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  app.addHook('preClose', (done) => {
    closing = true;
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
    for (const stream of streams) stream.destroy();
    done();
  });
  app.addHook('onSend', async (_, reply, payload) => {
    if (isDraining()) void reply.header('connection', 'close');
    if (!isStream(payload)) return;
    streams.add(reply.raw);
    reply.raw.once('close', () => streams.delete(reply.raw));
    if (closing) reply.raw.destroy();
  });
}

export function isStream(payload: unknown): boolean {
  return payload instanceof Response && payload.headers.get('content-type') === 'text/event-stream';
}
