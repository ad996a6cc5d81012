import { RoleBudgets } from '@comanda/domains/quotas/quotas.budgets';
import { rolePolicies } from '@comanda/quotas/role-policies';
import { AuditEntry } from '@comanda/storage/audit.entity';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import type { TestApp } from '@comanda/testing';
import { behind } from '@comanda/testing/author';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { times } from '../recording.ts';

const open = () => openApp({ quotas: 'preset' });
const audit = ({ house }: TestApp) =>
  acrossRestaurants(house.database, behind(house.clock)).find(
    AuditEntry,
    { target: 'RoleBudget' },
    { orderBy: { id: 'asc' } },
  );

describe('quotas.set', () => {
  test('S2-15 gives a role other numbers, felt by its very next call', async () => {
    await using app = await open();
    const [admin, waiter] = [app.as('admin'), app.as('waiter')];
    await waiter.permissions.mine.query();

    const set = await admin.quotas.set.mutate({ role: 'waiter', reads: ['3/min', '10 per hour'] });
    const answers = await Promise.allSettled(times(5, () => waiter.permissions.mine.query()));

    expect(set).toEqual({
      role: 'waiter',
      read: {
        name: 'waiter.read',
        windows: [
          { name: '3/min', limit: 3, windowMs: 60_000 },
          { name: '10 per hour', limit: 10, windowMs: 3_600_000 },
        ],
      },
      write: {
        name: 'waiter.write',
        windows: [{ name: '50/5min', limit: 50, windowMs: 300_000 }],
      },
    });
    // One of the three was taken before they were three.
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect((await admin.quotas.policy.query()).roles).toContainEqual(set);
  });

  test.each(['20/s', '20/second', '20 per sec', '5/15min', '1000/d', '7 per 2 hours'])(
    'S1-29 takes %s',
    async (words) => {
      await using app = await open();

      const set = await app.as('admin').quotas.set.mutate({ role: 'chef', writes: [words] });

      expect(set.write.windows.map(({ name }) => name)).toEqual([words]);
    },
  );

  test('brings the numbers of the preset back, each kind by itself', async () => {
    await using app = await open();
    const { quotas } = app.as('admin');
    const before = await quotas.policy.query();

    await quotas.set.mutate({ role: 'anonymous', reads: ['1/s'], writes: ['2/s'] });
    const half = await quotas.set.mutate({ role: 'anonymous', reads: null });
    await quotas.set.mutate({ role: 'anonymous', writes: null });

    expect(half.write.windows).toMatchObject([{ name: '2/s' }]);
    expect(half.read).toEqual(before.anonymous.read);
    expect(await quotas.policy.query()).toEqual(before);
  });

  test('is written down, with what was before', async () => {
    await using app = await open();
    const { quotas } = app.as('admin');
    await quotas.set.mutate({ role: 'waiter', reads: ['3/min'] });
    await quotas.set.mutate({ role: 'waiter', reads: ['4/min'] });

    const [made, changed] = await audit(app);

    expect(made).toMatchObject({ action: 'quotas.set', change: 'created', role: 'admin' });
    expect(changed).toMatchObject({
      change: 'updated',
      before: { reads: ['3/min'] },
      after: { reads: ['4/min'] },
      actorId: app.home.staff.admin.id,
    });
  });

  test.each([
    ['no rate at all', { role: 'waiter', reads: ['often'] }],
    ['a rate by the month', { role: 'waiter', reads: ['5/month'] }],
    ['a word that only begins like one', { role: 'waiter', reads: ['5/decade'] }],
    ['a window of more than 31 days', { role: 'waiter', reads: ['5/32days'] }],
    ['nothing a minute', { role: 'waiter', reads: ['0/min'] }],
    ['no window', { role: 'waiter', reads: [] }],
    ['three windows', { role: 'waiter', reads: ['1/s', '1/min', '1/h'] }],
    ['a role that there is not', { role: 'king', reads: ['1/s'] }],
    ['too little for an admin to undo it', { role: 'admin', writes: ['1/day'] }],
  ])('refuses %s', async (_, input) => {
    await using app = await open();

    const refused = await refusalOf(app.as('admin').quotas.set.mutate(input as never));

    expect(refused).toMatchObject({ reason: 'VALIDATION', httpStatus: 400 });
    expect(await audit(app)).toEqual([]);
  });

  test('of one role by twenty at once leaves one row and the numbers of one of them', async () => {
    await using app = await open();
    const { quotas } = app.as('admin');

    const answers = await Promise.allSettled(
      times(20, (n) => quotas.set.mutate({ role: 'chef', reads: [`${n + 10}/min`] })),
    );

    const { roles } = await quotas.policy.query();
    const [{ limit } = { limit: 0 }] =
      roles.find(({ role }) => role === 'chef')?.read.windows ?? [];
    expect(answers.filter(({ status }) => status === 'rejected')).toEqual([]);
    expect(limit).toBeGreaterThanOrEqual(10);
    expect((await audit(app)).filter(({ change }) => change === 'created')).toHaveLength(1);
  });

  test('makes a dear call take all there is, where there is less than it costs', async () => {
    await using app = await open();
    await app.as('admin').quotas.set.mutate({ role: 'manager', reads: ['2/min'] });

    const manager = app.as('manager');

    await expect(manager.permissions.mine.query()).resolves.toBeDefined();
    await expect(manager.permissions.mine.query()).resolves.toBeDefined();
    expect(await refusalOf(manager.permissions.mine.query())).toMatchObject({
      reason: 'QUOTA_EXCEEDED',
    });
  });
});

