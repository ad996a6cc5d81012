import { setTimeout as breathe } from 'node:timers/promises';
import { SECOND } from '@comanda/kernel/time';
import { STALE_SECONDS } from '@comanda/server/caching';
import { PASSWORD } from '@comanda/testing/given';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { times } from '../recording.ts';
import { type Cdn, CDN_HOST, startCdn } from './cdn.ts';
import { KINDS, openPremises, type Premises } from './premises.ts';
import { type Server, startServer } from './server.ts';

const HANG_LIMIT = 120 * SECOND;
/** Two servers where the database is one of its own: what one changes, the other tells. */
const KIND = KINDS.at(-1) ?? 'SQLite';

let premises: Premises;
let servers: Server[];
let cdn: Cdn;
beforeAll(async () => {
  premises = await openPremises(KIND);
  const { dataDir } = premises;
  const env = { ...premises.env, ALLOWED_HOSTS: CDN_HOST };
  const size = KIND === 'SQLite' ? 1 : 2;
  servers = await Promise.all(times(size, () => startServer({ dataDir, env })));
  cdn = await startCdn({ ports: ports() });
}, HANG_LIMIT);
afterAll(async () => {
  await cdn?.[Symbol.asyncDispose]();
  for (const server of servers ?? []) await server[Symbol.asyncDispose]();
  await premises?.[Symbol.asyncDispose]();
});

const ports = () => servers.map(({ port }) => port);

async function signedIn(role: 'manager' | 'customer') {
  const server = servers.at(-1);
  if (!server) throw new Error('there is no server');
  const identifier = premises.home.staff[role].username;
  const { accessToken } = await server
    .client()
    .auth.login.mutate({ identifier, password: PASSWORD });
  return { client: server.client(accessToken), token: accessToken };
}

const menuOf = (restaurantId: string) =>
  `/trpc/menu.list?input=${encodeURIComponent(JSON.stringify({ json: { restaurantId } }))}`;

/** What was answered, and when it was asked for. */
interface Seen {
  at: number;
  until: number;
  body: string;
}

/** Reads again and again, a few at a time, until it is over. */
function readingOn(path: string) {
  const seen: Seen[] = [];
  let isOver = false;
  const reader = async () => {
    while (!isOver) {
      const at = performance.now();
      const { status, body } = await cdn.read(path);
      expect(status).toBe(200);
      seen.push({ at, until: performance.now(), body });
      await breathe(25);
    }
  };
  const readers = Promise.allSettled(times(4, reader));
  const end = async () => {
    isOver = true;
    for (const one of await readers) if (one.status === 'rejected') throw one.reason;
  };
  return { seen, [Symbol.asyncDispose]: end };
}

const answersOf = (path: string, from = 0) =>
  cdn
    .asked()
    .slice(from)
    .filter(({ url }) => url === path)
    .map(({ status }) => status);
const isFull = (status: number) => status === 200;

describe('a menu behind a cache', () => {
  test('is asked for once, by however many at once', { timeout: HANG_LIMIT }, async () => {
    const restaurantId = await premises.furnish((given) => given.restaurant());
    await premises.furnish((given) => given.item({ restaurantId, price: 1_234 }));
    const path = menuOf(restaurantId);

    const answers = await Promise.all(times(200, () => cdn.read(path)));

    expect(answers.every(({ body }) => body.includes('"price":1234'))).toBe(true);
    expect(answersOf(path)).toEqual([200]);
  });

  test(
    'is told once for a change, by the stated seconds, and never again as it was',
    { timeout: HANG_LIMIT },
    async () => {
      const { restaurantId: here } = premises.home;
      const there = await premises.furnish((given) => given.restaurant());
      await premises.furnish((given) => given.item({ restaurantId: there }));
      const item = { restaurantId: here, price: 900 };
      const itemId = await premises.furnish((given) => given.item(item));
      const last = await premises.furnish((given) =>
        given.item({ ...item, stockMode: 'count', stockLeft: 1 }),
      );
      const one = `/api/v1/menu/items/${last}?restaurantId=${here}`;
      const [manager, customer] = [await signedIn('manager'), await signedIn('customer')];
      const paths = [menuOf(here), one, menuOf(there)];
      for (const path of paths) await cdn.read(path);
      const before = cdn.asked().length;

      await using menu = readingOn(menuOf(here));
      await using items = readingOn(one);
      await using others = readingOn(menuOf(there));
      await manager.client.menu.items.update.mutate({ itemId, price: 1_050 });
      const add = { restaurantId: here, itemId: last, quantity: 1 };
      const { version: cartVersion } = await customer.client.cart.add.mutate(add);
      const order = { restaurantId: here, type: 'pickup', cartVersion } as const;
      await customer.client.orders.place.mutate(order);
      const stale = performance.now() + STALE_SECONDS * SECOND;
      const isOver = ({ seen }: { seen: Seen[] }) => seen.some(({ at }) => at > stale);
      await vi.waitUntil(() => [menu, items, others].every(isOver), { timeout: HANG_LIMIT });

      for (const [{ seen }, isNew] of [
        [menu, ({ body }: Seen) => body.includes('"price":1050')],
        [items, ({ body }: Seen) => body.includes('"SOLD_OUT"')],
      ] as const) {
        const shown = Math.min(...seen.filter(isNew).map(({ until }) => until));
        expect(seen.filter(({ at }) => at > stale).every(isNew)).toBe(true);
        expect(seen.filter(({ at }) => at > shown).every(isNew)).toBe(true);
      }
      // The price and the order are two changes of the same menu; either may be told with the other.
      const told = paths.map((path) => answersOf(path, before));
      expect(told.map((statuses) => statuses.filter(isFull).length)).toEqual([
        expect.toBeOneOf([1, 2]),
        expect.toBeOneOf([1, 2]),
        0,
      ]);
      expect(told.flat().filter((status) => !isFull(status) && status !== 304)).toEqual([]);
      expect(told.every((statuses) => statuses.includes(304))).toBe(true);
    },
  );

  test.each([
    ['by the example', false],
    ['by any that goes by what answers say', true],
  ])('is kept for nobody who shows who they are, %s', { timeout: HANG_LIMIT }, async (_, naive) => {
    await using cache = await startCdn({ ports: ports(), naive });
    const { restaurantId } = premises.home;
    const itemId = await premises.furnish((given) => given.item({ restaurantId }));
    const { token } = await signedIn('manager');
    const authorization = `Bearer ${token}`;

    const shown = `/api/v1/menu/items/${itemId}?restaurantId=${restaurantId}`;
    for (const path of [menuOf(restaurantId), shown]) {
      const own = await cache.read(path, { authorization });
      const anybodys = await cache.read(path);
      const again = await cache.read(path, { authorization });
      const kept = await cache.read(path);

      expect([own.body, again.body].every((body) => body.includes('"stockMode"'))).toBe(true);
      expect([anybodys.body, kept.body].some((body) => body.includes('"stockMode"'))).toBe(false);
      // Both of the manager's, and one for all others.
      const full = cache.asked().filter(({ url, status }) => url === path && isFull(status));
      expect(full).toHaveLength(3);
    }
  });
});
