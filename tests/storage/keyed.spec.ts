import { Membership } from '@comanda/domains/auth/auth.entity';
import { entities } from '@comanda/domains/entities';
import { isRefusal } from '@comanda/kernel/errors';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { keyedErrors } from '@comanda/kernel/keyed.errors';
import { HOUR } from '@comanda/kernel/time';
import { connect, type Database, type EntityManager } from '@comanda/storage/connect';
import { forgetAnswers, type Keyed, onceByKey } from '@comanda/storage/keyed';
import { KeyedAnswer } from '@comanda/storage/keyed.entity';
import { within, withoutRestaurant } from '@comanda/storage/tenancy';
import { inTransaction, LockMode } from '@comanda/storage/transaction';
import { describe, expect, test } from 'vitest';
import { errorOf, onMariadb, openStore, type Place, type Store } from './store.ts';

type Work = (ctx: { em: EntityManager }) => Promise<unknown>;

interface Called extends Partial<Keyed> {
  place?: Place;
  /** Left out: the store's own; another one is another process. */
  from?: Database;
}

const usual = {
  callerId: '01900000-0000-7000-8000-0000000000ca',
  procedure: 'lab.promote',
  key: 'key-1',
  asked: { levels: 1, idempotencyKey: 'key-1' },
};

const once = (store: Store, { place = store.lemon, from, ...keyed }: Called, work: Work) => {
  const { restaurantId } = place;
  const em = within(from ?? store.database, restaurantId, store.behind);
  const ctx = { em, afterCommit: () => undefined };
  return onceByKey(ctx, { ...usual, restaurantId, ...keyed }, work);
};

/** As a client does: for as long as it is told that the first call is under way, it asks again. */
async function insisting(...call: Parameters<typeof once>): Promise<unknown> {
  try {
    return await once(...call);
  } catch (error) {
    if (isRefusal(error, keyedErrors.IDEMPOTENCY_IN_PROGRESS)) return insisting(...call);
    throw error;
  }
}

/** Raises the waiter by one level, and answers which one that is, with what only the wire can carry. */
const promote: Work = async ({ em }) => {
  const lockMode = LockMode.PESSIMISTIC_WRITE;
  const waiter = await em.findOneOrFail(Membership, { role: 'waiter' }, { lockMode });
  waiter.level = (waiter.level ?? 0) + 1;
  await em.flush();
  return { level: waiter.level, at: new Date(0), sure: undefined, great: 2n ** 60n };
};

const promoted = (level: number) => ({ level, at: new Date(0), sure: undefined, great: 2n ** 60n });

async function levelAt(store: Store, { membershipId } = store.lemon): Promise<number | null> {
  return (await store.everywhere().findOneOrFail(Membership, membershipId)).level;
}

const kept = (store: Store) => store.everywhere().count(KeyedAnswer);
const times = <Item>(count: number, make: (n: number) => Item) =>
  Array.from({ length: count }, (_, n) => make(n));

describe('a call with a key', () => {
  test('P15 is answered again as it was the first time, and done once', async () => {
    await using store = await openStore();

    const first = await once(store, {}, promote);
    const again = await once(store, {}, promote);

    expect(first).toEqual(promoted(1));
    expect(again).toEqual(promoted(1));
    expect(await levelAt(store)).toBe(1);
  });

  test('may be answered with nothing', async () => {
    await using store = await openStore();
    const nothing: Work = async (ctx) => void (await promote(ctx));

    const answers = [await once(store, {}, nothing), await once(store, {}, nothing)];

    expect(answers).toEqual([undefined, undefined]);
    expect(await levelAt(store)).toBe(1);
  });

  test('P15 fifty times at once takes effect once, with fifty equal answers', async () => {
    await using store = await openStore();

    const answers = await Promise.all(times(50, () => insisting(store, {}, promote)));

    expect(answers).toEqual(times(50, () => promoted(1)));
    expect(await levelAt(store)).toBe(1);
    expect(await kept(store)).toBe(1);
  });

  test('P15 of twenty keys ten times each at once takes effect twenty times', async () => {
    await using store = await openStore();
    const calls = times(200, (n) => `key-${n % 20}`);

    const answers = await Promise.all(calls.map((key) => insisting(store, { key }, promote)));

    const byKey = new Set(answers.map((answer, n) => `${n % 20}: ${(answer as Promoted).level}`));
    expect(byKey.size).toBe(20);
    expect(new Set(answers.map((answer) => (answer as Promoted).level)).size).toBe(20);
    expect(await levelAt(store)).toBe(20);
  });

  test('changes the audit log by what is done, and by nothing for the key', async () => {
    await using store = await openStore();

    await once(store, {}, promote);

    expect((await store.audited()).map(({ target }) => target)).toEqual(['Membership']);
  });

  test.each<[string, (store: Store) => Called]>([
    ['caller', () => ({ callerId: '01900000-0000-7000-8000-0000000000cb' })],
    ['restaurant', ({ lime }) => ({ place: lime })],
    ['key', () => ({ key: 'key-2' })],
    ['case of the key', () => ({ key: 'KEY-1' })],
  ])('P16 of another %s is another call', async (_, other) => {
    await using store = await openStore();
    await once(store, {}, promote);

    await once(store, other(store), promote);

    expect(await kept(store)).toBe(2);
    const levels = [await levelAt(store), await levelAt(store, store.lime)];
    expect(levels.map((level) => level ?? 0).reduce((sum, level) => sum + level)).toBe(2);
  });

  test('of no restaurant is kept where no restaurant sees it', async () => {
    await using store = await openStore();
    const em = withoutRestaurant(store.database, store.behind);
    const answering = () =>
      onceByKey({ em, afterCommit: () => undefined }, { ...usual, restaurantId: null }, async () =>
        store.clock.now(),
      );
    const first = await answering();
    store.clock.advance(HOUR);

    const again = await answering();

    expect(again).toEqual(first);
    expect(await store.within(store.lemon).count(KeyedAnswer)).toBe(0);
  });
});

