import { newId } from '@comanda/kernel/id';
import { readRefreshToken } from '@comanda/domains/auth/credentials/refresh-tokens';
import { after, DAY } from '@comanda/kernel/time';
import { PASSWORD } from '@comanda/testing/given';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { inTurn, outcomeOf, parallel, tally } from '../auth/callers.ts';
import { guests, hands, patiently, stockOf } from './crowds.ts';
import { openSite, type Site } from './site.ts';

const HANG_LIMIT = { timeout: 60_000 };
const TEN = { stockMode: 'count', stockLeft: 10 } as const;
/** Every server had its share, and none of them failed. */
const BY_ALL = { servers: 4, faults: [] };

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.[Symbol.asyncDispose]());

const tokens = new Map<string, string>();
/** Of whoever has this role at Little Lemon; they sign in once. */
async function tokenOf(role: 'manager' | 'waiter' | 'admin'): Promise<string> {
  const token = tokens.get(role) ?? (await site.signIn(site.fleet.premises.home.staff[role]));
  tokens.set(role, token);
  return token;
}

const different = (answers: unknown[]) => new Set(answers.map((one) => JSON.stringify(one))).size;

describe('buying through four servers', () => {
  test('P18 two hundred who want ten: all ten are sold, and not one more', async () => {
    const itemId = await site.furnish((given) => given.item(TEN));
    const wanted = (nth: number) => [{ itemId, quantity: 1 + (nth % 3) }];
    const buyers = await guests(site, { count: 200, wanted });

    const { outcome, ...seen } = await site.seen(() =>
      Promise.all(
        buyers.map(({ client, cartVersion }) =>
          outcomeOf(client.orders.place.mutate({ cartVersion, type: 'pickup' })),
        ),
      ),
    );

    const { ok = 0, SOLD_OUT = 0, ...others } = tally(outcome);
    expect([others, ok + SOLD_OUT]).toEqual([{}, 200]);
    expect(await stockOf(site, itemId)).toEqual({ left: 0, sold: 10, orders: ok });
    expect(seen).toEqual(BY_ALL);
  });

  test('P15 fifty identical orders for each of four keys: four orders, and one answer for each', async () => {
    const itemId = await site.furnish((given) => given.item(TEN));
    const buyers = await guests(site, { count: 4, wanted: () => [{ itemId }] });

    const { outcome, ...seen } = await site.seen(() =>
      Promise.all(
        buyers.map(({ headers, cartVersion }) => {
          const said = { idempotencyKey: newId(), cartVersion, type: 'pickup' } as const;
          const clients = hands(site, 50, { headers });
          return Promise.all(clients.map(({ orders }) => orders.place.mutate(said)));
        }),
      ),
    );

    expect(outcome.map(different)).toEqual([1, 1, 1, 1]);
    expect(await stockOf(site, itemId)).toEqual({ left: 6, sold: 4, orders: 4 });
    expect(seen.servers).toBe(4);
  });

  test('P16 one key for two wishes: one of them is ordered, the other is told', async () => {
    const itemId = await site.furnish((given) => given.item(TEN));
    const [buyer] = await guests(site, { count: 1, wanted: () => [{ itemId }] });
    const { headers, cartVersion = 0 } = buyer ?? {};
    const said = { idempotencyKey: newId(), cartVersion, type: 'pickup' } as const;

    const outcome = await Promise.all(
      hands(site, 20, { ...(headers && { headers }) }).map(({ orders }, nth) => {
        const instructions = nth % 2 === 0 ? 'even' : 'odd';
        return outcomeOf(orders.place.mutate({ ...said, instructions }));
      }),
    );

    expect(tally(outcome)).toEqual({ ok: 10, IDEMPOTENCY_MISMATCH: 10 });
    expect(await stockOf(site, itemId)).toEqual({ left: 9, sold: 1, orders: 1 });
  });

  test('P18 P20 two things in either order: nobody waits for ever, and nobody is told of it', async () => {
    const [one, other] = await site.furnish(async (given) => [
      await given.item({ ...TEN, stockLeft: 15 }),
      await given.item({ ...TEN, stockLeft: 15 }),
    ]);
    const both = [{ itemId: one ?? '' }, { itemId: other ?? '' }];
    const wanted = (nth: number) => (nth % 2 === 0 ? both : both.toReversed());
    const buyers = await guests(site, { count: 30, wanted });

    const { outcome, ...seen } = await site.seen(() =>
      Promise.all(
        buyers.map(({ client, cartVersion }) =>
          outcomeOf(client.orders.place.mutate({ cartVersion, type: 'pickup' })),
        ),
      ),
    );

    expect(tally(outcome)).toEqual({ ok: 15, SOLD_OUT: 15 });
    expect(await Promise.all(both.map(({ itemId }) => stockOf(site, itemId)))).toEqual([
      { left: 0, sold: 15, orders: 15 },
      { left: 0, sold: 15, orders: 15 },
    ]);
    expect(seen).toEqual(BY_ALL);
  });
});

