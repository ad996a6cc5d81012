import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { auditOf } from '../auth/looking.ts';
import { of, outcomes, times } from './outcomes.ts';

describe('editing one table at once', () => {
  test('P19 forty edits of what all have read: one is made and 39 are told', async () => {
    await using app = await openApp();
    const tableId = await app.given.table();
    const { tables } = app.as('waiter');

    const told = await outcomes(
      times(40, (at) => tables.update.mutate({ tableId, seatsMax: 5 + at, expectedVersion: 1 })),
    );

    expect([of(told, 'ok'), of(told, 'VERSION_CONFLICT')]).toEqual([1, 39]);
    expect(await auditOf(app, 'tables.update')).toHaveLength(1);
    expect((await tables.list.query()).items).toMatchObject([{ version: 2 }]);
  });

  test('P19 forty people who read and edit: each edit is made once or told', async () => {
    await using app = await openApp();
    const tableId = await app.given.table();
    const people = [app.as('waiter'), app.as('manager'), app.as('admin')];
    const edits = times(40, async (at) => {
      const { tables } = people[at % people.length] ?? app.as('waiter');
      const { items } = await tables.list.query();
      const expectedVersion = items[0]?.version ?? 0;
      return tables.update.mutate({ tableId, seatsMax: 5 + at, expectedVersion });
    });

    const told = await outcomes(edits);

    const applied = of(told, 'ok');
    expect(applied + of(told, 'VERSION_CONFLICT')).toBe(40);
    expect(applied).toBeGreaterThan(0);
    expect(await auditOf(app, 'tables.update')).toHaveLength(applied);
    const { items } = await app.as('waiter').tables.list.query();
    expect(items).toMatchObject([{ version: 1 + applied }]);
  });
});

describe('naming tables at once', () => {
  test('D7 thirty new ones of one name: one is made', async () => {
    await using app = await openApp();
    const { tables } = app.as('manager');

    const told = await outcomes(times(30, () => tables.create.mutate({ name: 'T1', seatsMax: 4 })));

    expect(of(told, 'ok')).toBe(1);
    expect(of(told, 'TABLE_NAME_TAKEN', 'DB_BUSY')).toBe(29);
    expect((await tables.list.query()).items).toHaveLength(1);
  });

  test('D7 thirty bring one back: it comes once', async () => {
    await using app = await openApp();
    const tableId = await app.given.table({ name: 'T1' });
    const { tables } = app.as('manager');
    await tables.remove.mutate({ tableId });

    const told = await outcomes(
      times(30, (at) => tables.create.mutate({ name: 'T1', seatsMax: 4 + at })),
    );

    expect(of(told, 'ok')).toBe(1);
    expect(of(told, 'TABLE_NAME_TAKEN', 'VERSION_CONFLICT', 'DB_BUSY')).toBe(29);
    const { items } = await tables.list.query();
    expect(items).toMatchObject([{ id: tableId, name: 'T1', version: 3 }]);
  });
});
