import type { Client } from '@comanda/client';
import { newId } from '@comanda/kernel/id';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { auditOf } from '../auth/looking.ts';

type NewTable = Parameters<Client['tables']['create']['mutate']>[0];
type Page = Awaited<ReturnType<Client['tables']['list']['query']>>;
type Listing = NonNullable<Parameters<Client['tables']['list']['query']>[0]>;

/** The names on all pages, read one after the other. */
async function namesOf({ tables }: Client, listing: Listing = {}): Promise<string[]> {
  const names: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Page = await tables.list.query({ ...listing, ...(cursor !== null && { cursor }) });
    names.push(...page.items.map(({ name }) => name));
    cursor = page.nextCursor;
    if (names.length > 100) throw new Error('These pages do not end.');
  } while (cursor !== null);
  return names;
}

const forbidden = (capability: string) => ({
  reason: 'FORBIDDEN',
  httpStatus: 403,
  details: { capability },
});
const noTable = { reason: 'NOT_FOUND', httpStatus: 404, details: { what: 'table' } };

describe('managing tables', () => {
  test.each(['waiter', 'manager', 'admin'] as const)('S3-24 a %s does', async (role) => {
    await using app = await openApp();
    const { tables } = app.as(role);

    const made = await tables.create.mutate({ name: 'T1', seatsMax: 4 });
    const moved = await tables.update.mutate({ tableId: made.id, section: 'Terrace' });
    const removed = await tables.remove.mutate({ tableId: made.id });

    expect(moved).toEqual({ ...made, section: 'Terrace', version: 2 });
    expect(removed).toEqual({ id: made.id });
    expect(await namesOf(app.as(role))).toEqual([]);
  });

  test.each(['chef', 'head_chef', 'employee', 'delivery_crew', 'customer'] as const)(
    'S3-24 a %s does not',
    async (role) => {
      await using app = await openApp();
      const tableId = await app.given.table({ name: 'T1' });
      const { tables } = app.as(role);

      const refusals = [
        await refusalOf(tables.create.mutate({ name: 'T2', seatsMax: 4 })),
        await refusalOf(tables.update.mutate({ tableId, name: 'T3' })),
        await refusalOf(tables.remove.mutate({ tableId })),
      ];

      expect(refusals).toMatchObject(Array(3).fill(forbidden('table.manage')));
      expect(await namesOf(app.as('manager'))).toEqual(['T1']);
    },
  );

  test('S3-24 an employee sees the tables', async () => {
    await using app = await openApp();
    await app.given.table({ name: 'T1' });

    expect(await namesOf(app.as('employee'))).toEqual(['T1']);
  });

  test.each(['chef', 'delivery_crew', 'customer'] as const)(
    'S3-24 a %s does not see them',
    async (role) => {
      await using app = await openApp();

      const refused = await refusalOf(app.as(role).tables.list.query());

      expect(refused).toMatchObject(forbidden('table.read'));
    },
  );

  test('every change is written down', async () => {
    await using app = await openApp();
    const { tables } = app.as('waiter');
    const { id: tableId } = await tables.create.mutate({ name: 'T1', seatsMax: 4 });
    await tables.update.mutate({ tableId, seatsMax: 6 });
    await tables.remove.mutate({ tableId });
    await tables.create.mutate({ name: 'T1', seatsMax: 2 });

    const verbs = ['create', 'update', 'remove'];
    const rows = await Promise.all(verbs.map((verb) => auditOf(app, `tables.${verb}`)));

    expect(rows.flat()).toMatchObject([
      { change: 'created', before: null, after: { name: 'T1', seatsMax: 4 } },
      { change: 'restored', after: { deletedAt: null, seatsMax: 2 } },
      { change: 'updated', before: { seatsMax: 4 }, after: { seatsMax: 6 } },
      { change: 'deleted', before: { deletedAt: null } },
    ]);
    expect(rows.flat().map(({ targetId }) => targetId)).toEqual(Array(4).fill(tableId));
  });
});