const signedIn = (credentials: { identifier: string; password: string }) =>
  patiently(() => site.client().auth.login.mutate(credentials));

describe('refreshing through four servers', () => {
  test('P1 a hundred with one token turn it once and get one answer', async () => {
    const { waiter } = site.fleet.premises.home.staff;
    const credentials = { identifier: waiter.username, password: PASSWORD };
    const { refreshToken = '' } = await signedIn(credentials);

    const { outcome, ...seen } = await site.seen(() =>
      Promise.all(
        hands(site, 100, {}).map(async ({ auth }) => {
          const answer = await patiently(() => auth.refresh.mutate({ refreshToken }));
          return answer.refreshToken;
        }),
      ),
    );

    const { sessionId = '' } = readRefreshToken(refreshToken) ?? {};
    const [row] = await site.fleet.premises.look((ask) =>
      ask(`select counter from session where id = '${sessionId}'`),
    );
    expect(different(outcome)).toBe(1);
    expect(row?.['counter']).toBe(1);
    expect(seen).toEqual(BY_ALL);
  });

  test('P5 once a sign-out is answered, no server turns a token of that session', async () => {
    const [person] = await site.fleet.premises.hire(['waiter']);
    const credentials = { identifier: person?.username ?? '', password: PASSWORD };

    const rounds = await inTurn(5, async () => {
      const { refreshToken = '' } = await signedIn(credentials);
      const refreshing = hands(site, 8, {}).map(({ auth }) =>
        auth.refresh.mutate({ refreshToken }).catch(() => undefined),
      );
      await patiently(() => site.client().auth.logout.mutate({ refreshToken }));
      const given = (await Promise.all(refreshing)).map((answer) => answer?.refreshToken ?? '');
      return Promise.all(
        [refreshToken, ...given.filter(Boolean)].flatMap((kept) =>
          hands(site, 4, {}).map(({ auth }) =>
            outcomeOf(auth.refresh.mutate({ refreshToken: kept })),
          ),
        ),
      );
    });

    expect(rounds.flat().length).toBeGreaterThanOrEqual(20);
    expect(rounds.flat()).not.toContain('ok');
  });
});

function lost(): never {
  throw new Error('made over the edit of another');
}

