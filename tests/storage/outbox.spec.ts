import { DAY } from '@comanda/kernel/time';
import type { EntityManager } from '@comanda/storage/connect';
import { emit, eventsAfter, headOf, nextPlace } from '@comanda/storage/outbox';
import { inTransaction } from '@comanda/storage/transaction';
import { trim } from '@comanda/storage/trimming';
import { describe, expect, test } from 'vitest';
import { untilOneWaits } from '../lab/lock-wait.ts';
import { errorOf, onMariadb, openStore, type Place, type Store } from './store.ts';

type Work = (em: EntityManager) => Promise<unknown>;

function inOne(store: Store, work: Work, place: Place = store.lemon): Promise<unknown> {
  const ctx = { em: store.within(place), afterCommit: () => undefined };
  return inTransaction(ctx, ({ em }) => work(em));
}

const happened = (n: number) => ({ topic: 'thing.happened', data: { n } });

/** Tells one thing in a transaction of its own. */
function tell(store: Store, n = 1, place: Place = store.lemon): Promise<unknown> {
  return inOne(store, (em) => emit(em, place.restaurantId, [happened(n)]), place);
}

async function told(store: Store, { restaurantId }: Place = store.lemon, seq = 0) {
  const { events } = await eventsAfter(store.everywhere(), restaurantId, { seq, limit: 1_000 });
  return events;
}

const seqsOf = (events: { seq: number }[]) => events.map(({ seq }) => seq);
const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1);

describe('telling what happened', () => {
  test('numbers events from one, in the order in which they are told', async () => {
    await using store = await openStore();

    await inOne(store, (em) => emit(em, store.lemon.restaurantId, [happened(1), happened(2)]));
    await tell(store, 3);

    expect(await told(store)).toEqual(
      [1, 2, 3].map((n) => ({ seq: n, at: store.clock.now(), ...happened(n) })),
    );
  });

  test('keeps what the wire can carry as it is', async () => {
    await using store = await openStore();
    const data = {
      at: new Date('2026-06-01T10:00:00.123Z'),
      none: null,
      left: undefined,
      great: 9_007_199_254_740_993n,
      list: [1, 'two', { deep: new Date(0) }],
      text: `it's "so" \\ 🍋`,
    };

    await inOne(store, (em) => emit(em, store.lemon.restaurantId, [{ topic: 'thing.kept', data }]));

    expect(await told(store)).toMatchObject([{ topic: 'thing.kept', data }]);
  });

  test('of nothing takes no place', async () => {
    await using store = await openStore();

    await inOne(store, (em) => emit(em, store.lemon.restaurantId, []));
    await tell(store);

    expect(seqsOf(await told(store))).toEqual([1]);
  });

  test('leaves no row in the audit log', async () => {
    await using store = await openStore();

    await tell(store);

    expect(await store.audited()).toEqual([]);
  });

  test('goes on from one in every restaurant, and under a name of its own', async () => {
    await using store = await openStore();
    const heads = () =>
      Promise.all(
        [store.lemon, store.lime].map((place) => headOf(store.within(place), place.restaurantId)),
      );

    const before = await heads();
    await tell(store, 1);
    await tell(store, 2);
    await tell(store, 3, store.lime);
    const after = await heads();

    expect(before).toEqual([undefined, undefined]);
    expect(after).toMatchObject([
      { epoch: expect.stringMatching(/^[a-z0-9]{8}$/), seq: 2, trimmed: 0 },
      { epoch: expect.stringMatching(/^[a-z0-9]{8}$/), seq: 1, trimmed: 0 },
    ]);
    expect(after[0]?.epoch).not.toBe(after[1]?.epoch);
  });
});

