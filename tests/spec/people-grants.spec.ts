import { type Role, ROLES } from '@comanda/kernel/access';
import type { TestApp } from '@comanda/testing';
import { PASSWORD } from '@comanda/testing/given';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';

// The grant table. Columns in the order of ROLES; + may, r is refused that role, f has not the capability.
// prettier-ignore
const GRANT_TABLE = [
  //                 cu  em  dc  wa  pc  ch  so  hd  ms  mg  ad
  ['customer',      'f   f   f   f   f   f   f   f   f   f   f'],
  ['employee',      'f   f   f   f   f   f   f   f   f   f   f'],
  ['delivery_crew', 'f   f   f   f   f   f   f   f   f   f   f'],
  ['waiter',        'f   f   f   f   f   f   f   f   f   f   f'],
  ['prep_cook',     'f   f   f   f   f   f   f   f   f   f   f'],
  ['chef',          'f   f   f   f   f   f   f   f   f   f   f'],
  ['sous_chef',     'f   f   f   f   f   f   f   f   f   f   f'],
  ['head_chef',     'r   r   r   r   +   +   +   r   r   r   r'],
  ['master_chef',   'r   r   r   r   +   +   +   +   r   r   r'],
  ['manager',       'r   +   +   +   +   +   +   +   r   r   r'],
  ['admin',         '+   +   +   +   +   +   +   +   +   +   +'],
] as const;

const LETTERS: Record<string, string> = { GRANT_REFUSED: 'r', FORBIDDEN: 'f' };

/** How each role fares, in a row as the table writes them. */
async function fares(attempt: (role: Role) => Promise<unknown>): Promise<string> {
  const outcomes: string[] = [];
  for (const role of ROLES) {
    const outcome = attempt(role).then(
      () => '+',
      (error: Error & { data?: { reason: string } }) =>
        LETTERS[error.data?.reason ?? ''] ?? error.message,
    );
    outcomes.push(await outcome);
  }
  return outcomes.join('   ');
}

async function colleague(app: TestApp, role: Role): Promise<string> {
  const { restaurantId } = app.home;
  return (await app.given.person({ role, restaurantId })).id;
}

describe('giving and taking roles', () => {
  test.each(GRANT_TABLE)('D2 S2-04 what a %s may give to a prep cook', async (giver, row) => {
    await using app = await openApp();
    const { people } = app.as(giver);

    const given = await fares(async (role) =>
      people.setRole.mutate({ personId: await colleague(app, 'prep_cook'), role }),
    );

    expect(given).toBe(row);
  });

  test.each(GRANT_TABLE)(
    'D2 S2-04 what a %s may take, making a prep cook of it',
    async (giver, row) => {
      await using app = await openApp();
      const { people } = app.as(giver);

      const taken = await fares(async (role) =>
        people.setRole.mutate({ personId: await colleague(app, role), role: 'prep_cook' }),
      );

      expect(taken).toBe(row);
    },
  );

  test.each(GRANT_TABLE)('D2 S3-13 as whom a %s may hire', async (giver, row) => {
    await using app = await openApp();
    const { people } = app.as(giver);

    const hired = await fares(async (role) => {
      const { username } = await app.given.person();
      return people.create.mutate({ existing: username, role });
    });

    expect(hired).toBe(row);
  });

  test.each(GRANT_TABLE)('D2 S3-13 as whom a %s may hire anew', async (giver, row) => {
    await using app = await openApp();
    const { people } = app.as(giver);

    const hired = await fares((role) =>
      people.create.mutate({ username: `new.${role}`, password: PASSWORD, role }),
    );

    expect(hired).toBe(row);
  });

  test.each(GRANT_TABLE)('D2 whom a %s may deactivate', async (giver, row) => {
    await using app = await openApp();
    const { people } = app.as(giver);

    const removed = await fares(async (role) =>
      people.deactivate.mutate({ personId: await colleague(app, role) }),
    );

    expect(removed).toBe(row);
  });

  test.each(GRANT_TABLE)('D2 whom a %s may bring back', async (giver, row) => {
    await using app = await openApp();
    const { people } = app.as(giver);

    const back = await fares(async (role) =>
      people.reactivate.mutate({ personId: await colleague(app, role) }),
    );

    expect(back).toBe(row);
  });

  test.each(GRANT_TABLE)('D2 whose level a %s may lower', async (giver, row) => {
    await using app = await openApp();
    const { people } = app.as(giver);

    const lowered = await fares(async (role) =>
      people.setLevel.mutate({ personId: await colleague(app, role), level: 1 }),
    );

    expect(lowered).toBe(row);
  });

  test.each(GRANT_TABLE)('D2 to whom a %s may give a reset code', async (giver, row) => {
    await using app = await openApp();
    const { people } = app.as(giver);

    const helped = await fares(async (role) =>
      people.issueResetCode.mutate({ personId: await colleague(app, role) }),
    );

    expect(helped).toBe(row);
  });

  test('a refusal names the role that is out of hand', async () => {
    await using app = await openApp();
    const { people } = app.as('manager');

    const refused = await refusalOf(
      people.setRole.mutate({ personId: app.home.staff.chef.id, role: 'manager' }),
    );

    expect(refused).toMatchObject({
      reason: 'GRANT_REFUSED',
      httpStatus: 403,
      details: { role: 'manager' },
    });
  });

  test('a refused role leaves no trace', async () => {
    await using app = await openApp();
    const { people } = app.as('manager');
    const personId = app.home.staff.chef.id;

    await refusalOf(people.setRole.mutate({ personId, role: 'admin' }));

    expect(await people.show.query({ personId })).toMatchObject({ role: 'chef', version: 1 });
  });
});

describe('touching an own membership', () => {
  test.each(['head_chef', 'master_chef', 'manager', 'admin'] as const)(
    'D2 a %s changes neither their own role nor level nor membership',
    async (role) => {
      await using app = await openApp();
      const personId = app.home.staff[role].id;
      await app.given.person({ role });
      const { people } = app.as(role);

      const refused = await Promise.all([
        refusalOf(people.setRole.mutate({ personId, role: 'prep_cook' })),
        refusalOf(people.setLevel.mutate({ personId, level: 1 })),
        refusalOf(people.deactivate.mutate({ personId })),
        refusalOf(people.reactivate.mutate({ personId })),
        refusalOf(people.issueResetCode.mutate({ personId })),
        refusalOf(people.create.mutate({ existing: role, role: 'prep_cook' })),
      ]);

      expect(new Set(refused.map(({ reason }) => reason))).toEqual(new Set(['OWN_ROLE']));
    },
  );

  test('an admin does not close their own account', async () => {
    await using app = await openApp();
    await app.given.person({ role: 'admin' });

    const refused = await refusalOf(
      app.as('admin').people.deactivateAccount.mutate({ personId: app.home.staff.admin.id }),
    );

    expect(refused).toMatchObject({ reason: 'OWN_ROLE', httpStatus: 403 });
  });

  test('an admin does not hire themselves elsewhere', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();

    const refused = await refusalOf(
      app.as('admin').people.create.mutate({ restaurantId, existing: 'admin', role: 'manager' }),
    );

    expect(refused.reason).toBe('OWN_ROLE');
  });
});