describe('adding a table', () => {
  test('D7 all that was said is kept', async () => {
    await using app = await openApp();
    const { tables } = app.as('manager');
    const said = {
      name: 'Tavolo № 7 🍋',
      section: 'Veranda',
      seatsMin: 2,
      seatsMax: 50,
      joinGroup: 'window',
      active: false,
    };

    const made = await tables.create.mutate(said);

    expect(made).toEqual({ id: expect.any(String), ...said, version: 1 });
    expect((await tables.list.query()).items).toEqual([made]);
  });

  test('D7 what was not said is filled in', async () => {
    await using app = await openApp();

    const made = await app.as('manager').tables.create.mutate({ name: '  7 ', seatsMax: 1 });

    expect(made).toEqual({
      id: expect.any(String),
      name: '7',
      section: null,
      seatsMin: 1,
      seatsMax: 1,
      joinGroup: null,
      active: true,
      version: 1,
    });
  });

  test.each<[string, Partial<NewTable>]>([
    ['name', { name: ' ' }],
    ['name', { name: 'x'.repeat(41) }],
    ['name', { name: 7 as unknown as string }],
    ['section', { section: '' }],
    ['section', { section: 'x'.repeat(41) }],
    ['joinGroup', { joinGroup: ' ' }],
    ['joinGroup', { joinGroup: 'x'.repeat(41) }],
    ['seatsMin', { seatsMin: 0 }],
    ['seatsMin', { seatsMin: 5 }],
    ['seatsMin', { seatsMin: 1.5 }],
    ['seatsMax', { seatsMax: 51 }],
    ['seatsMax', { seatsMax: 0 }],
    ['active', { active: 'yes' as unknown as boolean }],
  ])('D7 is not done when wrong is %s: %j', async (path, wrong) => {
    await using app = await openApp();
    const said = { name: 'T1', seatsMax: 4 };

    const refused = await refusalOf(app.as('manager').tables.create.mutate({ ...said, ...wrong }));

    expect(refused).toMatchObject({ reason: 'VALIDATION', details: { issues: [{ path }] } });
    expect(await namesOf(app.as('manager'))).toEqual([]);
  });
});

describe('the name of a table', () => {
  const taken = { reason: 'TABLE_NAME_TAKEN', httpStatus: 409 };

  test('D7 is refused to a second one', async () => {
    await using app = await openApp();
    await app.given.table({ name: 'T1' });
    const tableId = await app.given.table({ name: 'T2' });
    const { tables } = app.as('manager');

    const refusals = [
      await refusalOf(tables.create.mutate({ name: ' T1 ', seatsMax: 4 })),
      await refusalOf(tables.update.mutate({ tableId, name: 'T1' })),
    ];

    expect(refusals).toMatchObject([taken, taken]);
    expect(await namesOf(app.as('manager'))).toEqual(['T1', 'T2']);
  });

  test('is another one with another letter, accent or case', async () => {
    await using app = await openApp();
    const { tables } = app.as('manager');

    await tables.create.mutate({ name: 'bar', seatsMax: 4 });
    await tables.create.mutate({ name: 'BAR', seatsMax: 4 });
    await tables.create.mutate({ name: 'bär', seatsMax: 4 });

    expect(await namesOf(app.as('manager'))).toEqual(['BAR', 'bar', 'bär']);
  });

  test('S3-11 is free where only another restaurant uses it', async () => {
    await using app = await openApp();
    await app.given.table({ name: 'T1', restaurantId: await app.given.restaurant() });

    const made = await app.as('manager').tables.create.mutate({ name: 'T1', seatsMax: 4 });

    expect(made.version).toBe(1);
  });

  test('of a removed one brings that table back, as it is described now', async () => {
    await using app = await openApp();
    const { tables } = app.as('manager');
    const old = { name: 'T1', section: 'Bar', seatsMin: 2, seatsMax: 2, joinGroup: 'a' };
    const { id: tableId } = await tables.create.mutate({ ...old, active: false });
    await tables.remove.mutate({ tableId });

    const back = await tables.create.mutate({ name: 'T1', seatsMax: 8 });

    const plain = { section: null, seatsMin: 1, joinGroup: null, active: true };
    expect(back).toEqual({ id: tableId, name: 'T1', seatsMax: 8, ...plain, version: 3 });
    expect((await tables.list.query()).items).toEqual([back]);
  });

  test('of a removed one is not given to another that is there', async () => {
    await using app = await openApp();
    const { tables } = app.as('manager');
    await tables.remove.mutate({ tableId: await app.given.table({ name: 'T1' }) });
    const tableId = await app.given.table({ name: 'T2' });

    const refused = await refusalOf(tables.update.mutate({ tableId, name: 'T1' }));

    expect(refused).toMatchObject(taken);
  });
});

