import { Cart } from '@comanda/domains/cart/cart.entity';
import { Category, MenuItem } from '@comanda/domains/menu/menu.entity';
import { Order, OrderItem, OrderStep } from '@comanda/domains/orders/orders.entity';
import { newId } from '@comanda/kernel/id';
import { held, holding } from '@comanda/storage/executing';
import type { EntityManager } from '@comanda/storage/connect';
import { EVERYWHERE, editionOf } from '@comanda/storage/editions';
import { reading } from '@comanda/storage/reading';
import { inTransaction } from '@comanda/storage/transaction';
import { type NewRow, writing } from '@comanda/storage/writing';
import { PLAIN_ITEM } from '@comanda/testing/given';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { errorOf, openStore, type Store } from './store.ts';

type Row = Record<string, unknown>;
class Undone extends Error {}

function working<Answer>(store: Store, work: (em: EntityManager) => Promise<Answer>) {
  const em = store.within(store.lemon);
  return inTransaction({ em, afterCommit: () => undefined }, ({ em }) => work(em));
}

/** What `work` leaves in these tables, and in the log and the editions; then it is undone. */
async function leftBy(
  store: Store,
  tables: readonly string[],
  work: (em: EntityManager) => Promise<unknown>,
) {
  const left: Record<string, Row[]> = {};
  const undone = working(store, async (em) => {
    const ask = (text: string) =>
      em.getConnection().execute<Row[]>(text, [], 'all', em.getTransactionContext());
    const before = (await ask('select * from audit_entry')).map(({ id }) => id);
    await work(em);
    await em.flush();
    for (const table of tables) left[table] = await ask(`select * from ${table} order by id`);
    const log = await ask('select * from audit_entry order by target, target_id');
    left['audit'] = log.filter(({ id }) => !before.includes(id)).map(plain);
    throw new Undone();
  });
  await undone.catch((error: unknown) => {
    if (!(error instanceof Undone)) throw error;
  });
  return left;
}

/** An entry without its id, and with its JSON read. */
function plain({ id, before, after, ...entry }: Row): Row {
  const read = (json: unknown) => (typeof json === 'string' ? JSON.parse(json) : json);
  return { ...entry, hasId: typeof id, before: read(before), after: read(after) };
}

const text = (max: number) => fc.string({ maxLength: max, unit: 'grapheme-ascii' });
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const moment = fc.date({ min: new Date(0), max: new Date('2099-01-01'), noInvalidDate: true });
const amount = fc.integer({ min: 0, max: 1e12 });
const count = fc.integer({ min: 0, max: 99 });

const option = fc.record({
  optionId: fc.uuid(),
  group: text(20),
  name: text(20),
  quantity: count,
  priceDelta: fc.integer({ min: -500, max: 500 }),
});

const orders = fc.record({
  number: fc.integer({ min: 1, max: 1e9 }),
  origin: fc.uuid().map((id) => id.replaceAll('-', '')),
  type: fc.constantFrom('dine_in' as const, 'pickup' as const, 'delivery' as const),
  state: fc.constantFrom('pending' as const, 'confirmed' as const),
  payment: fc.constantFrom('unpaid' as const, 'paid' as const),
  customerId: maybe(fc.uuid()),
  guestId: maybe(fc.uuid()),
  customerName: text(50),
  phone: maybe(text(30)),
  address: maybe(text(60)),
  instructions: text(80),
  takenBy: maybe(fc.uuid()),
  tableId: maybe(fc.uuid()),
  tableName: maybe(text(40)),
  assigneeId: maybe(fc.uuid()),
  assigneeName: maybe(text(40)),
  currency: fc.constant('EUR'),
  total: amount,
  paid: amount,
  refunded: amount,
  totals: fc.record({ lines: fc.array(option), note: maybe(text(9)) }) as fc.Arbitrary<never>,
  units: count,
  rounds: count,
  changes: count,
  placedAt: moment,
  promisedAt: maybe(moment),
  closedAt: maybe(moment),
});

