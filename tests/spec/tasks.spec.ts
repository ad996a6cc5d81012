import type { Client } from '@comanda/client';
import { newId } from '@comanda/kernel/id';
import { after, DAY, MINUTE } from '@comanda/kernel/time';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { auditOf } from '../auth/looking.ts';

type Listing = NonNullable<Parameters<Client['tasks']['list']['query']>[0]>;
type Page = Awaited<ReturnType<Client['tasks']['list']['query']>>;

/** The titles on all pages, read one after the other. */
async function titlesOf({ tasks }: Client, listing: Listing = {}): Promise<string[]> {
  const titles: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Page = await tasks.list.query({ ...listing, ...(cursor !== null && { cursor }) });
    titles.push(...page.items.map(({ title }) => title));
    cursor = page.nextCursor;
    if (titles.length > 100) throw new Error('These pages do not end.');
  } while (cursor !== null);
  return titles;
}

const noTask = { reason: 'NOT_FOUND', httpStatus: 404, details: { what: 'task' } };
const noPerson = { reason: 'NOT_FOUND', httpStatus: 404, details: { what: 'person' } };
const noRestaurant = { reason: 'NOT_FOUND', httpStatus: 404, details: { what: 'restaurant' } };
const otherPart = { reason: 'TASK_GIVEN', httpStatus: 403 };
const notToAssign = {
  reason: 'FORBIDDEN',
  httpStatus: 403,
  details: { capability: 'shift.schedule' },
};

describe('writing down a task', () => {
  test('S1-18 keeps what was said, and whose it is', async () => {
    await using app = await openApp();
    const { id: ownerId } = app.home.staff.customer;
    const said = { title: ' Polish № 7 🍋 ', description: 'With\nvinegar.' };
    const dueAt = after(app.clock.now(), DAY);

    const task = await app.as('customer').tasks.create.mutate({ ...said, dueAt });

    expect(task).toEqual({
      id: expect.any(String),
      title: 'Polish № 7 🍋',
      description: 'With\nvinegar.',
      dueAt,
      doneAt: null,
      completed: false,
      ownerId,
      ownerUsername: 'customer',
      assignedBy: null,
      createdAt: app.clock.now(),
      updatedAt: app.clock.now(),
      version: 1,
    });
    expect(await app.as('customer').tasks.show.query({ taskId: task.id })).toEqual(task);
  });

  test('S1-18 asks for no more than a title', async () => {
    await using app = await openApp();

    const task = await app.as('chef').tasks.create.mutate({ title: 'Sharpen knives' });

    expect(task).toMatchObject({ description: null, dueAt: null, completed: false });
  });

  test.each<[string, object]>([
    ['title', { title: ' ' }],
    ['title', { title: 'x'.repeat(101) }],
    ['description', { description: 'x'.repeat(2_001) }],
    ['dueAt', { dueAt: new Date('9999-12-31') }],
    ['', { ownerId: newId() }],
    ['', { createdAt: new Date() }],
    ['', { id: newId() }],
  ])('S1-18 is not done when wrong is %j: %j', async (path, wrong) => {
    await using app = await openApp();
    const said = { title: 'x'.repeat(100), description: 'x'.repeat(2_000), ...wrong };

    const refused = await refusalOf(app.as('chef').tasks.create.mutate(said));

    expect(refused).toMatchObject({ reason: 'VALIDATION', details: { issues: [{ path }] } });
    expect(await titlesOf(app.as('chef'))).toEqual([]);
  });

  test('S1-19 is for whoever is signed in', async () => {
    await using app = await openApp();
    const { tasks } = app.as('anonymous');

    const refusals = [
      await refusalOf(tasks.create.mutate({ title: 'Knives' })),
      await refusalOf(tasks.list.query()),
    ];

    const stranger = { reason: 'UNAUTHENTICATED', httpStatus: 401 };
    expect(refusals).toMatchObject([stranger, stranger]);
  });

  test('S1-19 is nobody’s business at work', async () => {
    await using app = await openApp();
    await app.as('waiter').tasks.create.mutate({ title: 'Look for another job' });

    const written = await auditOf(app, 'tasks.create');

    expect(written).toMatchObject([{ change: 'created', restaurantId: null }]);
  });
});

