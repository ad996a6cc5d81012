import { createServer, type AddressInfo, connect, type Socket } from 'node:net';

interface Cutting extends AsyncDisposable {
  url: string;
  /** How many connections were cut. */
  cuts: () => number;
}

/** Stands before a server and cuts its first connections, each after so many bytes of what it answers. */
export async function cutting(url: string, budgets: readonly number[]): Promise<Cutting> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  let opened = 0;
  let cuts = 0;

  const proxy = createServer({ noDelay: true }, (client) => {
    const budget = budgets[opened] ?? Infinity;
    const abruptly = opened % 2 === 0;
    opened += 1;
    const server = connect({ port: Number(port), host: hostname, noDelay: true });
    let left = budget;
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    client.pipe(server);
    server.on('data', (chunk) => {
      if (client.writableEnded) return;
      left -= chunk.length;
      if (left > 0) return void client.write(chunk);
      cuts += 1;
      client.end(chunk.subarray(0, chunk.length + left), () => {
        if (abruptly) client.resetAndDestroy();
        else client.destroy();
      });
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    cuts: () => cuts,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}

/** Whole numbers below `limit`, the same ones for the same seed. */
export function numbers(seed: number, count: number, limit: number): number[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * limit);
  });
}
