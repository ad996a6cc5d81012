import { entities } from '@comanda/domains/entities';
import { UsageHour } from '@comanda/domains/quotas/quotas.entity';
import { HOUR } from '@comanda/kernel/time';
import { addUp, forgetBefore } from '@comanda/storage/adding-up';
import { AuditEntry } from '@comanda/storage/audit.entity';
import { inTransaction } from '@comanda/storage/transaction';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { errorOf, openStore, type Store } from './store.ts';

const NOON = new Date('2026-06-01T12:00:00.000Z');

/** What one person used between twelve and one. */
const used = {
  slot: 'noon',
  hour: NOON,
  restaurantId: '01900000-0000-7000-8000-00000000000a',
  accountId: '01900000-0000-7000-8000-00000000000b',
  role: 'waiter',
  reads: 1,
  writes: 0,
  refused: 0,
};

function stored(store: Store): Promise<UsageHour[]> {
  return store.everywhere().findAll(UsageHour, { orderBy: { slot: 'asc' } });
}

function calling(store: Store) {
  return { em: store.everywhere(), afterCommit: () => undefined };
}

/** That many rows with a key each. */
function many(count: number, row: Partial<typeof used> = {}) {
  return Array.from({ length: count }, (_, at) => ({ ...used, ...row, slot: `slot-${at}` }));
}

/** More than one statement takes, and not a multiple of it. */
const SEVERAL_STATEMENTS = 1_201;

const business = [...entities.filter((entity) => entity !== UsageHour), AuditEntry].map(
  (entity) => [entity.name, entity] as const,
);

describe('adding up', () => {
  test('a row that is not there is stored as it is', async () => {
    await using store = await openStore();

    await addUp(store.database, UsageHour, [
      used,
      { ...used, slot: 'visitors', restaurantId: null, accountId: null },
    ]);

    expect(await stored(store)).toMatchObject([
      used,
      { ...used, slot: 'visitors', restaurantId: null, accountId: null },
    ]);
  });

  test('of a row that is there the counters grow, and nothing else changes', async () => {
    await using store = await openStore();
    await addUp(store.database, UsageHour, [{ ...used, reads: 5, writes: 1 }]);

    await addUp(store.database, UsageHour, [{ ...used, role: 'chef', reads: 2, refused: 7 }]);

    expect(await stored(store)).toMatchObject([{ ...used, reads: 7, writes: 1, refused: 7 }]);
  });

  test('of nothing asks nothing of the database: it may be done in a transaction', async () => {
    await using store = await openStore();

    await inTransaction(calling(store), () => addUp(store.database, UsageHour, []));

    expect(await stored(store)).toEqual([]);
  });

  test('takes more rows than one statement does', async () => {
    await using store = await openStore();
    const rows = many(SEVERAL_STATEMENTS);
    await addUp(store.database, UsageHour, rows);

    await addUp(store.database, UsageHour, rows);

    const counts = (await stored(store)).map(({ reads }) => reads);
    expect(counts).toEqual(rows.map(() => 2));
  });

  test('stores none of them when one cannot be stored', async () => {
    await using store = await openStore();
    const rows = many(SEVERAL_STATEMENTS);
    const last = { ...used, slot: 'slot-zzz', role: null as unknown as string };

    await errorOf(addUp(store.database, UsageHour, [...rows, last]));

    expect(await stored(store)).toEqual([]);
  });

  test('of twenty additions at once to the same rows none is lost, in whatever order they come', async () => {
    await using store = await openStore();
    const rows = many(600, { writes: 2 });
    const turned = (by: number) => [...rows.slice(by * 30), ...rows.slice(0, by * 30)].toReversed();

    await Promise.all(
      Array.from({ length: 20 }, (_, at) => addUp(store.database, UsageHour, turned(at))),
    );

    const counts = (await stored(store)).map(({ reads, writes }) => ({ reads, writes }));
    expect(counts).toEqual(rows.map(() => ({ reads: 20, writes: 40 })));
  });

  test('however it is parted, the sum is the same', async () => {
    await using store = await openStore();
    const one = fc.record({ slot: fc.constantFrom('a', 'b', 'c'), reads: fc.nat(9) });
    const calls = fc.array(fc.array(one, { maxLength: 4 }), { maxLength: 5 });
    let run = 0;

    const check = fc.asyncProperty(calls, async (calls) => {
      const restaurantId = `run-${++run}`;
      for (const rows of calls) {
        const named = rows.map((row) => ({ ...used, ...row, restaurantId }));
        const keyed = named.map((row) => ({ ...row, slot: `${restaurantId}-${row.slot}` }));
        await addUp(store.database, UsageHour, keyed);
      }
      const found = await store.everywhere().find(UsageHour, { restaurantId });
      const all = calls.flat().reduce((sum, { reads }) => sum + reads, 0);
      expect(found.reduce((sum, { reads }) => sum + reads, 0)).toBe(all);
    });

    await fc.assert(check, { numRuns: 15 });
  });

  test('leaves no row in the audit log', async () => {
    await using store = await openStore();

    await addUp(store.database, UsageHour, [used]);
    await forgetBefore(store.database, UsageHour, { property: 'hour', before: store.clock.now() });

    expect(await store.audited()).toEqual([]);
  });
});

describe('forgetting what is old', () => {
  test('takes out what is from before, and nothing from then on', async () => {
    await using store = await openStore();
    const before = new Date(NOON.getTime() - 1);
    await addUp(store.database, UsageHour, [
      { ...used, slot: 'before', hour: before },
      used,
      { ...used, slot: 'one', hour: new Date(NOON.getTime() + HOUR) },
    ]);

    await forgetBefore(store.database, UsageHour, { property: 'hour', before: NOON });

    expect((await stored(store)).map(({ slot }) => slot)).toEqual(['noon', 'one']);
  });

  test('takes out more rows than one statement does, also when two do it at once', async () => {
    await using store = await openStore();
    await addUp(store.database, UsageHour, many(SEVERAL_STATEMENTS));
    await addUp(store.database, UsageHour, [{ ...used, hour: new Date(NOON.getTime() + HOUR) }]);
    const forget = () =>
      forgetBefore(store.database, UsageHour, {
        property: 'hour',
        before: new Date(NOON.getTime() + 1),
      });

    await Promise.all([forget(), forget()]);

    expect((await stored(store)).map(({ slot }) => slot)).toEqual(['noon']);
  });
});

describe('a statistic', () => {
  test.each(business)('is not: %s', async (name, entity) => {
    await using store = await openStore();
    const before = new Date(NOON.getTime() + HOUR);
    const rowsOf = () => store.everywhere().count<object>(entity);
    const count = await rowsOf();

    const errors = await Promise.all([
      errorOf(addUp<object>(store.database, entity, [])),
      errorOf(forgetBefore<object>(store.database, entity, { property: 'at' as never, before })),
    ]);

    const refusal = `${name} is no statistic: write it through the unit of work.`;
    expect(errors.map(({ message }) => message)).toEqual([refusal, refusal]);
    expect(await rowsOf()).toBe(count);
  });

  test('is not written past an open transaction', async () => {
    await using store = await openStore();
    const ctx = calling(store);

    const error = await errorOf(inTransaction(ctx, () => addUp(store.database, UsageHour, [used])));

    expect(error.message).toContain('went past the open transaction');
  });
});