describe('changing a table', () => {
  test('leaves what was not named as it was, and empties what is null', async () => {
    await using app = await openApp();
    const { tables } = app.as('waiter');
    const said = { name: 'T1', section: 'Bar', seatsMin: 2, seatsMax: 4, joinGroup: 'a' };
    const before = await tables.create.mutate(said);
    const { id: tableId } = before;

    const changed = await tables.update.mutate({ tableId, seatsMin: 4, active: false });
    const emptied = await tables.update.mutate({ tableId, section: null, joinGroup: null });

    expect(changed).toEqual({ ...before, seatsMin: 4, active: false, version: 2 });
    expect(emptied).toEqual({ ...changed, section: null, joinGroup: null, version: 3 });
  });

  test('D7 asks for no more guests than there are seats', async () => {
    await using app = await openApp();
    const tableId = await app.given.table({ seatsMin: 2, seatsMax: 4 });
    const { tables } = app.as('manager');

    const refusals = [
      await refusalOf(tables.update.mutate({ tableId, seatsMin: 5 })),
      await refusalOf(tables.update.mutate({ tableId, seatsMax: 1 })),
      await refusalOf(tables.update.mutate({ tableId, seatsMin: 8, seatsMax: 7 })),
    ];
    const changed = await tables.update.mutate({ tableId, seatsMin: 8, seatsMax: 8 });

    expect(refusals).toMatchObject(Array(3).fill({ reason: 'VALIDATION', httpStatus: 400 }));
    expect(changed).toMatchObject({ seatsMin: 8, seatsMax: 8, version: 2 });
  });

  test('P19 what was read before another change is not written over it', async () => {
    await using app = await openApp();
    const tableId = await app.given.table();
    const { tables } = app.as('manager');
    await tables.update.mutate({ tableId, seatsMax: 6, expectedVersion: 1 });

    const refused = await refusalOf(
      tables.update.mutate({ tableId, seatsMax: 8, expectedVersion: 1 }),
    );

    expect(refused).toMatchObject({ reason: 'VERSION_CONFLICT', httpStatus: 409 });
    expect((await tables.list.query()).items).toMatchObject([{ seatsMax: 6, version: 2 }]);
  });

  test('that is gone, or was never there, is refused', async () => {
    await using app = await openApp();
    const gone = await app.given.table();
    const { tables } = app.as('manager');
    await tables.remove.mutate({ tableId: gone });

    const refusals = [
      await refusalOf(tables.update.mutate({ tableId: gone, seatsMax: 8 })),
      await refusalOf(tables.remove.mutate({ tableId: gone })),
      await refusalOf(tables.update.mutate({ tableId: newId(), seatsMax: 8 })),
      await refusalOf(tables.remove.mutate({ tableId: newId() })),
    ];

    expect(refusals).toMatchObject(Array(4).fill(noTable));
  });

  test('S3-11 of another restaurant is refused', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const tableId = await app.given.table({ restaurantId, name: 'T1' });
    const { tables } = app.as('manager');

    const refusals = [
      await refusalOf(tables.update.mutate({ tableId, seatsMax: 8 })),
      await refusalOf(tables.remove.mutate({ tableId })),
    ];

    expect(refusals).toMatchObject([noTable, noTable]);
    const { items } = await app.as('admin').tables.list.query({ restaurantId });
    expect(items).toMatchObject([{ name: 'T1', seatsMax: 4, version: 1 }]);
  });
});

