import type { Ticket } from '@comanda/client';
import { newId } from '@comanda/kernel/id';
import { MINUTE } from '@comanda/kernel/time';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { auditOf } from '../auth/looking.ts';
import { inTurn } from '../auth/callers.ts';
import { cooked, counted, drinkOnMenu, moved, onMenu, placed, taken } from '../orders/ordering.ts';

const NOT_FOUND = { reason: 'NOT_FOUND', httpStatus: 404, details: { what: 'item' } };
const COOKS = ['chef', 'sous_chef', 'head_chef', 'master_chef', 'manager', 'admin'] as const;
const OTHERS = ['customer', 'employee', 'delivery_crew', 'waiter', 'prep_cook'] as const;

/** A pizza of the oven and a salad of the cold station, in one order. */
async function dinner(app: TestApp) {
  const pizza = await onMenu(app, { name: 'Pizza', station: 'oven' });
  const salad = await onMenu(app, { name: 'Salad', station: 'cold' });
  const lines = [{ itemId: pizza, quantity: 2, note: 'well done' }, { itemId: salad }];
  const order = await app.as('waiter').orders.take.mutate({ lines, instructions: 'Nuts!' });
  const [first, second] = order.items.map(({ id }) => id);
  return { order, orderId: order.id, pizza: first ?? '', salad: second ?? '' };
}

const names = ({ items }: Ticket) => items.map(({ name, state }) => `${name} ${state}`);

describe('how the kitchen stands', () => {
  test.each([
    ['employee', 0],
    ['delivery_crew', 0],
    ['waiter', 1],
    ['prep_cook', 1],
    ['chef', 1],
    ['sous_chef', 1],
    ['head_chef', 2],
    ['master_chef', 3],
    ['manager', 1],
    ['admin', 2],
  ] as const)(
    'S0-47 S2-24 a %s is told what waits, what there is, and of %i recipes',
    async (role, activeRecipes) => {
      await using app = await openApp();
      const authorId = app.home.staff.master_chef.id;
      await app.given.recipe({ authorId });
      await app.given.recipe({ authorId, removed: true });
      await app.given.recipe({ authorId, secrecy: 'advanced' });
      await app.given.recipe({ authorId, secrecy: 'top_secret' });
      await inTurn(2, () => app.given.order({ state: 'pending' }));
      await app.given.order({ state: 'confirmed' });
      await app.given.order({ state: 'preparing' });
      await inTurn(2, () => app.given.order({ state: 'ready', items: ['done'] }));
      await app.given.order({ state: 'completed' });
      const restaurantId = await app.given.restaurant();
      await app.given.order({ restaurantId });
      await app.given.item({ restaurantId });
      await app.given.item();
      await counted(app, await app.given.item(), 1);
      await counted(app, await app.given.item(), 0);
      await app.given.item({ stockMode: 'out', stockLeft: 5 });

      const status = await app.as(role).kitchen.status.query();

      expect(status).toEqual({
        role,
        capabilities: expect.arrayContaining(['kitchen.status']),
        pendingOrders: 3,
        preparingOrders: 1,
        readyOrders: 2,
        availableItems: 2,
        activeRecipes,
        paused: false,
        at: app.clock.now(),
        status: 'operational',
      });
    },
  );

  test('S0-47 guests are not told', async () => {
    await using app = await openApp();

    const refused = await refusalOf(app.as('customer').kitchen.status.query());

    const details = { capability: 'kitchen.status' };
    expect(refused).toMatchObject({ reason: 'FORBIDDEN', httpStatus: 403, details });
  });

  test('S0-47 it is nothing at all in an empty house, and tells when it is paused', async () => {
    await using app = await openApp();
    await app.as('manager').restaurants.pause.mutate({});

    const status = await app.as('chef').kitchen.status.query();

    const nothing = { pendingOrders: 0, preparingOrders: 0, readyOrders: 0, availableItems: 0 };
    expect(status).toMatchObject({ ...nothing, paused: true });
  });
});