const items = fc.record({
  round: count,
  itemId: fc.uuid(),
  name: text(60),
  options: fc.array(option, { maxLength: 3 }),
  note: maybe(text(60)),
  quantity: count,
  unit: amount,
  optionsDelta: fc.integer({ min: -1_000, max: 1_000 }),
  taxBps: count,
  station: maybe(text(20)),
  prepMinutes: maybe(count),
  skipsKitchen: fc.boolean(),
  state: fc.constantFrom('queued' as const, 'done' as const),
  counted: fc.boolean(),
  startedAt: maybe(moment),
  doneAt: maybe(moment),
});

const kept = fc.record({
  key: text(9),
  itemId: fc.uuid(),
  options: fc.array(option, { maxLength: 1 }),
  note: maybe(text(20)),
  quantity: count,
  unit: amount,
});

const STEP = {
  byId: null,
  byName: 'Ann',
  what: 'placed',
  from: null,
  to: 'pending',
  reason: null,
} as const;

describe('rows that are written without a unit of work', () => {
  test('P36 are those that a unit of work writes, column by column, with the same words in the log', async () => {
    await using store = await openStore();
    const { restaurantId } = store.lemon;
    const tables = ['customer_order', 'order_item', 'order_step', 'cart'];
    const made = fc.tuple(orders, fc.array(items, { minLength: 1, maxLength: 4 }));

    await fc.assert(
      fc.asyncProperty(made, async ([said, lines]) => {
        const order: NewRow<Order> = { ...said, id: newId(), restaurantId };
        const itemRows = lines.map((line, position) => {
          return { ...line, id: newId(), restaurantId, order: String(order.id), position };
        });
        const at = said.placedAt;
        const step = { id: newId(), restaurantId, orderId: String(order.id), at, ...STEP };
        const chosen = lines.map(({ itemId, options, note, quantity, unit }) => {
          return { key: 'k', itemId, options, note, quantity, unit };
        });
        const cart = { id: newId(), restaurantId, ownerId: newId(), guest: true, lines: chosen };

        const byUnit = await leftBy(store, tables, async (em) => {
          const made = em.create(Order, order);
          for (const row of itemRows) em.create(OrderItem, { ...row, order: made });
          em.create(OrderStep, step);
          em.create(Cart, cart);
        });
        const byWriting = await leftBy(store, tables, async (em) => {
          const writes = writing(em);
          writes.create(Order, [order]);
          writes.create(OrderItem, itemRows);
          writes.create(OrderStep, [step]);
          writes.create(Cart, [cart]);
          await writes.write();
        });

        expect(byUnit['audit']).toHaveLength(itemRows.length + 3);
        expect(byWriting).toEqual(byUnit);
      }),
      { numRuns: 25 },
    );
  });

  test('P36 and so are changes of rows, with their versions', async () => {
    await using store = await openStore();
    const { restaurantId } = store.lemon;
    const row = { restaurantId, ownerId: newId(), guest: false, lines: [] };
    const id = await working(store, async (em) => em.create(Cart, row).id);
    store.clock.advance(5_000);
    const set = fc.record(
      {
        lines: fc.array(kept, { maxLength: 2 }),
        guest: fc.boolean(),
        updatedAt: fc.constant(store.clock.now()),
      },
      { requiredKeys: ['lines', 'guest'] },
    );

    await fc.assert(
      fc.asyncProperty(set, async (set) => {
        const byUnit = await leftBy(store, ['cart'], async (em) => {
          Object.assign(await em.findOneOrFail(Cart, id), set);
        });
        const byWriting = await leftBy(store, ['cart'], async (em) => {
          const writes = writing(em);
          writes.change(Cart, await cartOf(em, id), set);
          await writes.write();
        });

        expect(byWriting).toEqual(byUnit);
      }),
      { numRuns: 25 },
    );
  });

  test('answers them as they are read then', async () => {
    await using store = await openStore();
    const { restaurantId } = store.lemon;

    const [made, read] = await working(store, async (em) => {
      const writes = writing(em);
      const rows = [{ restaurantId, ownerId: newId(), guest: true, lines: [] }];
      const [made] = writes.create(Cart, rows);
      await writes.write();
      return [made, await cartOf(em, String(made?.id))];
    });

    expect(read).toEqual(made);
  });

  test('are refused in a version that was not seen', async () => {
    await using store = await openStore();
    const row = {
      restaurantId: store.lemon.restaurantId,
      ownerId: newId(),
      guest: true,
      lines: [],
    };
    const id = await working(store, async (em) => em.create(Cart, row).id);
    const seen = await working(store, (em) => cartOf(em, id));
    await working(store, async (em) => {
      (await em.findOneOrFail(Cart, id)).guest = false;
    });

    const error = await errorOf(
      working(store, async (em) => {
        const writes = writing(em);
        writes.change(Cart, seen, { guest: false, updatedAt: new Date('2027-01-01') });
        await writes.write();
      }),
    );

    expect(error.name).toBe('OptimisticLockError');
  });

  test('of another restaurant are refused before anything is written', async () => {
    await using store = await openStore();
    const { restaurantId } = store.lime;
    const row = { restaurantId, ownerId: newId(), guest: true, lines: [] };
    const before = await store.audited();

    const error = await errorOf(
      working(store, async (em) => {
        const writes = writing(em);
        writes.create(Cart, [row]);
        await writes.write();
      }),
    );

    expect(error.message).toContain('of another restaurant');
    expect(await store.audited()).toEqual(before);
    expect(await store.everywhere().count(Cart)).toBe(0);
  });

  test('belong in a transaction', async () => {
    await using store = await openStore();
    const em = store.within(store.lemon);

    expect(() => writing(em)).toThrow('one transaction');
    expect(() =>
      held(holding(em), reading<typeof Cart>(em).selectFrom('Cart').selectAll()),
    ).toThrow('in a transaction');
  });

  test('that the database refuses are told as a unit of work tells it', async () => {
    await using store = await openStore();
    const row = {
      restaurantId: store.lemon.restaurantId,
      ownerId: newId(),
      guest: true,
      lines: [],
    };

    const error = await errorOf(
      working(store, async (em) => {
        const writes = writing(em);
        writes.create(Cart, [row, row]);
        await writes.write();
      }),
    );

    expect(error.name).toBe('UniqueConstraintViolationException');
    expect(await store.audited()).toEqual([]);
  });
});

