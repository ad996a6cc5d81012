import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { ROLES } from './access.table.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Writes in the window of the preset, reads in a minute, and in an hour where strict says so. */
const NUMBERS: [role: string, writes: number, reads: number, sustained?: number][] = [
  ['anonymous', 5, 20, 100],
  ['customer', 20, 100, 1000],
  ['employee', 20, 100, 1000],
  ['delivery_crew', 50, 100, 1000],
  ['waiter', 50, 100, 1000],
  ['prep_cook', 50, 100, 1000],
  ['chef', 100, 100, 1000],
  ['sous_chef', 100, 100, 1000],
  ['head_chef', 500, 100],
  ['master_chef', 1000, 100],
  ['manager', 500, 100],
  ['admin', 1000, 100],
];

describe('looking at the quotas', () => {
  test('S0-40 S0-41 S1-24 S2-15 strict has the numbers of the source', async () => {
    await using app = await openApp({ preset: 'strict', quotas: 'preset' });

    const told = await app.as('anonymous').quotas.policy.query();

    expect(told.preset).toBe('strict');
    expect(windowsIn(told)).toEqual(
      NUMBERS.map(([role, writes, reads, sustained]) => [
        role,
        [[writes, HOUR]],
        [[reads, MINUTE], ...(sustained ? [[sustained, HOUR]] : [])],
      ]),
    );
  });

  test('D8 service has the same writes for five minutes, and reads by the minute alone', async () => {
    await using app = await openApp({ quotas: 'preset' });

    const told = await app.as('anonymous').quotas.policy.query();

    expect(told.preset).toBe('service');
    expect(windowsIn(told)).toEqual(
      NUMBERS.map(([role, writes, reads]) => [role, [[writes, 5 * MINUTE]], [[reads, MINUTE]]]),
    );
  });

  test('every role is told, in the words of the table', async () => {
    await using app = await openApp({ quotas: 'preset' });

    const { roles } = await app.as('customer').quotas.policy.query();

    expect(roles.map(({ role }) => role).toSorted()).toEqual(ROLES.toSorted());
    expect(roles.find(({ role }) => role === 'waiter')).toEqual({
      role: 'waiter',
      read: {
        name: 'waiter.read',
        windows: [{ name: '100/min', limit: 100, windowMs: MINUTE }],
      },
      write: {
        name: 'waiter.write',
        windows: [{ name: '50/5min', limit: 50, windowMs: 5 * MINUTE }],
      },
    });
  });

  test('S0-42 S1-25 S1-26 S1-27 S1-28 scopes are told, those in force and those that are not', async () => {
    await using app = await openApp({ preset: 'strict', quotas: 'preset' });

    const { scopes } = await app.as('anonymous').quotas.policy.query();

    expect(
      scopes.map(({ name, windows, per, failuresOnly, enforced }) =>
        [
          name,
          windows.map((window) => window.name).join(' and '),
          `per ${per}`,
          failuresOnly ? 'failures' : 'every try',
          enforced ? 'in force' : 'not',
        ].join(', '),
      ),
    ).toEqual([
      'login.strict.address, 20/min, per address, failures, in force',
      'login.strict, 5/hour, per address and name, every try, in force',
      'register, 5/hour, per address, every try, in force',
      'reset, 5/hour, per address, every try, in force',
      'refresh, 30/min, per family, every try, in force',
      'upload, 20/day, per account, every try, in force',
      'book.create, 5/day, per account, every try, in force',
      'book.cover, 20/day, per account, every try, in force',
      'contacts, 1000/day, per account, every try, not',
      'signup, 10/min, per address, every try, not',
      'burst.sustained, 60/min and 1000/day, per account, every try, not',
    ]);
  });
});

type Windows = { limit: number; windowMs: number }[];
interface Quotas {
  read: { windows: Windows };
  write: { windows: Windows };
}

function windowsIn({
  anonymous,
  roles,
}: {
  anonymous: Quotas;
  roles: (Quotas & { role: string })[];
}) {
  const numbers = (windows: Windows) => windows.map(({ limit, windowMs }) => [limit, windowMs]);
  const all = [{ role: 'anonymous', ...anonymous }, ...roles];
  return all.map(({ role, write, read }) => [role, numbers(write.windows), numbers(read.windows)]);
}