interface Promoted {
  level: number;
}

describe('P16 a key that comes back', () => {
  const asked = {
    table: 7,
    lines: [
      { item: 'soup', note: undefined, at: new Date(1), cents: 5n },
      { item: 'bread', note: 'no crumbs' },
    ],
  };
  const spelledAnew = {
    idempotencyKey: 'key-1',
    lines: [
      { cents: 5n, at: new Date(1), item: 'soup' },
      { note: 'no crumbs', item: 'bread', more: undefined },
    ],
    table: 7.0,
  };

  test('with the same in other words is answered again', async () => {
    await using store = await openStore();
    await once(store, { asked }, promote);

    const again = await once(store, { asked: spelledAnew }, promote);

    expect(again).toEqual(promoted(1));
  });

  test.each<[string, Called]>([
    ['another procedure', { asked, procedure: 'lab.demote' }],
    ['another value', { asked: { ...asked, table: 8 } }],
    ['a text in place of a number', { asked: { ...asked, table: '7' } }],
    ['one field more', { asked: { ...asked, tip: null } }],
    ['its lines in another order', { asked: { ...asked, lines: asked.lines.toReversed() } }],
    ['nothing', { asked: undefined }],
  ])('with %s is refused, and nothing is done', async (_, other) => {
    await using store = await openStore();
    await once(store, { asked }, promote);

    const refusal = await errorOf(once(store, other, promote));

    expect(refusal).toMatchObject({ code: 'IDEMPOTENCY_MISMATCH', status: 422 });
    expect(await levelAt(store)).toBe(1);
  });

  test('with something else while it is being worked on is refused as well', async () => {
    await using store = await openStore();
    const others = times(10, (n) => once(store, { asked: { levels: n } }, promote));

    const settled = await Promise.allSettled([...others, once(store, { asked }, promote)]);

    const codes = settled.map((one) => (one.status === 'rejected' ? one.reason.code : 'done'));
    expect(codes.filter((code) => code === 'IDEMPOTENCY_MISMATCH')).toHaveLength(10);
    expect(codes).toContain('done');
    expect(await levelAt(store)).toBe(1);
  });
});

describe('work that does not get through', () => {
  const failing: [string, Error][] = [
    ['is refused', kernelErrors.NOT_FOUND({ what: 'table' })],
    ['fails', new Error('the kitchen is on fire')],
  ];

  test.each(failing)('leaves nothing, and its key free: it %s', async (_, failure) => {
    await using store = await openStore();
    const half: Work = async (ctx) => {
      await promote(ctx);
      throw failure;
    };

    const error = await errorOf(once(store, {}, half));
    const left = [await kept(store), await levelAt(store)];
    const again = await once(store, {}, promote);

    expect(error).toBe(failure);
    expect(left).toEqual([0, null]);
    expect(again).toEqual(promoted(1));
  });

  test('lets those who waited for it try: what fails twice is done by the third', async () => {
    await using store = await openStore();
    let tries = 0;
    const third: Work = async (ctx) => {
      tries += 1;
      const answer = await promote(ctx);
      if (tries < 3) throw kernelErrors.NOT_FOUND({ what: 'luck' });
      return answer;
    };

    const settled = await Promise.allSettled(times(20, () => once(store, {}, third)));

    expect(settled.filter(({ status }) => status === 'rejected')).toHaveLength(2);
    expect(tries).toBe(3);
    expect(await levelAt(store)).toBe(1);
  });

  test('is refused inside another transaction, whose rollback would take the answer along', async () => {
    await using store = await openStore();
    const ctx = { em: store.within(store.lemon), afterCommit: () => undefined };
    const keyed = { ...usual, restaurantId: store.lemon.restaurantId };

    const error = await errorOf(inTransaction(ctx, (ctx) => onceByKey(ctx, keyed, promote)));

    expect(error.message).toContain('a transaction of its own');
  });

  test('is refused in a restaurant out of reach', async () => {
    await using store = await openStore();

    const error = await errorOf(once(store, { restaurantId: store.lime.restaurantId }, promote));

    expect(error.message).toContain('another restaurant');
    expect(await kept(store)).toBe(0);
  });
});

