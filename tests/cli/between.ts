import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

interface Meddled {
  /** In place of those that were sent. */
  headers?: Record<string, string>;
  /** In place of what the service would say. */
  answer?: { status: number; body: object; headers?: Record<string, string> };
  /** The service does what it was asked, and nobody hears of it. */
  lost?: boolean;
}

/** Somebody who stands between a command and the service, and meddles. */
export async function between(url: string, meddle: (path: string) => Meddled) {
  const pass = async (asked: IncomingMessage, response: ServerResponse) => {
    const { headers, answer, lost } = meddle(asked.url ?? '');
    if (answer) {
      response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
      response.end(JSON.stringify(answer.body));
      return;
    }
    const { host: _, connection: __, ...sent } = asked.headers;
    const body = await buffer(asked);
    const told = await fetch(`${url}${asked.url}`, {
      method: asked.method ?? 'GET',
      headers: { ...(sent as Record<string, string>), ...headers },
      ...(body.length > 0 && { body: new Uint8Array(body) }),
    });
    const text = await told.text();
    if (lost) return void asked.socket.destroy();
    const {
      'content-encoding': ___,
      'content-length': ____,
      ...kept
    } = Object.fromEntries(told.headers);
    response.writeHead(told.status, kept).end(text);
  };
  const server = createServer((asked, response) => {
    pass(asked, response).catch(() => asked.socket.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
