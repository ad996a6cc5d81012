import { Account } from '@comanda/domains/auth/auth.entity';
import { UsageHour } from '@comanda/domains/quotas/quotas.entity';
import { Usage } from '@comanda/domains/quotas/quotas.usage';
import {
  usageByPerson,
  usageByRole,
  usageOfPerson,
} from '@comanda/domains/quotas/quotas.usage.reads';
import { PersonUsage, RoleUsage } from '@comanda/domains/quotas/quotas.usage.schema';
import { HOUR, MINUTE, SECOND } from '@comanda/kernel/time';
import type { EntityManager } from '@comanda/storage/connect';
import { withoutRestaurant } from '@comanda/storage/tenancy';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { errorOf, openStore, type Place, type Store } from './store.ts';

const NOTHING = { reads: 0, writes: 0, refused: 0 };
const visitor = { role: 'anonymous', accountId: null, restaurantId: null } as const;

/** A waiter at work. */
function at({ accountId, restaurantId }: Place) {
  return { role: 'waiter', accountId, restaurantId } as const;
}

function stored(store: Store): Promise<UsageHour[]> {
  return store.everywhere().findAll(UsageHour, { orderBy: { slot: 'asc' } });
}

async function readsStored(store: Store): Promise<number[]> {
  return (await stored(store)).map(({ reads }) => reads);
}

/** Nothing can be written until it is mended, which it is at the end of the test at the latest. */
async function breakTable({ database }: Store) {
  const connection = database.orm.em.getConnection();
  const rename = (from: string, to: string) =>
    connection.execute(`alter table ${from} rename to ${to}`);
  let isBroken = true;
  await rename('usage_hour', 'usage_gone');
  const mend = async () => {
    if (isBroken) await rename('usage_gone', 'usage_hour');
    isBroken = false;
  };
  return { mend, [Symbol.asyncDispose]: mend };
}

describe('what was used', () => {
  test('is stored by the hour, the person, the role and the restaurant', async () => {
    await using store = await openStore();
    const usage = new Usage(store);
    usage.count(at(store.lemon), 'reads');
    usage.count(at(store.lemon), 'writes', 20);
    usage.count(visitor, 'refused');

    await usage.flush();

    const hour = new Date('2026-06-01T12:00:00.000Z');
    expect(await stored(store)).toMatchObject([
      { ...at(store.lemon), ...NOTHING, hour, reads: 1, writes: 20 },
      { ...visitor, ...NOTHING, hour, refused: 1 },
    ]);
  });

  test('by several processes is added up, and outlives them', async () => {
    await using store = await openStore();
    const processes = Array.from({ length: 10 }, () => new Usage(store));
    processes.forEach((usage) => usage.count(at(store.lemon), 'reads'));
    await Promise.all(processes.map((usage) => usage.flush()));
    const restarted = new Usage(store);
    restarted.count(at(store.lemon), 'reads');

    await restarted.flush();

    expect(await readsStored(store)).toEqual([11]);
  });

  test('is written once, however many ask for it at once', async () => {
    await using store = await openStore();
    const usage = new Usage(store);
    usage.count(visitor, 'reads');

    await Promise.all([usage.flush(), usage.flush(), usage.flush()]);

    expect(await readsStored(store)).toEqual([1]);
  });

  test('while others are being written is in the next flush', async () => {
    await using store = await openStore();
    const usage = new Usage(store);
    usage.count(visitor, 'reads');
    const first = usage.flush();
    await Promise.resolve();
    usage.count(visitor, 'reads', 10);

    await Promise.all([first, usage.flush()]);

    expect(await readsStored(store)).toEqual([11]);
  });

  test('and cannot be written is kept for the next time', async () => {
    await using store = await openStore();
    await using table = await breakTable(store);
    const usage = new Usage(store);
    usage.count(visitor, 'reads');
    const error = await errorOf(usage.flush());
    usage.count(visitor, 'reads');
    await table.mend();

    await usage.flush();

    expect(error.message).toContain('usage_hour');
    expect(await readsStored(store)).toEqual([2]);
  });

  test('is told in totals since the start, whatever has been written', async () => {
    await using store = await openStore();
    const usage = new Usage(store);
    usage.count(at(store.lemon), 'reads');
    usage.count(at(store.lime), 'reads');
    await usage.flush();

    usage.count(visitor, 'refused');

    const live = usage.totals.filter(({ reads, refused }) => reads + refused > 0);
    expect(live).toEqual([
      { ...NOTHING, role: 'anonymous', refused: 1 },
      { ...NOTHING, role: 'waiter', reads: 2 },
    ]);
  });
});