describe('what hangs in the kitchen', () => {
  test('D10 a ticket tells what to cook, for whom and since when', async () => {
    await using app = await openApp();
    const { order, orderId } = await dinner(app);
    app.clock.advance(7 * MINUTE);

    const { items, nextCursor } = await app.as('chef').kitchen.queue.query();

    expect(nextCursor).toBeNull();
    expect(items).toEqual([
      {
        orderId,
        number: 1,
        round: 1,
        type: 'dine_in',
        state: 'pending',
        tableName: null,
        customerName: 'Guest',
        instructions: 'Nuts!',
        orderedAt: order.placedAt,
        promisedAt: null,
        items: order.items,
        version: 1,
        ageMs: 7 * MINUTE,
      },
    ]);
  });

  test.each(COOKS)('S3-25 a %s sees it', async (role) => {
    await using app = await openApp();
    const { orderId } = await dinner(app);

    expect((await app.as(role).kitchen.queue.query()).items).toMatchObject([{ orderId }]);
  });

  test.each(OTHERS)('S3-25 a %s does not', async (role) => {
    await using app = await openApp();

    const refused = await refusalOf(app.as(role).kitchen.queue.query());

    expect(refused).toMatchObject({ reason: 'FORBIDDEN', details: { capability: 'order.cook' } });
  });

  test('D3 it is there before anybody has confirmed it, and gone when it is ready', async () => {
    await using app = await openApp();
    const states = ['pending', 'confirmed', 'preparing', 'ready', 'served'] as const;
    await inTurn(5, (at) => app.given.order({ type: 'dine_in', state: states[at] ?? 'pending' }));
    await app.given.order({ type: 'delivery', state: 'out_for_delivery' });
    await app.given.order({ state: 'completed' });
    await app.given.order({ state: 'cancelled', items: ['voided'] });
    const { queue } = app.as('chef').kitchen;

    const [waiting, ready] = [await queue.query(), await queue.query({ ready: true })];

    expect(waiting.items.map(({ state }) => state)).toEqual(['pending', 'confirmed', 'preparing']);
    expect(ready.items.map(({ state }) => state)).toEqual(['ready']);
  });

  test('D10 oldest first, page by page, at every station', async () => {
    await using app = await openApp();
    const first = await dinner(app);
    const onlyPizza = await taken(app.as('waiter'), {
      itemId: await onMenu(app, { name: 'Calzone', station: 'oven' }),
    });
    const second = await dinner(app);
    const { queue } = app.as('chef').kitchen;

    const all = await queue.query({ limit: 2 });
    const rest = await queue.query({ limit: 2, cursor: all.nextCursor ?? '' });
    const oven = await queue.query({ station: 'oven' });
    const cold = await queue.query({ station: 'cold' });
    const bar = await queue.query({ station: 'bar' });

    const ids = (page: { items: Ticket[] }) => page.items.map(({ orderId }) => orderId);
    expect([ids(all), ids(rest)]).toEqual([[first.orderId, onlyPizza.id], [second.orderId]]);
    expect(ids(oven)).toEqual([first.orderId, onlyPizza.id, second.orderId]);
    expect(cold.items.map(names)).toEqual([['Salad queued'], ['Salad queued']]);
    expect(bar.items).toEqual([]);
  });

  test('D10 one ticket for every round, and only what is left to hand out of each', async () => {
    await using app = await openApp();
    const { orderId } = await dinner(app);
    const waiter = app.as('waiter');
    const itemId = await onMenu(app, { name: 'Tiramisù', station: 'cold' });
    app.clock.advance(MINUTE);
    await taken(waiter, { orderId, itemId });
    const { queue } = app.as('chef').kitchen;

    const two = await queue.query();
    await cooked(app, orderId);
    await moved(waiter, orderId, { to: 'served' });
    app.clock.advance(MINUTE);
    await taken(waiter, { orderId, itemId });
    const one = await queue.query();

    expect(two.items.map((ticket) => [ticket.round, ticket.ageMs, names(ticket)])).toEqual([
      [1, MINUTE, ['Pizza queued', 'Salad queued']],
      [2, 0, ['Tiramisù queued']],
    ]);
    expect(one.items.map((ticket) => [ticket.round, names(ticket)])).toEqual([
      [3, ['Tiramisù queued']],
    ]);
  });

  test('D10 what needs no cooking does not hang there', async () => {
    await using app = await openApp();
    const wine = await drinkOnMenu(app);
    const { orders } = app.as('waiter');
    const pizza = await onMenu(app, { name: 'Pizza' });
    const mixed = await orders.take.mutate({ lines: [{ itemId: pizza }, { itemId: wine }] });
    await orders.take.mutate({ lines: [{ itemId: wine }] });

    const { items } = await app.as('chef').kitchen.queue.query();

    expect(mixed.items).toMatchObject([
      { skipsKitchen: false, state: 'queued' },
      { skipsKitchen: true, state: 'done' },
    ]);
    expect(items.map(names)).toEqual([['Pizza queued']]);
  });

  test.each<[string, object]>([
    ['station', { station: ' ' }],
    ['station', { station: 'x'.repeat(41) }],
    ['limit', { limit: 0 }],
    ['cursor', { cursor: 'nonsense' }],
    ['ready', { ready: 'yes' }],
  ])('T35 nobody asks for it by such a %s: %j', async (path, wrong) => {
    await using app = await openApp();

    const refused = await refusalOf(app.as('chef').kitchen.queue.query(wrong));

    expect(refused).toMatchObject({ reason: 'VALIDATION', details: { issues: [{ path }] } });
  });

  test('S3-11 nothing of another restaurant does, but for an admin who names it', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const { orderId } = await app.given.order({ restaurantId });

    const here = await app.as('manager').kitchen.queue.query();
    const there = await app.as('admin').kitchen.queue.query({ restaurantId });
    const refused = await refusalOf(app.as('manager').kitchen.queue.query({ restaurantId }));

    expect(here.items).toEqual([]);
    expect(there.items).toMatchObject([{ orderId }]);
    expect(refused).toMatchObject({ reason: 'NOT_FOUND', details: { what: 'restaurant' } });
  });
});

