import { entities } from '@comanda/domains/entities';
import { connect } from '@comanda/storage/connect';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { inTurn, outcomeOf, parallel, tally } from '../auth/callers.ts';
import { openSecondServer } from '../auth/second-server.ts';
import { counted, leftOf, ordersIn } from '../orders/ordering.ts';
import { OF_SEVERAL_SERVERS, openPatiently, untilAnswered } from '../orders/patience.ts';
import { onMariadb } from '../storage/store.ts';

interface Crowd {
  count: number;
  itemId: string;
}

/** People with one to three of an item in their carts, and a call of theirs to order them. */
async function crowd(app: TestApp, { count, itemId }: Crowd): Promise<(() => Promise<unknown>)[]> {
  return inTurn(count, async (at) => {
    const { cart, orders } = app.as(await app.given.person());
    const quantity = 1 + (at % 3);
    const { version: cartVersion } = await cart.add.mutate({ itemId, quantity });
    const said = { idempotencyKey: 'the-only-one', cartVersion, type: 'pickup' } as const;
    return () => untilAnswered(() => orders.place.mutate(said));
  });
}

/** How many were sold, by the orders themselves. */
async function sold(app: TestApp): Promise<number> {
  return (await ordersIn(app)).reduce((sum, { units }) => sum + units, 0);
}

describe('many buyers of few', () => {
  test.each([1, 2])('P18 sixty who want ten: all ten are sold, and not one more (%i)', async () => {
    await using app = await openPatiently();
    const itemId = await app.given.item({ stockMode: 'count', stockLeft: 10 });
    await counted(app, itemId, 99);
    const buyers = await crowd(app, { count: 60, itemId });
    await counted(app, itemId, 10);

    const told = await Promise.all(buyers.map((buy) => outcomeOf(buy())));

    const { ok = 0, SOLD_OUT = 0, ...others } = tally(told);
    expect(others).toEqual({});
    expect(ok + SOLD_OUT).toBe(60);
    const left = (await leftOf(app, itemId)) ?? -1;
    expect(left).toBeGreaterThanOrEqual(0);
    expect((await sold(app)) + left).toBe(10);
    // Somebody who wants only one is refused only where there is none.
    expect(left).toBe(0);
    expect(await ordersIn(app)).toHaveLength(ok);
  });

  test('P18 P20 who want two things in either order do not wait for each other for ever', async () => {
    await using app = await openPatiently();
    const stock = { stockMode: 'count', stockLeft: 15 } as const;
    const [one, other] = [await app.given.item(stock), await app.given.item(stock)];
    const buyers = await inTurn(30, async (at) => {
      const { cart, orders } = app.as(await app.given.person());
      const wanted = at % 2 === 0 ? [one, other] : [other, one];
      await cart.add.mutate({ itemId: wanted[0] ?? '' });
      const { version: cartVersion } = await cart.add.mutate({ itemId: wanted[1] ?? '' });
      return () => untilAnswered(() => orders.place.mutate({ cartVersion, type: 'pickup' }));
    });

    const told = await Promise.all(buyers.map((buy) => outcomeOf(buy())));

    expect(tally(told)).toEqual({ ok: 15, SOLD_OUT: 15 });
    expect([await leftOf(app, one), await leftOf(app, other)]).toEqual([0, 0]);
  });

  test('P18 guests at tables, in carts, in rounds and calling off: what is left is what was not sold', async () => {
    await using app = await openPatiently();
    const itemId = await app.given.item({ stockMode: 'count', stockLeft: 12 });
    const waiter = app.as('waiter').orders;
    const lines = [{ itemId }];
    const before = await inTurn(4, () => waiter.take.mutate({ lines }));
    const buyers = await crowd(app, { count: 10, itemId });
    const deeds = [
      ...buyers,
      ...before.slice(0, 2).map(({ id: orderId, version }) => () => {
        const said = { orderId, expectedVersion: version, idempotencyKey: orderId };
        return untilAnswered(() => waiter.cancel.mutate(said));
      }),
      ...before.slice(2).map(({ id: orderId }) => () => {
        const said = { orderId, lines, idempotencyKey: orderId };
        return untilAnswered(() => waiter.take.mutate(said));
      }),
      ...[1, 2, 3].map((at) => () => {
        const said = { lines, idempotencyKey: `at-the-table-${at}` };
        return untilAnswered(() => waiter.take.mutate(said));
      }),
    ];

    const told = await parallel(deeds.length, (at) => outcomeOf(deeds[at]?.() ?? lost()));

    const { ok = 0, SOLD_OUT = 0, ...others } = tally(told);
    expect([others, ok + SOLD_OUT]).toEqual([{}, deeds.length]);
    const orders = await ordersIn(app);
    const live = orders.filter(({ state }) => state !== 'cancelled');
    const gone = live.reduce((sum, { units }) => sum + units, 0);
    expect(gone + ((await leftOf(app, itemId)) ?? -1)).toBe(12);
  });
});

describe.each(onMariadb)('two servers on one database', () => {
  test('P15 P18 forty who ask both of them with one key: each has one order, and ten are sold', async () => {
    await using app = await openPatiently();
    const { orm } = app.house.database;
    const database = await connect(orm.config.get('clientUrl') ?? '', entities);
    const house = { ...app.house, database };
    const itemId = await app.given.item({ stockMode: 'count', stockLeft: 10 });
    const people = await inTurn(40, () => app.given.person());
    const told = await withSecond({ ...app, house }, async (second) => {
      const buyers = await inTurn(40, async (at) => {
        const { accessToken } = await app.session(people[at] ?? 'customer');
        const clients = [app.withToken(accessToken), second.withToken(accessToken)];
        const { version } = await app.withToken(accessToken).cart.add.mutate({ itemId });
        const said = { idempotencyKey: 'the-only-one', cartVersion: version } as const;
        return clients.map(({ orders }) => () => {
          const order = () => orders.place.mutate({ ...said, type: 'pickup' });
          return outcomeOf(untilAnswered(order, OF_SEVERAL_SERVERS));
        });
      });
      return Promise.all(buyers.map((calls) => Promise.all(calls.map((call) => call()))));
    });
    await database.close();

    expect(tally(told.map((both) => both.join()))).toEqual({
      'ok,ok': 10,
      'SOLD_OUT,SOLD_OUT': 30,
    });
    expect([await sold(app), await leftOf(app, itemId)]).toEqual([10, 0]);
  });
});

async function withSecond<Told>(
  app: TestApp,
  work: (second: Awaited<ReturnType<typeof openSecondServer>>) => Promise<Told>,
): Promise<Told> {
  await using second = await openSecondServer(app);
  return await work(second);
}

function lost(): Promise<never> {
  return Promise.reject(new Error('no such deed'));
}
