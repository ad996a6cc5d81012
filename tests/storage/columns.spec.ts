import { Account } from '@comanda/domains/auth/auth.entity';
import { entities } from '@comanda/domains/entities';
import { describe, expect, test } from 'vitest';
import { blank, openStore } from './store.ts';

const COLUMNS = ['id', 'createdAt', 'updatedAt', 'deletedAt', 'version'];

describe('the columns of a row', () => {
  test('S1-13 S1-14 S1-15 are the same in every table, but for statistics, indexes and steps', async () => {
    await using store = await openStore();
    const metadata = store.database.orm.getMetadata();

    const others = entities.filter((entity) => {
      const { properties } = metadata.get<object>(entity);
      return !COLUMNS.every((column) => column in properties);
    });

    expect(others.map(({ name }) => name).toSorted()).toEqual([
      'MenuWord',
      'OrderStep',
      'TableHold',
      'UsageHour',
    ]);
  });

  test('S1-13 S1-15 tell when it was made and when it was changed last, under a UUID', async () => {
    await using store = await openStore();
    const madeAt = store.clock.now();
    const em = store.within(store.lemon);
    const account = em.create(Account, { ...blank, username: 'new' });
    await em.flush();
    const { createdAt, updatedAt, version } = account;
    store.clock.advance(5_000);
    account.firstName = 'Ann';

    await em.flush();

    const kept = await store.everywhere().findOneOrFail(Account, account.id);
    const changedAt = store.clock.now();
    expect([createdAt, updatedAt, version]).toEqual([madeAt, madeAt, 1]);
    expect(kept).toMatchObject({ createdAt: madeAt, updatedAt: changedAt, version: 2 });
    expect(kept.id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });
});
