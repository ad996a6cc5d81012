import type { AddressInfo } from 'node:net';
import { type Client, createClient } from '@comanda/client';
import { newKeySet } from '@comanda/domains/auth/credentials/keys';
import { buildApp } from '@comanda/server/app';
import { openHouse } from '@comanda/server/house';
import type { TestApp } from '@comanda/testing';

interface SecondServer extends AsyncDisposable {
  withToken(token: string): Client;
}

/** Another server on the same database, with the same keys and a memory of its own. */
export async function openSecondServer({ house, clock }: TestApp): Promise<SecondServer> {
  const second = await openHouse({
    database: house.database,
    clock,
    keys: await newKeySet(clock.now()),
    issuer: 'comanda-test',
    preset: house.preset,
    pictures: house.pictures,
    hashCost: { memoryKiB: 1_024, passes: 2, lanes: 1 },
  });
  second.tokens.ring = house.tokens.ring;
  const server = await buildApp(second, {
    allowedHosts: ['127.0.0.1'],
    corsOrigins: [],
    floodLimit: 1_000_000,
    logLevel: 'silent',
    trustProxy: [],
  });
  await server.listen({ port: 0, host: '127.0.0.1' });
  const { port } = server.server.address() as AddressInfo;
  return {
    withToken: (token) => createClient({ url: `http://127.0.0.1:${port}`, token: () => token }),
    [Symbol.asyncDispose]: () => server.close(),
  };
}