describe('listing tables', () => {
  test('goes by section, then by name; those of no section come first', async () => {
    await using app = await openApp();
    await app.given.table({ section: 'Terrace', name: 'A' });
    await app.given.table({ section: 'Bar', name: 'B' });
    await app.given.table({ section: null, name: 'Z' });
    await app.given.table({ section: 'Bar', name: 'A1' });
    await app.given.table({ section: null, name: 'C' });

    expect(await namesOf(app.as('waiter'))).toEqual(['C', 'Z', 'A1', 'B', 'A']);
  });

  test.each([1, 2, 3])('pages of %i hold each of them once', async (limit) => {
    await using app = await openApp();
    await app.given.table({ section: null, name: '2' });
    await app.given.table({ section: null, name: '3' });
    await app.given.table({ section: 'A', name: '1' });
    await app.given.table({ section: 'A', name: '4' });
    await app.given.table({ section: 'B', name: '0' });

    expect(await namesOf(app.as('waiter'), { limit })).toEqual(['2', '3', '1', '4', '0']);
  });

  test('goes on behind names as long as they may be', async () => {
    await using app = await openApp();
    const section = '席'.repeat(40);
    await app.given.table({ section, name: `${'卓'.repeat(39)}一` });
    await app.given.table({ section, name: `${'卓'.repeat(39)}二` });

    const names = await namesOf(app.as('waiter'), { limit: 1 });

    expect(names).toEqual([`${'卓'.repeat(39)}一`, `${'卓'.repeat(39)}二`]);
  });

  test('keeps to a section, and to what is in use or not', async () => {
    await using app = await openApp();
    await app.given.table({ section: 'Bar', name: 'B1' });
    await app.given.table({ section: 'Bar', name: 'B2', active: false });
    await app.given.table({ section: 'Terrace', name: 'T1', active: false });
    const waiter = app.as('waiter');

    expect(await namesOf(waiter, { section: 'Bar' })).toEqual(['B1', 'B2']);
    expect(await namesOf(waiter, { active: false })).toEqual(['B2', 'T1']);
    expect(await namesOf(waiter, { section: 'Bar', active: true })).toEqual(['B1']);
    expect(await namesOf(waiter, { section: 'bar' })).toEqual([]);
  });

  test('S3-11 shows those of one restaurant', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    await app.given.table({ name: 'Ours' });
    await app.given.table({ name: 'Theirs', restaurantId });

    const refused = await refusalOf(app.as('manager').tables.list.query({ restaurantId }));

    expect(refused).toMatchObject({ reason: 'NOT_FOUND', details: { what: 'restaurant' } });
    expect(await namesOf(app.as('manager'))).toEqual(['Ours']);
    expect(await namesOf(app.as('admin'), { restaurantId })).toEqual(['Theirs']);
  });

  test.each(['nonsense', 'WyJhIl0', 'WzEsMl0', ''])('%j is no cursor', async (cursor) => {
    await using app = await openApp();

    const refused = await refusalOf(app.as('waiter').tables.list.query({ cursor }));

    expect(refused).toMatchObject({
      reason: 'VALIDATION',
      details: { issues: [{ path: 'cursor' }] },
    });
  });
});

describe('a table that is reserved', () => {
  test('D7 is neither removed nor switched off, until its guests have left or cancelled', async () => {
    await using app = await openApp();
    const tableId = await app.given.table({ name: 'T1' });
    const { tables, reservations } = app.as('manager');
    const startsAt = new Date('2026-06-01T18:00:00Z');
    const said = { startsAt, party: 2, forGuest: true, customerName: 'Ada' };
    const { id } = await reservations.request.mutate(said);

    const refusals = [
      await refusalOf(tables.remove.mutate({ tableId })),
      await refusalOf(tables.update.mutate({ tableId, active: false })),
    ];
    await tables.update.mutate({ tableId, section: 'Terrace' });
    await reservations.cancel.mutate({ reservationId: id });

    const reserved = { reason: 'TABLE_RESERVED', httpStatus: 409 };
    expect(refusals).toMatchObject([reserved, reserved]);
    expect(await tables.remove.mutate({ tableId })).toEqual({ id: tableId });
  });
});