describe('a task of somebody else', () => {
  test.each(['customer', 'chef', 'manager', 'admin'] as const)(
    'S1-19 does not exist for a %s',
    async (role) => {
      await using app = await openApp();
      const taskId = await app.given.task({ ownerId: app.home.staff.waiter.id, title: 'Mine' });
      const { tasks } = app.as(role);

      const refusals = [
        await refusalOf(tasks.show.query({ taskId })),
        await refusalOf(tasks.update.mutate({ taskId, title: 'Ours' })),
        await refusalOf(tasks.update.mutate({ taskId, done: true })),
        await refusalOf(tasks.remove.mutate({ taskId })),
        await refusalOf(tasks.show.query({ taskId: newId() })),
      ];

      expect(refusals).toMatchObject(Array(5).fill(noTask));
      expect(await titlesOf(app.as(role))).toEqual([]);
      expect(await titlesOf(app.as(role), { assigned: true })).toEqual([]);
      const { items } = await app.as('waiter').tasks.list.query();
      expect(items).toMatchObject([{ title: 'Mine', completed: false, version: 1 }]);
    },
  );
});

describe('changing a task', () => {
  test('S1-13 S1-18 leaves what was not named as it was, and empties what is null', async () => {
    await using app = await openApp();
    const { tasks } = app.as('waiter');
    const dueAt = app.clock.now();
    const before = await tasks.create.mutate({ title: 'A', description: 'B', dueAt });
    const { id: taskId } = before;
    app.clock.advance(MINUTE);

    const worded = await tasks.update.mutate({ taskId, title: 'C' });
    const emptied = await tasks.update.mutate({ taskId, description: null, dueAt: null });

    const updatedAt = app.clock.now();
    expect(worded).toEqual({ ...before, title: 'C', updatedAt, version: 2 });
    expect(emptied).toEqual({ ...worded, description: null, dueAt: null, version: 3 });
  });

  test('S1-18 it is done since it was said first, until it is not', async () => {
    await using app = await openApp();
    const taskId = await app.given.task({ ownerId: app.home.staff.waiter.id });
    const { tasks } = app.as('waiter');
    const then = app.clock.now();

    const done = await tasks.update.mutate({ taskId, done: true });
    app.clock.advance(MINUTE);
    const again = await tasks.update.mutate({ taskId, done: true });
    const undone = await tasks.update.mutate({ taskId, done: false });

    expect(done).toMatchObject({ completed: true, doneAt: then });
    expect(again).toEqual(done);
    expect(undone).toMatchObject({ completed: false, doneAt: null });
  });

  test('P19 what was read before another change is not written over it', async () => {
    await using app = await openApp();
    const taskId = await app.given.task({ ownerId: app.home.staff.waiter.id });
    const { tasks } = app.as('waiter');
    await tasks.update.mutate({ taskId, title: 'First', expectedVersion: 1 });

    const refused = await refusalOf(
      tasks.update.mutate({ taskId, title: 'Second', expectedVersion: 1 }),
    );

    expect(refused).toMatchObject({ reason: 'VERSION_CONFLICT', httpStatus: 409 });
    expect(await titlesOf(app.as('waiter'))).toEqual(['First']);
  });

  test('S1-19 a removed one is gone', async () => {
    await using app = await openApp();
    const taskId = await app.given.task({ ownerId: app.home.staff.waiter.id });
    const { tasks } = app.as('waiter');

    const removed = await tasks.remove.mutate({ taskId });

    expect(removed).toEqual({ id: taskId });
    expect(await refusalOf(tasks.remove.mutate({ taskId }))).toMatchObject(noTask);
    expect(await titlesOf(app.as('waiter'))).toEqual([]);
    expect(await auditOf(app, 'tasks.remove')).toMatchObject([{ change: 'deleted' }]);
  });
});

