import type { ServerResponse } from 'node:http';
import { Server as Listener, type Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { whenStreamOpens } from './opened-streams.ts';

/** So long nothing may have come, before connections that are kept open are closed. */
const QUIET_MS = 500;
/** Of the ten seconds that a drain has. */
const GRACE_MS = 3_000;

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
    for (const stream of streams) stream.destroy();
    const end = () => {
      for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
      done();
    };
    if (isDraining()) closeDoor(app.server, end);
    else end();
  });
  app.addHook('onSend', (...[, reply, payload, done]) => {
    if (isDraining()) void reply.header('connection', 'close');
    done(null, payload);
  });
  whenStreamOpens(app, (reply) => {
    if (isDraining()) void reply.header('connection', 'close');
    streams.add(reply.raw);
    reply.raw.once('close', () => streams.delete(reply.raw));
    if (closing) reply.raw.destroy();
  });
}

/**
 * Takes no more connections, and leaves those there are to whoever has sent something on them before they
 * knew: a proxy that finds one closed under a change cannot tell whether that was made. Each ends with its
 * next answer. Calls `then` when all have, or nothing comes any more.
 */
function closeDoor(server: Listener, then: () => void): void {
  const end = () => {
    clearTimeout(quiet);
    clearTimeout(limit);
    server.off('request', heard).off('close', end);
    setImmediate(then); // what has arrived by now is read before
  };
  const quiet = setTimeout(end, QUIET_MS);
  const limit = setTimeout(end, GRACE_MS);
  const heard = () => void quiet.refresh();
  server.on('request', heard).once('close', end);
  // Not Node's own for HTTP, which would close what is idle along with the door.
  Listener.prototype.close.call(server);
}