describe('what is older than a day and an hour', () => {
  test('is forgotten', async () => {
    await using store = await openStore();
    const usage = new Usage(store);
    usage.count(visitor, 'reads');
    await usage.flush();
    store.clock.advance(25 * HOUR);
    await usage.flush();
    const [kept] = await readsStored(store);
    store.clock.advance(HOUR);

    await usage.flush();

    expect(kept).toBe(1);
    expect(await readsStored(store)).toEqual([]);
  });

  test('is looked for at most once an hour', async () => {
    await using store = await openStore();
    const usage = new Usage(store);
    await usage.flush();
    const hour = new Date(store.clock.now().getTime() - 48 * HOUR);
    const old = { ...visitor, ...NOTHING, slot: 'old', hour, reads: 1 };
    await store.everywhere().insert(UsageHour, old);
    store.clock.advance(HOUR - 1);
    await usage.flush();
    const [kept] = await readsStored(store);
    store.clock.advance(1);

    await usage.flush();

    expect(kept).toBe(1);
    expect(await readsStored(store)).toEqual([]);
  });
});

describe('a server that is running', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Only the timer that starts a flush is turned by hand. */
  function started(store: Store) {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const warnings: string[] = [];
    const usage = new Usage(store);
    usage.start({ warn: (_, message) => warnings.push(message) });
    return { usage, warnings };
  }

  /** Ten seconds later, when the flush that begins then is over. */
  async function later(usage: Usage): Promise<void> {
    vi.advanceTimersByTime(10 * SECOND);
    await usage.flush().catch(() => undefined);
  }

  test('writes every ten seconds', async () => {
    await using store = await openStore();
    const { usage } = started(store);
    usage.count(visitor, 'reads');

    vi.advanceTimersByTime(10 * SECOND - 1);
    const before = await readsStored(store);
    vi.advanceTimersByTime(1);

    await expect.poll(() => readsStored(store)).toEqual([1]);
    expect(before).toEqual([]);
    await usage.stop();
  });

  test('writes a last time when it stops, and never again', async () => {
    await using store = await openStore();
    const { usage } = started(store);
    usage.count(visitor, 'reads');

    await usage.stop();

    expect(await readsStored(store)).toEqual([1]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('tells once a minute that nothing can be written, and goes on', async () => {
    await using store = await openStore();
    await using table = await breakTable(store);
    const { usage, warnings } = started(store);
    usage.count(visitor, 'reads');
    await later(usage);
    await later(usage);
    const inAMinute = [...warnings];
    store.clock.advance(MINUTE);
    await later(usage);
    await table.mend();

    await later(usage);

    const line = 'who used what is kept in memory: it cannot be written';
    expect(inAMinute).toEqual([line]);
    expect(warnings).toEqual([line, line]);
    expect(await readsStored(store)).toEqual([1]);
    await usage.stop();
  });

  test('stops also when nothing can be written, and tells that it is lost', async () => {
    await using store = await openStore();
    await using _ = await breakTable(store);
    const { usage, warnings } = started(store);
    usage.count(visitor, 'reads');

    await usage.stop();

    expect(warnings).toEqual(['the last counts of who used what are lost']);
  });
});

/** Everybody has called: two waiters in two restaurants, one of them as a guest too, and visitors. */
async function used(store: Store): Promise<Date> {
  const usage = new Usage(store);
  const since = new Date('2026-06-01T12:00:00.000Z');
  usage.count(at(store.lemon), 'reads', 3);
  usage.count({ ...at(store.lemon), role: 'manager' }, 'writes', 9);
  usage.count(at(store.lime), 'reads', 5);
  const guest = { role: 'customer', accountId: store.lime.accountId, restaurantId: null } as const;
  usage.count(guest, 'reads', 7);
  usage.count(visitor, 'refused', 2);
  store.clock.advance(HOUR);
  usage.count(at(store.lemon), 'refused', 1);
  await usage.flush();
  return since;
}

/** Every door, and what is seen through it. */
const DOORS: [string, (store: Store) => EntityManager, { roles: object; people: string[] }][] = [
  [
    'a restaurant: its own',
    (store) => store.within(store.lemon),
    {
      roles: [
        { role: 'waiter', reads: 3, writes: 0, refused: 1 },
        { role: 'manager', reads: 0, writes: 9, refused: 0 },
      ],
      people: ['manager 9', 'waiter 4'],
    },
  ],
  [
    'no restaurant: customers and visitors',
    (store) => withoutRestaurant(store.database, store.behind),
    {
      roles: [
        { role: 'anonymous', reads: 0, writes: 0, refused: 2 },
        { role: 'customer', reads: 7, writes: 0, refused: 0 },
      ],
      people: ['customer 7'],
    },
  ],
  [
    'the one door across: all of it',
    (store) => store.everywhere(),
    {
      roles: [
        { role: 'anonymous', reads: 0, writes: 0, refused: 2 },
        { role: 'customer', reads: 7, writes: 0, refused: 0 },
        { role: 'waiter', reads: 8, writes: 0, refused: 1 },
        { role: 'manager', reads: 0, writes: 9, refused: 0 },
      ],
      people: ['manager 9', 'customer 7', 'waiter 5', 'waiter 4'],
    },
  ],
];

describe('who used what, seen from', () => {
  test.each(DOORS)('%s', async (_, door, { roles, people }) => {
    await using store = await openStore();
    const since = await used(store);
    const ctx = { em: door(store) };

    const [byRole, byPerson] = [
      await usageByRole(ctx, { since }),
      await usageByPerson(ctx, { since, limit: 10 }),
    ];

    const sums = byPerson.map(({ role, ...of }) => `${role} ${of.reads + of.writes + of.refused}`);
    expect(byRole).toEqual(roles);
    expect(sums).toEqual(people);
    expect(RoleUsage.array().parse(byRole)).toEqual(byRole);
    expect(PersonUsage.array().parse(byPerson)).toEqual(byPerson);
  });
});

describe('who used what', () => {
  test('tells people by name, as many as are asked for', async () => {
    await using store = await openStore();
    const since = await used(store);

    const people = await usageByPerson({ em: store.within(store.lemon) }, { since, limit: 1 });

    const person = { id: store.lemon.accountId, name: 'Some Body' };
    expect(people).toEqual([{ person, role: 'manager', reads: 0, writes: 9, refused: 0 }]);
  });

  test('adds up hours, from the one that is named on', async () => {
    await using store = await openStore();
    const since = await used(store);
    const next = new Date(since.getTime() + HOUR);
    const of = { accountId: store.lemon.accountId };
    const ctx = { em: store.everywhere() };

    const [all, late] = [
      await usageOfPerson(ctx, { ...of, since }),
      await usageOfPerson(ctx, { ...of, since: next }),
    ];

    expect(all).toEqual({ reads: 3, writes: 9, refused: 1 });
    expect(late).toEqual({ reads: 0, writes: 0, refused: 1 });
    expect(await usageByRole(ctx, { since: next })).toHaveLength(1);
  });

  test('of somebody who has not called is nothing', async () => {
    await using store = await openStore();
    const since = store.clock.now();

    const counts = await usageOfPerson({ em: store.everywhere() }, { accountId: 'x', since });

    expect(counts).toEqual(NOTHING);
  });

  test('leaves out by name who has been deleted, and keeps their calls in the sum of the role', async () => {
    await using store = await openStore();
    const since = await used(store);
    const em = store.everywhere();
    (await em.findOneOrFail(Account, store.lime.accountId)).deletedAt = store.clock.now();
    await em.flush();
    const ctx = { em: store.within(store.lime) };

    const people = await usageByPerson(ctx, { since, limit: 10 });

    expect(people).toEqual([]);
    expect(await usageByRole(ctx, { since })).toMatchObject([{ role: 'waiter', reads: 5 }]);
  });
});
