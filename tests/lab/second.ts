import type { AddressInfo } from 'node:net';
import { newKeySet } from '@comanda/domains/auth/credentials/keys';
import type { House, Settings } from '@comanda/domains/context';
import type { Wakes } from '@comanda/domains/live/feed';
import { procedures } from '@comanda/domains/procedures';
import { router } from '@comanda/domains/trpc';
import { buildApp } from '@comanda/server/app';
import { openHouse } from '@comanda/server/house';
import type { Database } from '@comanda/storage/connect';
import type { TestApp } from '@comanda/testing';

interface Second extends AsyncDisposable {
  url: string;
  house: House;
}

interface Differing {
  lab: Parameters<typeof router>[0];
  settings?: Partial<Settings>;
  /** Left out: that of the first. */
  database?: Database;
  wakes?: Wakes;
}

/** Another server with the lab, for the people and the data of the first. */
export async function openSecond(first: TestApp, differing: Differing): Promise<Second> {
  const { lab, database = first.house.database, settings, wakes } = differing;
  const house = await openHouse({
    database,
    clock: first.clock,
    keys: await newKeySet(first.clock.now()),
    issuer: 'comanda-test',
    preset: first.house.preset,
    pictures: first.house.pictures,
    ...(settings && { settings }),
    ...(wakes && { wakes }),
    hashCost: { memoryKiB: 1_024, passes: 2, lanes: 1 },
  });
  house.tokens.ring = first.house.tokens.ring;
  const config = { allowedHosts: ['127.0.0.1'], corsOrigins: [], trustProxy: [] };
  const server = await buildApp(
    house,
    { ...config, floodLimit: 1_000_000, logLevel: 'silent' },
    { router: router({ ...procedures, lab }) },
  );
  await server.listen({ port: 0, host: '127.0.0.1' });
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    house,
    [Symbol.asyncDispose]: async () => {
      await server.close();
      await house.live.close();
    },
  };
}