describe('cooking an item', () => {
  test('D3 the first one that is started takes the order along', async () => {
    await using app = await openApp();
    const { orderId, pizza, salad } = await dinner(app);
    const { kitchen, orders } = app.as('chef');
    app.clock.advance(MINUTE);

    const tickets = await kitchen.startItem.mutate({ orderItemId: pizza });
    await kitchen.startItem.mutate({ orderItemId: salad });

    expect(tickets.items.map(names)).toEqual([['Pizza cooking', 'Salad queued']]);
    expect(tickets.items).toMatchObject([{ orderId, state: 'preparing' }]);
    const order = await orders.show.query({ orderId });
    expect(order.items).toMatchObject([
      { state: 'cooking', startedAt: app.clock.now(), doneAt: null },
      { state: 'cooking' },
    ]);
    expect(order.promisedAt).toEqual(new Date(app.clock.now().getTime() + 20 * MINUTE));
    expect(order.version).toBe(3);
    expect(order.history.map(({ what, to }) => [what, to])).toEqual([
      ['placed', 'pending'],
      ['moved', 'preparing'],
    ]);
  });

  test('D3 what is finished without having been started was started then', async () => {
    await using app = await openApp();
    const { orderId, pizza } = await dinner(app);
    const at = app.clock.now();

    await app.as('chef').kitchen.finishItem.mutate({ orderItemId: pizza });

    const order = await app.as('chef').orders.show.query({ orderId });
    expect(order).toMatchObject({ state: 'preparing', items: [{ startedAt: at, doneAt: at }, {}] });
  });

  test('D3 the order is ready when somebody says so, and not before all is done', async () => {
    await using app = await openApp();
    const { orderId, pizza, salad } = await dinner(app);
    const chef = app.as('chef');
    await chef.kitchen.finishItem.mutate({ orderItemId: pizza });

    const early = await refusalOf(moved(chef, orderId, { to: 'ready' }));
    const tickets = await chef.kitchen.finishItem.mutate({ orderItemId: salad });
    const ready = await moved(chef, orderId, { to: 'ready' });

    expect(early).toMatchObject({ reason: 'ORDER_UNREADY', details: { needs: 'itemsDone' } });
    expect(tickets.items).toMatchObject([{ state: 'preparing' }]);
    expect(ready.state).toBe('ready');
  });

  test('D10 what was done is recalled with a reason, and the order with it', async () => {
    await using app = await openApp();
    const { orderId, pizza } = await dinner(app);
    const { kitchen, orders } = app.as('chef');
    await cooked(app, orderId);

    const tickets = await kitchen.recall.mutate({ orderItemId: pizza, reason: 'raw' });
    await kitchen.finishItem.mutate({ orderItemId: pizza });
    await kitchen.recall.mutate({ orderItemId: pizza, reason: 'burnt' });

    expect(tickets.items.map(names)).toEqual([['Pizza cooking', 'Salad done']]);
    const order = await orders.show.query({ orderId });
    expect(order).toMatchObject({ state: 'preparing', items: [{ doneAt: null }, {}] });
    expect(order.history.slice(-2)).toMatchObject([
      { what: 'moved', from: 'ready', to: 'preparing', reason: 'raw' },
      { what: 'recalled', from: null, to: null, reason: 'Pizza: burnt' },
    ]);
  });

  test('D3 every verb has its own beginnings', async () => {
    await using app = await openApp();
    const { kitchen } = app.as('chef');
    const states = ['queued', 'cooking', 'done', 'served', 'voided'] as const;
    const traits = { type: 'dine_in', state: 'preparing', items: [...states] } as const;
    const { orderItemIds } = await app.given.order({ ...traits, items: [...states] });
    const wish = (verb: 'startItem' | 'finishItem' | 'recall', at: number) => {
      const said = { orderItemId: orderItemIds[at] ?? '', reason: 'raw' };
      const { reason: _, ...named } = said;
      return refusalOf(
        verb === 'recall' ? kitchen.recall.mutate(said) : kitchen[verb].mutate(named),
      );
    };

    const refusals = [
      ...(await inTurn(4, (at) => wish('startItem', at + 1))),
      ...(await inTurn(3, (at) => wish('finishItem', at + 2))),
      ...(await inTurn(2, (at) => wish('recall', at))),
      ...(await inTurn(2, (at) => wish('recall', at + 3))),
    ];

    expect(new Set(refusals.map(({ reason }) => reason))).toEqual(new Set(['ITEM_STATE']));
    expect(refusals[0]).toMatchObject({
      httpStatus: 409,
      details: { from: 'cooking', to: 'cooking', allowed: ['done', 'voided'] },
    });
    expect(refusals.at(-1)?.details).toEqual({ from: 'voided', to: 'cooking', allowed: [] });
  });

  test('D10 what is out for delivery, or was served, is recalled by nobody', async () => {
    await using app = await openApp();
    const gone = await app.given.order({
      type: 'delivery',
      state: 'out_for_delivery',
      items: ['done'],
    });
    const { recall } = app.as('manager').kitchen;

    const refused = await refusalOf(
      recall.mutate({ orderItemId: gone.orderItemIds[0] ?? '', reason: 'raw' }),
    );

    expect(refused).toMatchObject({
      reason: 'ILLEGAL_TRANSITION',
      httpStatus: 409,
      details: { from: 'out_for_delivery', to: 'preparing' },
    });
    const { orderId } = gone;
    const order = await app.as('manager').orders.show.query({ orderId });
    expect(order).toMatchObject({ items: [{ state: 'done' }], version: 1, history: [] });
  });

  test('D10 what needs no cooking is neither begun nor recalled', async () => {
    await using app = await openApp();
    const { items } = await taken(app.as('waiter'), { itemId: await drinkOnMenu(app) });
    const { kitchen } = app.as('chef');
    const orderItemId = items[0]?.id ?? '';

    const refusals = [
      await refusalOf(kitchen.startItem.mutate({ orderItemId })),
      await refusalOf(kitchen.finishItem.mutate({ orderItemId })),
      await refusalOf(kitchen.recall.mutate({ orderItemId, reason: 'corked' })),
    ];

    const refused = { reason: 'ITEM_STATE', httpStatus: 409 };
    expect(refusals).toMatchObject([refused, refused, refused]);
  });

  test('D3 nothing of an order that is over is cooked', async () => {
    await using app = await openApp();
    const { orderItemIds } = await app.given.order({ state: 'cancelled' });
    const [orderItemId = ''] = orderItemIds;

    const refusals = [
      await refusalOf(app.as('chef').kitchen.startItem.mutate({ orderItemId })),
      await refusalOf(app.as('head_chef').kitchen.startItem.mutate({ orderItemId })),
    ];

    expect(refusals.map(({ reason }) => reason)).toEqual(['NOT_FOUND', 'ORDER_SETTLED']);
  });

  test('S3-11 an item of another restaurant is as good as none', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const { orderItemIds } = await app.given.order({ restaurantId });
    const [orderItemId = ''] = orderItemIds;
    const { kitchen } = app.as('manager');

    const refusals = [
      await refusalOf(kitchen.startItem.mutate({ orderItemId })),
      await refusalOf(kitchen.finishItem.mutate({ orderItemId })),
      await refusalOf(kitchen.recall.mutate({ orderItemId, reason: 'raw' })),
      await refusalOf(kitchen.startItem.mutate({ orderItemId: newId() })),
    ];

    expect(refusals).toMatchObject(Array(4).fill(NOT_FOUND));
    const cooked = await app.as('admin').kitchen.startItem.mutate({ restaurantId, orderItemId });
    expect(cooked.items).toMatchObject([{ state: 'preparing' }]);
  });

  test.each(OTHERS)('S3-25 a %s cooks nothing, not even their own dinner', async (role) => {
    await using app = await openApp();
    const { items } = await placed(app.as(role), { itemId: await app.given.item() });
    const orderItemId = items[0]?.id ?? '';
    const { kitchen } = app.as(role);

    const refusals = [
      await refusalOf(kitchen.startItem.mutate({ orderItemId })),
      await refusalOf(kitchen.finishItem.mutate({ orderItemId })),
      await refusalOf(kitchen.recall.mutate({ orderItemId, reason: 'raw' })),
    ];

    const refused = { reason: 'FORBIDDEN', details: { capability: 'order.cook' } };
    expect(refusals).toMatchObject([refused, refused, refused]);
  });

  test('D1 is for those who are on shift', async () => {
    await using app = await openApp({ settings: { shiftGate: 'enforced' } });
    const { orderItemIds } = await app.given.order();
    const [orderItemId = ''] = orderItemIds;

    const refused = await refusalOf(app.as('chef').kitchen.startItem.mutate({ orderItemId }));

    expect(refused).toMatchObject({ reason: 'OFF_SHIFT', httpStatus: 403 });
    await app.as('manager').kitchen.startItem.mutate({ orderItemId });
  });

  test('S0-44 is written down: by whom, and what became of the item', async () => {
    await using app = await openApp();
    const { pizza } = await dinner(app);

    await app.as('sous_chef').kitchen.startItem.mutate({ orderItemId: pizza });

    const rows = await auditOf(app, 'kitchen.startItem');
    expect(rows.find(({ target }) => target === 'OrderItem')).toMatchObject({
      actorId: app.home.staff.sous_chef.id,
      targetId: pizza,
      before: { state: 'queued' },
      after: { state: 'cooking' },
    });
  });
});
