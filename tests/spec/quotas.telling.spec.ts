import { DAY, HOUR, MINUTE } from '@comanda/kernel/time';
import { GcraStore } from '@comanda/quotas/gcra-store';
import { QuotaUnavailable } from '@comanda/quotas/store';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { ask } from '../http.ts';
import { times } from '../recording.ts';

describe('quotas.mine', () => {
  test('S0-43 tells every budget with its true number, the call itself among what is used', async () => {
    await using app = await openApp({ quotas: 'preset' });
    const waiter = app.as('waiter');
    await waiter.permissions.mine.query();
    await waiter.permissions.mine.query();

    const mine = await waiter.quotas.mine.query();

    const now = app.clock.now().getTime();
    expect(mine).toEqual({
      role: 'waiter',
      read: {
        name: 'waiter.read',
        windows: [
          {
            name: '100/min',
            limit: 100,
            windowMs: MINUTE,
            remaining: 97,
            resetAt: new Date(now + 600),
          },
        ],
      },
      write: {
        name: 'waiter.write',
        windows: [
          { name: '50/5min', limit: 50, windowMs: 5 * MINUTE, remaining: 50, resetAt: null },
        ],
      },
      scopes: [
        {
          name: 'login.account',
          windows: [{ name: '30/hour', limit: 30, windowMs: HOUR, remaining: 30, resetAt: null }],
        },
        {
          name: 'upload',
          windows: [{ name: '20/day', limit: 20, windowMs: DAY, remaining: 20, resetAt: null }],
        },
        {
          name: 'book.create',
          windows: [{ name: '5/day', limit: 5, windowMs: DAY, remaining: 5, resetAt: null }],
        },
        {
          name: 'book.cover',
          windows: [{ name: '20/day', limit: 20, windowMs: DAY, remaining: 20, resetAt: null }],
        },
      ],
      degraded: false,
      lastDay: { reads: 3, writes: 0, refused: 0 },
    });
  });

  test('counts what was refused, too', async () => {
    await using app = await openApp({ quotas: 'preset' });
    const customer = app.as('customer');
    await Promise.allSettled(times(103, () => customer.permissions.mine.query()));
    app.clock.advance(MINUTE);

    const { lastDay } = await customer.quotas.mine.query();

    expect(lastDay).toEqual({ reads: 101, writes: 0, refused: 3 });
  });
});

describe('quotas.usage', () => {
  test('tells who in the restaurant called how often, and what their roles did together', async () => {
    await using app = await openApp();
    const { waiter, chef } = app.home.staff;
    const second = await app.given.person({ role: 'waiter', firstName: 'Wanda', lastName: 'Wu' });
    await Promise.all(times(3, () => app.as(waiter).permissions.mine.query()));
    await Promise.all(times(5, () => app.as(second).permissions.mine.query()));
    await app.as(chef).auth.passes.issue.mutate({ label: 'Screen' });
    const manager = app.as('manager');

    const report = await manager.quotas.usage.query();

    expect(report.people[0]).toEqual({
      person: { id: second.id, name: 'Wanda Wu' },
      role: 'waiter',
      reads: 5,
      writes: 0,
      refused: 0,
    });
    expect(report.roles).toEqual(
      expect.arrayContaining([
        { role: 'waiter', reads: 8, writes: 0, refused: 0 },
        { role: 'chef', reads: 0, writes: 1, refused: 0 },
        { role: 'manager', reads: 1, writes: 0, refused: 0 },
      ]),
    );
    expect(report.visitors).toBeNull();
  });

  test('names nobody of another restaurant, and tells an admin of customers and visitors as sums', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const there = await app.given.person({ role: 'manager', restaurantId });
    await app.as(there).permissions.mine.query();
    await app.as('customer').permissions.mine.query();
    await app.as('anonymous').quotas.policy.query();

    const report = await app.as('admin').quotas.usage.query();
    const elsewhere = await app.as('admin').quotas.usage.query({ restaurantId });

    expect(report.people.map(({ role }) => role)).toEqual(['admin']);
    expect(elsewhere.people.map(({ person }) => person.id)).toEqual([there.id]);
    expect(report.visitors).toEqual(
      expect.arrayContaining([
        { role: 'customer', reads: 1, writes: 0, refused: 0 },
        { role: 'anonymous', reads: 1, writes: 0, refused: 0 },
      ]),
    );
  });

  test('forgets after a day', async () => {
    await using app = await openApp();
    await app.as('waiter').permissions.mine.query();
    await app.as('manager').quotas.usage.query();

    app.clock.advance(DAY + HOUR);
    const { people } = await app.as('manager').quotas.usage.query();

    expect(people.map(({ role }) => role)).toEqual(['manager']);
  });
});

describe('a meter that is in trouble', () => {
  const failing = (error: () => Error) => {
    const fail = (): never => {
      throw error();
    };
    return { consume: fail, refund: fail };
  };
  const stores = (error: () => Error) => ({ calls: failing(error), signIns: new GcraStore() });

  test('lets reads through, and lets nothing be changed uncounted', async () => {
    await using app = await openApp({ stores: stores(() => new TypeError('broken')) });
    app.expectFaults();

    const read = await ask(app, '/trpc/quotas.policy');
    const refused = await refusalOf(app.as('waiter').auth.passes.issue.mutate({ label: 'x' }));

    expect(read.status).toBe(200);
    expect(read.headers.get('ratelimit')).toBeNull();
    expect(refused).toMatchObject({ reason: 'OVERLOADED', httpStatus: 503 });
  });

  test('says so where a call must not be counted by one server alone', async () => {
    const closed = { name: 'closed', windows: [{ name: '1/s', limit: 1, ms: 1_000 }] } as const;
    await using app = await openApp({
      stores: stores(() => new QuotaUnavailable(closed, 1_000)),
    });

    const answer = await ask(app, '/trpc/quotas.policy');

    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('1');
  });
});
