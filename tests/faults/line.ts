import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The way to whichever server is open, as over a balancer and a bad network. */
export interface Line extends AsyncDisposable {
  readonly url: string;
  /** From now on no connection lasts for a second after the first word from the server. */
  roughen(): void;
  /** From now on they last. */
  calm(): void;
}

/** `port` is asked for every connection, which waits until there is one. */
export async function lineTo(port: () => Promise<number>): Promise<Line> {
  const sockets = new Set<Socket>();
  let isRough = false;
  const lose = () => sockets.forEach((socket) => socket.destroy());
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
  };
  const lead = async (near: Socket) => {
    const at = await port();
    if (near.destroyed) return;
    const far = connect(at, '127.0.0.1');
    keep(far);
    far.once('close', () => near.destroy());
    near.once('close', () => far.destroy());
    far.once('data', () => {
      if (isRough) setTimeout(() => near.destroy(), 200 + Math.random() * 600);
    });
    near.pipe(far).pipe(near);
  };
  const balancer = createServer((near) => {
    keep(near);
    lead(near).catch(() => near.destroy());
  });
  balancer.listen(0, '127.0.0.1');
  await once(balancer, 'listening');
  return {
    url: `http://127.0.0.1:${(balancer.address() as AddressInfo).port}`,
    roughen: () => {
      isRough = true;
      lose();
    },
    calm: () => {
      isRough = false;
    },
    [Symbol.asyncDispose]: async () => {
      lose();
      balancer.close();
      await once(balancer, 'close');
    },
  };
}
