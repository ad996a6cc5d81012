import { describe, expect, test } from 'vitest';
import type { OrderItemView } from '../orders/orders.schema.ts';
import { ItemState, OrderState } from '../orders/orders.states.schema.ts';
import { IN_KITCHEN, ticketsOf, TO_COOK } from './kitchen.tickets.rules.ts';

const PLACED = new Date('2026-06-01T12:00:00Z');
const LATER = new Date('2026-06-01T12:30:00Z');

const item = (traits: Partial<OrderItemView> = {}): OrderItemView => ({
  id: '01900000-0000-7000-8000-000000000001',
  itemId: '01900000-0000-7000-8000-000000000002',
  round: 1,
  name: 'Pizza',
  options: [],
  note: null,
  quantity: 1,
  unit: 900,
  state: 'queued',
  station: null,
  skipsKitchen: false,
  orderedAt: PLACED,
  startedAt: null,
  doneAt: null,
  ...traits,
});

const order = (...items: OrderItemView[]) => ({
  id: '01900000-0000-7000-8000-000000000003',
  number: 7,
  type: 'dine_in' as const,
  state: 'preparing' as const,
  tableName: 'T1',
  customerName: 'Ada',
  placedAt: PLACED,
  promisedAt: LATER,
  version: 4,
  instructions: 'Nuts!',
  items,
});

const names = (...items: OrderItemView[]) =>
  ticketsOf(order(...items)).map((ticket) => ticket.items.map(({ name }) => name));

describe('the tickets of an order', () => {
  test('D10 one tells all that a cook has to know', () => {
    const pizza = item();

    expect(ticketsOf(order(pizza))).toEqual([
      {
        orderId: order().id,
        number: 7,
        round: 1,
        type: 'dine_in',
        state: 'preparing',
        tableName: 'T1',
        customerName: 'Ada',
        instructions: 'Nuts!',
        orderedAt: PLACED,
        promisedAt: LATER,
        items: [pizza],
        version: 4,
      },
    ]);
  });

  test('D10 there is one for every round, since when it was ordered', () => {
    const rounds = [item(), item({ round: 3, orderedAt: LATER }), item({ name: 'Salad' })];

    const tickets = ticketsOf(order(...rounds));

    expect(tickets.map(({ round, orderedAt }) => [round, orderedAt])).toEqual([
      [1, PLACED],
      [3, LATER],
    ]);
    expect(tickets[0]?.items.map(({ name }) => name)).toEqual(['Pizza', 'Salad']);
  });

  test.each(ItemState.options)(
    'D10 an item hangs there until it is served or voided: %s',
    (state) => {
      const hangs = state !== 'served' && state !== 'voided';

      expect(names(item({ state }))).toEqual(hangs ? [['Pizza']] : []);
    },
  );

  test('D10 what skips the kitchen is on none', () => {
    const wine = item({ name: 'Wine', skipsKitchen: true, state: 'done' });

    expect(names(wine, item())).toEqual([['Pizza']]);
    expect(names(wine)).toEqual([]);
  });

  test('D10 a station has its own part of each, or none', () => {
    const both = order(item({ station: 'oven' }), item({ name: 'Salad', station: 'cold' }), item());

    const at = (station: string) => ticketsOf(both, station).map(({ items }) => items.length);

    expect([at('oven'), at('cold'), at('bar')]).toEqual([[1], [1], []]);
    expect(ticketsOf(both)[0]?.items).toHaveLength(3);
  });

  test('there is none of an order of nothing', () => {
    expect(ticketsOf(order())).toEqual([]);
  });
});

describe('what is to be cooked', () => {
  test('D3 is what nobody has confirmed, too', () => {
    expect(TO_COOK).toEqual(['pending', 'confirmed', 'preparing']);
    expect(IN_KITCHEN).toEqual(['pending', 'confirmed', 'preparing', 'ready']);
    expect(OrderState.options).toEqual(expect.arrayContaining([...IN_KITCHEN]));
  });
});
