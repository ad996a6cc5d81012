import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A wire to a port of this machine that a test can cut without either end being told. */
export interface Wire extends AsyncDisposable {
  readonly url: string;
  /** Nothing passes on the connections there are, for ever; new ones work. */
  deafen(): void;
}

export async function wireTo(url: string): Promise<Wire> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(new URL(url).port), '127.0.0.1');
    near.pipe(far).pipe(near);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `redis://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    deafen: () => sockets.forEach((socket) => socket.unpipe().pause()),
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
