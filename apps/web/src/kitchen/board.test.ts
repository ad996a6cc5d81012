import type { ItemState, OrderState, Ticket } from '@comanda/client';
import { describe, expect, test } from 'vitest';
import {
  type Board,
  EMPTY,
  newsOf,
  withEvent,
  withHope,
  withOrder,
  withoutHope,
  withReading,
  withTickets,
} from './board.ts';
import { ALL, cardsOf, workOf } from './cards.ts';

const AT = new Date('2026-06-01T12:00:00Z');

interface Traits {
  id?: string;
  version?: number;
  round?: number;
  state?: OrderState;
  items?: [station: string | null, state: ItemState][];
}

function ticket({ id = 'a', version = 1, round = 1, state = 'preparing', items }: Traits): Ticket {
  return {
    orderId: id,
    number: 7,
    round,
    type: 'dine_in',
    state,
    tableName: '4',
    customerName: 'Ada',
    instructions: '',
    orderedAt: AT,
    promisedAt: null,
    version,
    items: (items ?? [['oven', 'queued']]).map(([station, itemState], at) => ({
      id: `${id}${round}${at}`,
      itemId: 'pizza',
      round,
      name: 'Pizza',
      options: [],
      note: null,
      quantity: 1,
      unit: 900,
      state: itemState,
      station,
      skipsKitchen: false,
      orderedAt: AT,
      startedAt: null,
      doneAt: null,
    })),
  };
}

const read = (...tickets: Ticket[]): Board => withReading(EMPTY, tickets, EMPTY);
const told = (board: Board, one: Ticket) =>
  withEvent(board, { kind: 'tickets', at: AT, orderId: one.orderId, items: [one] });
const gone = (board: Board, orderId: string) => withEvent(board, { kind: 'gone', at: AT, orderId });
const hung = (board: Board) =>
  [...board.orders].flatMap(([id, { version, tickets }]) => tickets.map(() => `${id}${version}`));

describe('what hangs on the board', () => {
  test('is the newest that is known, in whatever order it came', () => {
    const board = told(read(ticket({ version: 2 })), ticket({ version: 4 }));

    expect(hung(withTickets(board, 'a', [ticket({ version: 3 })]))).toEqual(['a4']);
    expect(withTickets(board, 'a', [ticket({ version: 4 })])).toBe(board);
  });

  test('does not come back with an older answer once it is off, but with a newer round', () => {
    const off = gone(told(read(), ticket({ version: 4 })), 'a');

    expect(hung(off)).toEqual([]);
    expect(hung(withTickets(off, 'a', [ticket({ version: 4 })]))).toEqual([]);
    expect(hung(told(off, ticket({ version: 6, round: 2 })))).toEqual(['a6']);
  });

  test('is what was read, and what was told while it was read', () => {
    const since = read(ticket({ id: 'old' }), ticket({ id: 'a', version: 1 }));
    const meanwhile = gone(
      told(told(since, ticket({ id: 'new' })), ticket({ id: 'a', version: 5 })),
      'b',
    );

    const board = withReading(
      meanwhile,
      [ticket({ id: 'a', version: 4 }), ticket({ id: 'c' })],
      since,
    );

    expect(hung(board).toSorted()).toEqual(['a5', 'c1', 'new1']);
  });

  test('keeps what has not changed as the same object', () => {
    const board = read(ticket({ id: 'a' }), ticket({ id: 'b' }));
    const [one] = cardsOf(board, 'oven').open;

    expect(cardsOf(told(board, ticket({ id: 'b', version: 2 })), 'oven').open[0]).toBe(one);
    expect(cardsOf(withReading(board, [ticket({ id: 'a' })], board), 'oven').open[0]).toBe(one);
  });

  test('goes a step on with its order', () => {
    const board = read(ticket({ state: 'pending' }));
    const order = { id: 'a', state: 'confirmed', version: 2, promisedAt: AT } as const;

    const [card] = cardsOf(withOrder(board, order), ALL).open;

    expect(card?.ticket).toMatchObject({ state: 'confirmed', version: 2, promisedAt: AT });
  });
});

describe('news', () => {
  test('is every ticket and round that was not there, and nothing of the first reading', () => {
    const board = read(ticket({}));
    const rounds = [ticket({ version: 2 }), ticket({ version: 2, round: 2 })];

    expect(newsOf(EMPTY, board).fresh).toEqual([]);
    expect(newsOf(board, withTickets(board, 'a', rounds)).fresh).toEqual([rounds[1]]);
    expect(newsOf(board, told(board, ticket({ version: 3 }))).fresh).toEqual([]);
  });

  test('is no recall of an order that was ready', () => {
    const board = read(ticket({ state: 'ready', items: [['oven', 'done']] }));
    const recalled = told(board, ticket({ version: 2, items: [['oven', 'cooking']] }));

    expect(newsOf(board, recalled)).toEqual({ fresh: [], calledOff: [] });
  });

  test.each([
    ['preparing', 1],
    ['pending', 1],
    ['ready', 0],
  ] as const)('is what was called off: gone from %s', (state, count) => {
    const board = read(ticket({ state }));

    expect(newsOf(board, gone(board, 'a')).calledOff).toHaveLength(count);
  });
});

describe('the cards of a station', () => {
  test('are its own part, until it is done; what is done may be recalled', () => {
    const board = read(
      ticket({
        items: [
          ['oven', 'done'],
          ['grill', 'queued'],
          [null, 'queued'],
        ],
      }),
    );
    const at = (station: string | null) => {
      const { open, finished } = cardsOf(board, station);
      return [open.map(({ items }) => items.length), finished.length];
    };

    expect([at('oven'), at('grill'), at(''), at(ALL), at('bar')]).toEqual([
      [[], 1],
      [[1], 0],
      [[1], 0],
      [[3], 0],
      [[], 0],
    ]);
    expect(Object.fromEntries(workOf(board))).toEqual({ null: 1, grill: 1, '': 1 });
  });

  test('hang until somebody says that the order is ready: once, on its last round', () => {
    const done: Traits['items'] = [['oven', 'done']];
    const rounds = [ticket({ items: done }), ticket({ items: done, round: 2 })];

    const { open, finished } = cardsOf(read(...rounds), ALL);

    expect(open.map(({ ticket: { round } }) => round)).toEqual([2]);
    expect(finished.map(({ ticket: { round } }) => round)).toEqual([1]);
  });

  test('show what was tapped at once, and the truth once it was refused', () => {
    const board = read(ticket({}));
    const items = new Map([['a10', 'cooking' as const]]);
    const hoped = withHope(board, { job: 1, orderId: 'a', items });
    const state = (at: Board) => cardsOf(at, ALL).open[0]?.items[0]?.state;

    expect([state(board), state(hoped), state(withoutHope(hoped, 1))]).toEqual([
      'queued',
      'cooking',
      'queued',
    ]);
  });
});
