import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * A closed server waits for its connections, and Node closes only those that are idle at that moment: not
 * those still busy, which clients keep open afterwards, and not those on which nothing was ever said.
 */
export function letGoOfConnections(app: FastifyInstance, isDraining: () => boolean): void {
  const open = new Set<Socket>();
  app.server.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  app.addHook('preClose', (done) => {
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
    done();
  });
  app.addHook('onSend', async (_, reply) => {
    if (isDraining()) void reply.header('connection', 'close');
  });
}