describe('giving a task to somebody', () => {
  test.each(['manager', 'admin'] as const)('a %s does: both of them see it', async (role) => {
    await using app = await openApp();
    const { id: assigneeId } = app.home.staff.waiter;

    const task = await app.as(role).tasks.create.mutate({ title: 'Wipe the bar', assigneeId });

    const whose = { ownerId: assigneeId, ownerUsername: 'waiter', assignedBy: 'Some Body' };
    expect(task).toMatchObject(whose);
    expect(await app.as('waiter').tasks.list.query()).toMatchObject({ items: [task] });
    expect(await app.as(role).tasks.show.query({ taskId: task.id })).toEqual(task);
    expect(await titlesOf(app.as(role), { assigned: true })).toEqual(['Wipe the bar']);
    expect(await titlesOf(app.as(role))).toEqual([]);
    expect(await titlesOf(app.as('waiter'), { assigned: true })).toEqual([]);
    const { restaurantId } = app.home;
    expect(await auditOf(app, 'tasks.create')).toMatchObject([{ restaurantId }]);
  });

  test.each(['customer', 'employee', 'waiter', 'head_chef', 'master_chef'] as const)(
    'a %s may not',
    async (role) => {
      await using app = await openApp();
      const { id: assigneeId } = app.home.staff.chef;
      const { tasks } = app.as(role);

      const refused = await refusalOf(tasks.create.mutate({ title: 'Wipe', assigneeId }));

      expect(refused).toMatchObject(notToAssign);
      expect(await titlesOf(app.as('chef'))).toEqual([]);
    },
  );

  test('who gives it to themselves writes it down', async () => {
    await using app = await openApp();
    const { id: assigneeId } = app.home.staff.waiter;

    const task = await app.as('waiter').tasks.create.mutate({ title: 'Wipe', assigneeId });

    expect(task).toMatchObject({ ownerId: assigneeId, assignedBy: null });
  });

  test('whoever does not work there is nobody', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const [elsewhere, gone] = await app.given.people([
      { role: 'waiter', restaurantId },
      { role: 'waiter', active: false },
    ]);
    const { people, tasks } = app.as('manager');
    await app.given.person({ username: 'invited' });
    const asked = { existing: 'invited', role: 'waiter' } as const;
    const invited = await people.create.mutate(asked);
    const nobodies = [elsewhere, gone, invited, app.home.staff.customer, { id: newId() }];

    const refusals = await Promise.all(
      nobodies.map(({ id: assigneeId }) =>
        refusalOf(tasks.create.mutate({ title: 'Wipe', assigneeId })),
      ),
    );

    expect(refusals).toMatchObject(Array(5).fill(noPerson));
    expect(await titlesOf(app.as('manager'), { assigned: true })).toEqual([]);
  });

  test('S3-11 a manager gives none in another restaurant, an admin does', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const { id: assigneeId } = await app.given.person({ role: 'waiter', restaurantId });
    const said = { title: 'Wipe', assigneeId, restaurantId };

    const refused = await refusalOf(app.as('manager').tasks.create.mutate(said));
    const task = await app.as('admin').tasks.create.mutate(said);

    expect(refused).toMatchObject(noRestaurant);
    expect(task).toMatchObject({ ownerId: assigneeId });
  });

  test('S3-11 a customer names no restaurant', async () => {
    await using app = await openApp();
    const { restaurantId } = app.home;
    const { tasks } = app.as('customer');

    const refused = await refusalOf(tasks.create.mutate({ title: 'Wipe', restaurantId }));

    expect(refused).toMatchObject(noRestaurant);
  });
});

