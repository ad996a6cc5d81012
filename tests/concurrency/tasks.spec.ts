import { AuditEntry } from '@comanda/storage/audit.entity';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { inTurn, outcomeOf } from '../auth/callers.ts';
import { auditOf, inside } from '../auth/looking.ts';
import { of, outcomes, times } from './outcomes.ts';

/** A task of the waiter's that the manager gave them. */
function givenOne(app: TestApp): Promise<string> {
  const { manager, waiter } = app.home.staff;
  const given = { by: manager.id, restaurantId: app.home.restaurantId };
  return app.given.task({ ownerId: waiter.id, title: 'Wipe', given });
}

/** What was done to a task, oldest first. */
async function changesOf(app: TestApp, targetId: string): Promise<string[]> {
  const entries = await inside(app).find(AuditEntry, { targetId }, { orderBy: { id: 'asc' } });
  return entries.map(({ change }) => change);
}

describe('changing one task at once', () => {
  test('S1-18 P19 forty changes of what all have read: one is made and 39 are told', async () => {
    await using app = await openApp();
    const taskId = await app.given.task({ ownerId: app.home.staff.waiter.id });
    const { tasks } = app.as('waiter');

    const told = await outcomes(
      times(40, (at) => {
        const change = at % 2 === 0 ? { title: `No. ${at}` } : { done: true };
        return tasks.update.mutate({ taskId, expectedVersion: 1, ...change });
      }),
    );

    expect([of(told, 'ok'), of(told, 'VERSION_CONFLICT')]).toEqual([1, 39]);
    expect(await auditOf(app, 'tasks.update')).toHaveLength(1);
    const task = await tasks.show.query({ taskId });
    const winner = told.indexOf('ok');
    const made = winner % 2 === 0 ? { title: `No. ${winner}` } : { completed: true };
    expect(task).toMatchObject({ version: 2, ...made });
  });

  test('S1-19 done by its owner while who gave it rewords it: each is made once or told', async () => {
    await using app = await openApp();
    const taskId = await givenOne(app);
    const [owner, giver] = [app.as('waiter').tasks, app.as('manager').tasks];

    const told = await outcomes(
      times(40, (at) =>
        at % 2 === 0
          ? owner.update.mutate({ taskId, done: at % 4 === 0 })
          : giver.update.mutate({ taskId, title: `No. ${at}` }),
      ),
    );

    expect(of(told, 'ok', 'VERSION_CONFLICT', 'DB_BUSY')).toBe(40);
    const changes = await auditOf(app, 'tasks.update');
    const { title, doneAt, version } = await owner.show.query({ taskId });
    const last = Object.assign({}, ...changes.map(({ after }) => after)) as object;
    expect(changes.length).toBeGreaterThan(0);
    expect(version).toBe(1 + changes.length);
    expect({ title: 'Wipe', doneAt: null, ...last }).toEqual({
      title,
      doneAt: doneAt?.toISOString() ?? null,
    });
  });

  test('S1-19 done by its owner while others are given to them: neither hinders the other', async () => {
    await using app = await openApp();
    const taskId = await givenOne(app);
    const { id: assigneeId } = app.home.staff.waiter;
    const [owner, giver] = [app.as('waiter').tasks, app.as('manager').tasks];

    const told = await outcomes([
      owner.update.mutate({ taskId, done: true, expectedVersion: 1 }),
      ...times(20, (at) => giver.create.mutate({ title: `No. ${at}`, assigneeId })),
    ]);

    expect(of(told, 'ok')).toBe(21);
    const { items } = await owner.list.query({ done: false, limit: 100 });
    expect(new Set(items.map(({ title }) => title))).toEqual(
      new Set(times(20, (at) => `No. ${at}`)),
    );
    expect(await owner.show.query({ taskId })).toMatchObject({ completed: true, version: 2 });
  });
});

describe('removing one task at once', () => {
  test('S1-19 while it is changed: nothing is made thereafter', async () => {
    await using app = await openApp();
    const taskId = await givenOne(app);
    const [owner, giver] = [app.as('waiter').tasks, app.as('manager').tasks];

    const told = await outcomes([
      ...times(10, (at) => giver.update.mutate({ taskId, title: `No. ${at}` })),
      giver.remove.mutate({ taskId }),
      ...times(10, () => owner.update.mutate({ taskId, done: true })),
    ]);
    const isGone = told[10] === 'ok';

    const notFound = isGone ? ['NOT_FOUND'] : [];
    expect(of(told, 'ok', 'VERSION_CONFLICT', 'DB_BUSY', ...notFound)).toBe(21);
    const changes = await changesOf(app, taskId);
    expect(changes.indexOf('deleted')).toBe(isGone ? changes.length - 1 : -1);
    expect(await outcomeOf(owner.show.query({ taskId }))).toBe(isGone ? 'NOT_FOUND' : 'ok');
  });

  test('S1-19 by twenty: it goes once', async () => {
    await using app = await openApp();
    const taskId = await app.given.task({ ownerId: app.home.staff.waiter.id });
    const { tasks } = app.as('waiter');

    const told = await outcomes(times(20, () => tasks.remove.mutate({ taskId })));

    expect(of(told, 'ok')).toBe(1);
    expect(of(told, 'NOT_FOUND', 'VERSION_CONFLICT', 'DB_BUSY')).toBe(19);
    expect(await auditOf(app, 'tasks.remove')).toHaveLength(1);
  });
});

describe('giving tasks to somebody who leaves at that moment', () => {
  test.each([1, 2, 3])('S3-11 none is given once they have left (%i)', async () => {
    await using app = await openApp();
    const { id: assigneeId } = app.home.staff.waiter;
    const [manager, admin] = [app.as('manager'), app.as('admin')];
    await Promise.all([manager.permissions.mine.query(), admin.permissions.mine.query()]);
    let hasLeft = false;
    const give = async () => {
      const late = hasLeft;
      return {
        late,
        told: await outcomeOf(manager.tasks.create.mutate({ title: 'Wipe', assigneeId })),
      };
    };

    const giving = Promise.all(times(5, () => inTurn(6, give)));
    const left = await outcomeOf(admin.people.deactivate.mutate({ personId: assigneeId }));
    hasLeft = true;
    const given = [...(await giving).flat(), await give()];

    expect(left).toBe('ok');
    expect(given.filter(({ late, told }) => late && told !== 'NOT_FOUND')).toEqual([]);
    const told = given.map(({ told }) => told);
    expect(of(told, 'ok', 'NOT_FOUND', 'DB_BUSY')).toBe(31);
    const { items } = await manager.tasks.list.query({ assigned: true, limit: 100 });
    expect(items).toHaveLength(of(told, 'ok'));
  });
});