describe('numbers that cannot be read', () => {
  test.each(['["20 per fortnight"]', '[]', '"20/min"'])(
    'leave those of the preset, and the others as they were set: %s',
    async (reads) => {
      await using app = await open();
      const { quotas } = app.as('admin');
      await quotas.set.mutate({ role: 'waiter', reads: ['3/min'] });
      await quotas.set.mutate({ role: 'chef', reads: ['4/min'] });
      const sql = `update role_budget set ${'`reads`'} = '${reads}' where caller = 'waiter'`;
      await app.house.database.orm.em.getConnection().execute(sql);
      app.clock.advance(5_000);

      const { roles } = await quotas.policy.query();

      const told = (role: string) => roles.find((one) => one.role === role)?.read.windows;
      expect(told('waiter')).toMatchObject([{ name: '100/min' }]);
      expect(told('chef')).toMatchObject([{ name: '4/min' }]);
    },
  );
});

describe('another server on the same database', () => {
  test('feels a change within five seconds, without a call that waits for it under way', async () => {
    await using app = await open();
    const { database, clock } = app.house;
    const elsewhere = new RoleBudgets(rolePolicies.service, { database, clock });
    const limit = async () => (await elsewhere.current()).waiter.read.windows[0].limit;
    const before = await limit();

    await app.as('admin').quotas.set.mutate({ role: 'waiter', reads: ['3/min'] });
    const atOnce = await limit();
    app.clock.advance(5_000);

    expect([before, atOnce, await limit()]).toEqual([100, 100, 3]);
  });

  test('keeps the last numbers while the database cannot tell', async () => {
    await using app = await open();
    const { database, clock } = app.house;
    await app.as('admin').quotas.set.mutate({ role: 'waiter', reads: ['3/min'] });
    const elsewhere = new RoleBudgets(rolePolicies.service, { database, clock });
    await elsewhere.current();
    const run = (sql: string) => database.orm.em.getConnection().execute(sql);

    await run('alter table role_budget rename to role_budget_gone');
    app.clock.advance(5_000);
    const { waiter } = await elsewhere.current();
    await run('alter table role_budget_gone rename to role_budget');

    expect(waiter.read.windows[0].limit).toBe(3);
  });
});