describe('a task that was given', () => {
  test('is worded and taken back by whoever gave it, and done by whoever has it', async () => {
    await using app = await openApp();
    const { id: assigneeId } = app.home.staff.waiter;
    const manager = app.as('manager').tasks;
    const { id: taskId } = await manager.create.mutate({ title: 'Wipe', assigneeId });

    const worded = await manager.update.mutate({ taskId, title: 'Wipe it', description: 'Dry.' });
    const done = await app.as('waiter').tasks.update.mutate({ taskId, done: true });
    const removed = await manager.remove.mutate({ taskId });

    expect(worded).toMatchObject({ title: 'Wipe it', completed: false, assignedBy: 'Some Body' });
    expect(done).toMatchObject({ title: 'Wipe it', completed: true });
    expect(removed).toEqual({ id: taskId });
    expect(await titlesOf(app.as('waiter'))).toEqual([]);
  });

  test('is not done by whoever gave it, nor reworded or removed by whoever has it', async () => {
    await using app = await openApp();
    const { manager, waiter } = app.home.staff;
    const given = { by: manager.id, restaurantId: app.home.restaurantId };
    const taskId = await app.given.task({ ownerId: waiter.id, title: 'Wipe', given });
    const { tasks } = app.as('waiter');

    const refusals = [
      await refusalOf(app.as('manager').tasks.update.mutate({ taskId, title: 'X', done: true })),
      await refusalOf(tasks.update.mutate({ taskId, title: 'X' })),
      await refusalOf(tasks.update.mutate({ taskId, dueAt: null, done: true })),
      await refusalOf(tasks.remove.mutate({ taskId })),
    ];

    expect(refusals).toMatchObject(Array(4).fill(otherPart));
    const task = await tasks.show.query({ taskId });
    expect(task).toMatchObject({ title: 'Wipe', completed: false, version: 1 });
  });
});

describe('listing tasks', () => {
  test('S1-13 S1-18 the newest comes first', async () => {
    await using app = await openApp();
    const ownerId = app.home.staff.waiter.id;
    await app.given.task({ ownerId, title: '1' });
    await app.given.task({ ownerId, title: '2' });
    await app.given.task({ ownerId, title: '3' });

    expect(await titlesOf(app.as('waiter'))).toEqual(['3', '2', '1']);
    expect(await titlesOf(app.as('waiter'), { limit: 1 })).toEqual(['3', '2', '1']);
    expect(await titlesOf(app.as('waiter'), { limit: 2 })).toEqual(['3', '2', '1']);
  });

  test('keeps to what is done or not, and to what is due', async () => {
    await using app = await openApp();
    const ownerId = app.home.staff.waiter.id;
    const now = app.clock.now();
    await app.given.task({ ownerId, title: 'done', doneAt: now, dueAt: now });
    await app.given.task({ ownerId, title: 'due', dueAt: now });
    await app.given.task({ ownerId, title: 'later', dueAt: after(now, DAY) });
    await app.given.task({ ownerId, title: 'some day' });
    const waiter = app.as('waiter');
    const dueBefore = after(now, 1);

    expect(await titlesOf(waiter, { done: true })).toEqual(['done']);
    expect(await titlesOf(waiter, { done: false })).toEqual(['some day', 'later', 'due']);
    expect(await titlesOf(waiter, { dueBefore })).toEqual(['due', 'done']);
    expect(await titlesOf(waiter, { dueBefore: now })).toEqual([]);
    expect(await titlesOf(waiter, { dueBefore, done: false })).toEqual(['due']);
  });

  test.each(['nonsense', 'WzEsMl0', ''])('%j is no cursor', async (cursor) => {
    await using app = await openApp();

    const refused = await refusalOf(app.as('waiter').tasks.list.query({ cursor }));

    expect(refused).toMatchObject({
      reason: 'VALIDATION',
      details: { issues: [{ path: 'cursor' }] },
    });
  });
});
