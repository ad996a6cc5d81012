import { Streams } from '@comanda/domains/live/streams';
import { ORDERS } from '@comanda/domains/orders/orders.told.schema';
import { buildApp } from '@comanda/server/app';
import { emit } from '@comanda/storage/outbox';
import { inTransaction } from '@comanda/storage/transaction';
import { within } from '@comanda/storage/tenancy';
import { behind } from '@comanda/testing/author';
import { dataFolder } from '../../tests/faults/server.ts';
import { openedAt } from '../growth/house.ts';
import { HOST } from '../subjects/serving.ts';
import { told } from './event.ts';
import { serveHall } from './hall.ts';

/** So many as come: here it is looked what each of them costs. */
class EndlessStreams extends Streams {
  override enter(): () => void {
    return () => undefined;
  }
}

const folder = dataFolder();
process.once('exit', () => folder[Symbol.dispose]());
const opened = await openedAt(`sqlite:${folder.path}/comanda.sqlite`, folder.path);
const house = Object.assign(opened.house, { streams: new EndlessStreams() });
const { restaurantId } = opened.home;
const CONFIG = {
  allowedHosts: [HOST],
  corsOrigins: [],
  floodLimit: 1_000_000,
  logLevel: 'warn',
  trustProxy: [],
} as const;
const app = await buildApp(house, {
  ...CONFIG,
  corsOrigins: [],
  trustProxy: [],
  allowedHosts: [HOST],
});
app.server.maxConnections = 100_000;

/** The whole server; what is told goes through the database, as a change of an order does. */
serveHall({
  open: async (people) => {
    const managers = await opened.given.people(
      Array.from({ length: people }, () => ({ role: 'manager' as const })),
    );
    const tokens: string[] = [];
    for (const manager of managers) tokens.push(await opened.token(manager));
    const address = await app.listen({ port: 0, host: HOST });
    return { url: `${address}/trpc/orders.watch`, tokens };
  },
  tell: async (number) => {
    const em = within(house.database, restaurantId, behind(house.clock));
    const event = { topic: ORDERS, data: told(number) };
    await inTransaction({ em, afterCommit: () => undefined }, (work) =>
      emit(work.em, restaurantId, [event]),
    );
    house.live.wake(restaurantId);
  },
});