describe('a place among the events', () => {
  test('comes with the number of an order, which others do not use up', async () => {
    await using store = await openStore();
    const numbers: number[] = [];
    const order = (orders: 0 | 1) =>
      inOne(store, async (em) => {
        const place = await nextPlace(em, store.lemon.restaurantId, { events: 1, orders });
        numbers.push(place.orderNumber);
        await place.tell([happened(place.seq)]);
      });

    for (const orders of [1, 0, 1] as const) await order(orders);

    expect(numbers).toEqual([1, 1, 2]);
    expect(seqsOf(await told(store))).toEqual([1, 2, 3]);
  });

  test('has an epoch of its own in each restaurant, also where two tell their first at once', async () => {
    await using store = await openStore();
    const ctx = { em: store.everywhere(), afterCommit: () => undefined };

    const [one, other] = await inTransaction(ctx, ({ em }) =>
      Promise.all(
        [store.lemon, store.lime].map(({ restaurantId }) =>
          nextPlace(em, restaurantId, { events: 0 }),
        ),
      ),
    );

    expect(one?.epoch).not.toBe(other?.epoch);
  });

  test.each([
    ['fewer', [happened(1)]],
    ['more', [happened(1), happened(2), happened(3)]],
  ])('is not left to others: %s events than places are refused', async (_, events) => {
    await using store = await openStore();

    const error = await errorOf(
      inOne(store, async (em) => {
        const place = await nextPlace(em, store.lemon.restaurantId, { events: 2 });
        await place.tell(events);
      }),
    );

    expect(error.message).toContain('other events than places');
    expect(await told(store)).toEqual([]);
  });

  test('is refused outside a transaction', async () => {
    await using store = await openStore();

    const error = await errorOf(
      nextPlace(store.within(store.lemon), store.lemon.restaurantId, { events: 1 }),
    );

    expect(error.message).toContain('change together');
  });

  test.each<[string, (em: EntityManager, restaurantId: string) => Promise<unknown>]>([
    ['telling', (em, id) => emit(em, id, [happened(1)])],
    ['looking at the head', headOf],
    ['reading', (em, id) => eventsAfter(em, id, { seq: 0, limit: 10 })],
  ])('in another restaurant is out of reach: %s', async (_, work) => {
    await using store = await openStore();

    const error = await errorOf(inOne(store, (em) => work(em, store.lime.restaurantId)));

    expect(error.message).toContain('another restaurant');
  });
});

describe('P26 places and commits', () => {
  test('of fifty at once come in one order, without a gap', async () => {
    await using store = await openStore();

    await Promise.all(upTo(50).map((n) => tell(store, n)));

    expect(seqsOf(await told(store))).toEqual(upTo(50));
    expect(await headOf(store.everywhere(), store.lemon.restaurantId)).toMatchObject({ seq: 50 });
  });

  test('of a transaction that fails are taken by the next', async () => {
    await using store = await openStore();
    await tell(store, 1);

    await errorOf(
      inOne(store, async (em) => {
        await emit(em, store.lemon.restaurantId, [happened(0), happened(0)]);
        throw new Error('no');
      }),
    );
    await tell(store, 2);

    expect(await told(store)).toMatchObject([1, 2].map((n) => ({ seq: n, data: { n } })));
  });

  test('are never seen in another order by whoever reads meanwhile', async () => {
    await using store = await openStore();
    const telling = Promise.all(upTo(50).map((n) => tell(store, n)));

    const seen = await seenUntil(store, telling);

    expect(seen.length).toBeGreaterThan(0);
    expect(seen).toEqual(seen.map((seqs) => upTo(seqs.length)));
  });
});

/** What was there at every look, from now until `done`. */
async function seenUntil(store: Store, done: Promise<unknown>): Promise<number[][]> {
  const seen: number[][] = [];
  let over = false;
  const ending = done.finally(() => (over = true));
  while (!over) seen.push(seqsOf(await told(store)));
  await ending;
  return seen;
}

describe.each(onMariadb)('P26 a transaction that takes its time', () => {
  /** One that has told something and commits on a word. */
  async function opened(store: Store) {
    const told = Promise.withResolvers<void>();
    const word = Promise.withResolvers<void>();
    const done = inOne(store, async (em) => {
      await emit(em, store.lemon.restaurantId, [happened(1)]);
      told.resolve();
      await word.promise;
    });
    await told.promise;
    return { commit: () => (word.resolve(), done) };
  }

  test('holds back those behind it: nobody sees the second before the first', async () => {
    await using store = await openStore();
    const first = await opened(store);
    const second = tell(store, 2);

    await Promise.race([untilOneWaits(store.everywhere()), second]);
    const before = seqsOf(await told(store));
    await Promise.all([first.commit(), second]);

    expect(before).toEqual([]);
    expect(await told(store)).toMatchObject([1, 2].map((n) => ({ seq: n, data: { n } })));
  });

  test('holds back nobody in another restaurant', async () => {
    await using store = await openStore();
    await tell(store, 1, store.lime);
    const first = await opened(store);

    await tell(store, 2, store.lime);
    const elsewhere = seqsOf(await told(store, store.lime));
    await first.commit();

    expect(elsewhere).toEqual([1, 2]);
  });
});

