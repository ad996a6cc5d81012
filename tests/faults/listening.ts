import { connect, type Socket } from 'node:net';
import { type AppConfig, buildApp } from '@comanda/server/app';
import { openApp, type TestApp } from '@comanda/testing';

/** The service behind a real port of this machine, for what only a socket can show. */
export interface Listening extends AsyncDisposable {
  app: TestApp;
  port: number;
  /** Opens a socket and sends `text` as it is. */
  dial(text: string): Dialled;
}

export interface Dialled {
  socket: Socket;
  /** Everything received, as soon as there is a whole head of an answer. */
  head(): Promise<string>;
  /** Everything received until the other side closed. */
  closed(): Promise<string>;
}

const CONFIG: AppConfig = {
  allowedHosts: ['localhost', '127.0.0.1'],
  corsOrigins: [],
  floodLimit: 1_000_000,
  logLevel: 'silent',
  trustProxy: [],
};

export async function listen(): Promise<Listening> {
  const app = await openApp();
  const server = await buildApp(app.house, CONFIG);
  const port = Number(new URL(await server.listen({ host: '127.0.0.1', port: 0 })).port);
  return {
    app,
    port,
    dial: (text) => dial(port, text),
    [Symbol.asyncDispose]: async () => {
      server.server.closeAllConnections();
      await server.close();
      await app[Symbol.asyncDispose]();
    },
  };
}

/** One request as it stands on the wire; the lines end as they have to. */
export function request(line: string, headers: string[] = [], body = ''): string {
  return [`${line} HTTP/1.1`, 'Host: localhost', ...headers, '', body].join('\r\n');
}

export function dial(port: number, text: string): Dialled {
  const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'));
  let received = '';
  const hasHead = Promise.withResolvers<string>();
  const hasClosed = Promise.withResolvers<string>();
  socket.on('data', (chunk) => {
    received += chunk.toString('latin1');
    if (received.includes('\r\n\r\n')) hasHead.resolve(received);
  });
  // A reset after the answer is a way to close, too.
  socket.on('error', () => undefined);
  socket.on('close', () => {
    hasHead.resolve(received);
    hasClosed.resolve(received);
  });
  return { socket, head: () => hasHead.promise, closed: () => hasClosed.promise };
}