describe('the same thing from all sides', () => {
  test('P19 forty who read an item and edit it: each edit is made once, or told', async () => {
    const itemId = await site.furnish((given) => given.item({ price: 1 }));
    const token = await tokenOf('manager');

    const { outcome, ...seen } = await site.seen(() =>
      Promise.all(
        hands(site, 40, { token }).map(async ({ menu }, nth) => {
          const { version: expectedVersion } = await menu.show.query({ itemId });
          const said = { itemId, price: 100 + nth, expectedVersion };
          const next = expectedVersion + 1;
          const edit = patiently(() => menu.items.update.mutate(said));
          return outcomeOf(edit.then((made) => made.version === next || lost()));
        }),
      ),
    );

    const { ok = 0, VERSION_CONFLICT = 0, ...others } = tally(outcome);
    const { version } = await site.client({ token }).menu.show.query({ itemId });
    expect([others, ok + VERSION_CONFLICT, version]).toEqual([{}, 40, 1 + ok]);
    expect(ok).toBeGreaterThan(0);
    expect(seen).toEqual(BY_ALL);
  });

  test('P19 fifty parties for one table at one time: one gets it', async () => {
    const { restaurantId } = site.fleet.premises.home;
    await site.furnish((given) => given.table());
    const token = await tokenOf('waiter');
    const startsAt = after(new Date(new Date().setUTCHours(18, 0, 0, 0)), 2 * DAY);
    const party = { restaurantId, startsAt, party: 2, forGuest: true, customerName: 'Mrs Rossi' };

    const { outcome, ...seen } = await site.seen(() =>
      Promise.all(
        hands(site, 50, { token }).map(({ reservations }) =>
          outcomeOf(reservations.request.mutate(party)),
        ),
      ),
    );

    expect(tally(outcome)).toEqual({ ok: 1, NO_TABLE: 49 });
    expect(seen).toEqual(BY_ALL);
  });

  test('D4 fifty times clocked in: at work once', async () => {
    const { waiter } = site.fleet.premises.home.staff;
    await site.furnish((given) => given.shift({ personId: waiter.id }));
    const token = await tokenOf('waiter');

    const { outcome, ...seen } = await site.seen(() =>
      Promise.all(
        hands(site, 50, { token }).map(({ shifts }) => outcomeOf(shifts.clockIn.mutate({}))),
      ),
    );

    expect(tally(outcome)).toEqual({ ok: 1, ALREADY_CLOCKED_IN: 49 });
    expect(seen).toEqual(BY_ALL);
  });
});

describe('what all servers know together', () => {
  test('P30 of eighty calls of a role that may twenty, twenty are let through', async () => {
    const [scout, person] = await site.fleet.premises.hire(['prep_cook', 'prep_cook']);
    const admin = site.client({ token: await tokenOf('admin') });
    const token = person && (await site.signIn(person));
    const scoutToken = scout && (await site.signIn(scout));
    await admin.quotas.set.mutate({ role: 'prep_cook', reads: ['20/day'] });
    // Each has heard of it when it says so.
    await parallel(4, async (nth) => {
      const client = await site.clientAt(nth, { token: scoutToken });
      const told = () => client.quota?.some(({ limit }) => limit === 20);
      await vi.waitUntil(async () => {
        await outcomeOf(client.permissions.mine.query());
        return told();
      }, HANG_LIMIT);
    });

    // Not all at once: where Redis is slow to answer, each server counts for itself.
    const { outcome, ...seen } = await site.seen(() =>
      inTurn(10, () =>
        Promise.all(
          hands(site, 8, { token }).map(({ permissions }) => outcomeOf(permissions.mine.query())),
        ),
      ),
    );

    expect(tally(outcome.flat())).toEqual({ ok: 20, QUOTA_EXCEEDED: 60 });
    expect(seen).toEqual(BY_ALL);
  });

  test('A4 what belongs to another restaurant is on none of them', async () => {
    const { orderId, itemId, stranger } = await site.furnish(async (given) => {
      const restaurantId = await given.restaurant();
      const traits = { role: 'manager', username: 'stranger', restaurantId } as const;
      const { orderId } = await given.order();
      return { orderId, itemId: await given.item(), stranger: await given.person(traits) };
    });
    const token = await site.signIn(stranger);
    const personId = site.fleet.premises.home.staff.waiter.id;

    const { outcome, ...seen } = await site.seen(() =>
      Promise.all(
        hands(site, 12, { token }).flatMap(({ orders, menu, people }) => [
          outcomeOf(orders.show.query({ orderId })),
          outcomeOf(menu.items.update.mutate({ itemId, price: 1 })),
          outcomeOf(people.setRole.mutate({ personId, role: 'chef' })),
        ]),
      ),
    );

    expect(tally(outcome)).toEqual({ NOT_FOUND: 36 });
    expect(seen).toEqual(BY_ALL);
  });
});