/** The cart as it is held. */
function cartOf(em: EntityManager, id: string) {
  const carts = reading<typeof Cart>(em).selectFrom('Cart').where('id', '=', id).selectAll();
  return held(holding(em), carts).executeTakeFirstOrThrow();
}

const ITEM = {
  name: 'Cake',
  sortName: 'cake',
  slug: 'cake',
  ...PLAIN_ITEM,
  photoId: null,
  recipeId: null,
  stockMode: 'count',
} as const;

describe('what anybody is shown', () => {
  const stocked = async (store: Store, stockLeft: number) => {
    const { restaurantId } = store.lemon;
    return working(store, async (em) => {
      const part = { restaurantId, slug: 's', title: 's', position: 1, skipsKitchen: false };
      const category = em.create(Category, part);
      const place = { category, categoryPosition: category.position, restaurantId };
      return em.create(MenuItem, { ...ITEM, ...place, allergens: [], options: [], stockLeft }).id;
    });
  };
  const edition = (store: Store) => editionOf(store.everywhere(), store.lemon.restaurantId);

  test.each([
    [7, 6, false],
    [6, 5, true],
    [1, 0, true],
  ])('of a stock of %i that becomes %i is a new edition: %s', async (stockLeft, left, isNew) => {
    await using store = await openStore();
    const id = await stocked(store, stockLeft);
    const before = await edition(store);
    const everywhere = await editionOf(store.everywhere(), EVERYWHERE);

    await working(store, async (em) => {
      const writes = writing(em);
      const item = await reading<typeof MenuItem>(em)
        .selectFrom('MenuItem')
        .where('id', '=', id)
        .selectAll()
        .executeTakeFirstOrThrow();
      writes.change(MenuItem, item, { stockLeft: left });
      await writes.write();
    });

    expect((await edition(store)) !== before).toBe(isNew);
    expect(await editionOf(store.everywhere(), EVERYWHERE)).toBe(everywhere);
  });

  test('is not judged by what nobody has read', async () => {
    await using store = await openStore();
    const id = await stocked(store, 7);
    const { restaurantId } = store.lemon;

    const error = await errorOf(
      working(store, async (em) => {
        const writes = writing(em);
        writes.change(MenuItem, { id, restaurantId, version: 1, stockLeft: 7 }, { stockLeft: 6 });
        await writes.write();
      }),
    );

    expect(error.message).toContain('nobody has read');
  });
});