describe('reading on', () => {
  test('answers what comes behind a place, a page at a time, and how far it all has come', async () => {
    await using store = await openStore();
    const { restaurantId } = store.lemon;
    await inOne(store, (em) => emit(em, restaurantId, upTo(7).map(happened)));
    const page = (seq: number) =>
      eventsAfter(store.within(store.lemon), restaurantId, { seq, limit: 3 });

    const pages = await Promise.all([page(0), page(3), page(6), page(7)]);

    expect(pages.map(({ events }) => seqsOf(events))).toEqual([[1, 2, 3], [4, 5, 6], [7], []]);
    expect(pages.map(({ head }) => head)).toMatchObject(
      upTo(4).map(() => ({ seq: 7, trimmed: 0 })),
    );
  });

  test('where nothing was ever told answers nothing', async () => {
    await using store = await openStore();

    const nothing = await eventsAfter(store.everywhere(), store.lime.restaurantId, {
      seq: 0,
      limit: 3,
    });

    expect(nothing).toEqual({ head: undefined, events: [] });
  });
});

describe('trimming', () => {
  /** That many events now. */
  const tellMany = (store: Store, count: number, place = store.lemon) =>
    inOne(store, (em) => emit(em, place.restaurantId, upTo(count).map(happened)), place);

  const trimmedOf = async (store: Store, { restaurantId }: Place) =>
    (await headOf(store.everywhere(), restaurantId))?.trimmed;

  test('forgets events from before a point in time, and says how far', async () => {
    await using store = await openStore();
    await tellMany(store, 1_203);
    store.clock.advance(1);
    await tellMany(store, 2);

    await trim(store.database, { before: store.clock.now(), keep: 100_000 });

    expect(seqsOf(await told(store))).toEqual([1_204, 1_205]);
    expect(await trimmedOf(store, store.lemon)).toBe(1_203);
  });

  test('keeps no more than so many of each restaurant', async () => {
    await using store = await openStore();
    await tellMany(store, 1_203);
    await tellMany(store, 3, store.lime);

    await trim(store.database, { before: new Date(0), keep: 5 });

    expect(seqsOf(await told(store))).toEqual([1_199, 1_200, 1_201, 1_202, 1_203]);
    expect(seqsOf(await told(store, store.lime))).toEqual([1, 2, 3]);
    expect(await trimmedOf(store, store.lemon)).toBe(1_198);
    expect(await trimmedOf(store, store.lime)).toBe(0);
  });

  test('of events whose server had a wrong clock takes no younger ones along', async () => {
    await using store = await openStore();
    await tell(store, 1);
    store.clock.advance(-DAY);
    await tell(store, 2);
    store.clock.advance(DAY);

    await trim(store.database, { before: store.clock.now(), keep: 100_000 });

    expect(seqsOf(await told(store))).toEqual([1, 2]);
  });

  test('by three at once goes as far as by one, and never back', async () => {
    await using store = await openStore();
    await tellMany(store, 2_600);
    const all = () => trim(store.database, { before: new Date(0), keep: 10 });

    await Promise.all([all(), all(), all()]);

    expect(seqsOf(await told(store))).toHaveLength(10);
    expect(await trimmedOf(store, store.lemon)).toBe(2_590);
  });

  test('never hides an event from a reader without telling so', async () => {
    await using store = await openStore();
    await tellMany(store, 2_600);
    const { restaurantId } = store.lemon;
    let over = false;
    const trimming = trim(store.database, { before: new Date(0), keep: 10 }).finally(() => {
      over = true;
    });
    const looks: { told: number | undefined; found: number | undefined }[] = [];

    while (!over) {
      const { head, events } = await eventsAfter(store.everywhere(), restaurantId, {
        seq: 0,
        limit: 1,
      });
      looks.push({ told: head?.trimmed, found: (events[0]?.seq ?? 0) - 1 });
    }
    await trimming;

    expect(looks).toEqual(looks.map(({ told }) => ({ told, found: told })));
  });

  test('does nothing where there is nothing', async () => {
    await using store = await openStore();

    await trim(store.database, { before: store.clock.now(), keep: 1 });

    expect(await trimmedOf(store, store.lemon)).toBeUndefined();
  });
});
