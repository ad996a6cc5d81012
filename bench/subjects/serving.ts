import type { AddressInfo, Server } from 'node:net';

/** Where a subject can be called. */
export interface Serving {
  url: string;
}

export const HOST = '127.0.0.1';

export async function serving(server: Server): Promise<Serving> {
  await new Promise<void>((resolve) => void server.listen(0, HOST, resolve));
  return { url: `http://${HOST}:${(server.address() as AddressInfo).port}` };
}