describe('a call that takes its time', () => {
  /** Begun, and done on a word. */
  async function begun(store: Store, called: Called = {}) {
    const begun = Promise.withResolvers<void>();
    const word = Promise.withResolvers<void>();
    const done = once(store, called, async (ctx) => {
      begun.resolve();
      await word.promise;
      return promote(ctx);
    });
    await begun.promise;
    return { finish: () => (word.resolve(), done) };
  }

  test('P15 is said to be in progress to whoever repeats it too soon', async () => {
    await using store = await openStore();
    const first = await begun(store);

    const refusal = await errorOf(once(store, {}, promote));
    await first.finish();
    const again = await once(store, {}, promote);

    expect(refusal).toMatchObject({
      code: 'IDEMPOTENCY_IN_PROGRESS',
      status: 409,
      details: { retryAfterMs: 1_000 },
    });
    expect(again).toEqual(promoted(1));
    expect(await levelAt(store)).toBe(1);
  });

  test.each(onMariadb)('leaves room for others, however many repeat it', async () => {
    await using store = await openStore();
    const first = await begun(store);
    const repeated = Promise.all(times(40, () => once(store, {}, promote)));

    const other = await once(store, { key: 'key-2' }, async () => 'done');
    await first.finish();

    expect(other).toBe('done');
    expect(await repeated).toEqual(times(40, () => promoted(1)));
  });

  describe.each(onMariadb)('in another process', () => {
    /** The same data, in hands that know nothing of ours. */
    async function another({ database: { orm } }: Store): Promise<Database & AsyncDisposable> {
      const database = await connect(orm.config.get('clientUrl') ?? '', entities);
      return { ...database, [Symbol.asyncDispose]: () => database.close() };
    }

    test('P15 and fifty times at once in each takes effect once', async () => {
      await using store = await openStore();
      await using from = await another(store);

      const answers = await Promise.all(
        times(100, (n) => insisting(store, n % 2 === 0 ? {} : { from }, promote)),
      );

      expect(answers).toEqual(times(100, () => promoted(1)));
      expect(await levelAt(store)).toBe(1);
    });

    test('P15 and with twenty keys in each takes effect twenty times', async () => {
      await using store = await openStore();
      await using from = await another(store);
      const calls = times(80, (n) => ({ key: `key-${n % 20}`, ...(n % 40 < 20 && { from }) }));

      await Promise.all(calls.map((called) => insisting(store, called, promote)));

      expect(await levelAt(store)).toBe(20);
    });

    test('P15 is waited for, and then said to be in progress', async () => {
      await using store = await openStore();
      await using from = await another(store);
      const first = await begun(store, { from });

      const refusal = await errorOf(once(store, {}, promote));
      await first.finish();
      const again = await once(store, {}, promote);

      expect(refusal).toMatchObject({ code: 'IDEMPOTENCY_IN_PROGRESS' });
      expect(again).toEqual(promoted(1));
    });

    test('P17 that dies leaves nothing: whoever waited does it', async () => {
      await using store = await openStore();
      await using from = await another(store);
      const dying = Promise.withResolvers<string>();
      const first = errorOf(
        once(store, { from }, async ({ em }) => {
          await promote({ em });
          const [row] = await em.execute<{ id: number }[]>('select connection_id() as id');
          dying.resolve(String(row?.id));
          await em.execute('select sleep(30)');
        }),
      );
      const connection = await dying.promise;
      const second = once(store, {}, promote);

      await store.everywhere().execute(`kill ${connection}`);

      expect(await second).toEqual(promoted(1));
      await first;
      expect(await levelAt(store)).toBe(1);
    });
  });
});

describe('forgetting answers', () => {
  test('takes out those from before a point in time: their keys are new again', async () => {
    await using store = await openStore();
    await once(store, { key: 'old' }, promote);
    store.clock.advance(HOUR);
    await once(store, { key: 'young' }, promote);

    await forgetAnswers(store.database, store.clock.now());
    const answers = [
      await once(store, { key: 'young' }, promote),
      await once(store, { key: 'old' }, promote),
    ];

    expect(answers).toEqual([promoted(2), promoted(3)]);
  });
});
