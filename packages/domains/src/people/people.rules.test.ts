import { type Role, ROLES } from '@comanda/kernel/access';
import type { DomainError } from '@comanda/kernel/errors';
import { describe, expect, test } from 'vitest';
import { INDISPENSABLE, loweredLevel, mayHandle } from './people.rules.ts';

// Who may give, change and take which roles; who is not named may none.
// prettier-ignore
const HANDLED: Record<Role, Role[]> = {
  customer: [], employee: [], delivery_crew: [], waiter: [], prep_cook: [], chef: [], sous_chef: [],
  head_chef: ['prep_cook', 'chef', 'sous_chef'],
  master_chef: ['prep_cook', 'chef', 'sous_chef', 'head_chef'],
  manager: ['employee', 'delivery_crew', 'waiter', 'prep_cook', 'chef', 'sous_chef', 'head_chef'],
  admin: [
    'customer', 'employee', 'delivery_crew', 'waiter', 'prep_cook', 'chef', 'sous_chef', 'head_chef',
    'master_chef', 'manager', 'admin',
  ],
};

function refusalFrom(attempt: () => unknown): Pick<DomainError, 'code' | 'details'> | undefined {
  try {
    attempt();
  } catch (error) {
    return error as DomainError;
  }
  return undefined;
}

describe('handling somebody’s role', () => {
  test.each(ROLES)('S2-04 a %s handles just those of the table', (role) => {
    const handled = ROLES.filter(
      (other) => !refusalFrom(() => mayHandle({ id: 'me', role }, 'you', [other])),
    );

    expect(handled).toEqual(HANDLED[role]);
  });

  test('takes a right to the old role and to the new one', () => {
    const manager = { id: 'me', role: 'manager' } as const;

    const refused = refusalFrom(() => mayHandle(manager, 'you', ['chef', 'admin']));

    expect(refused).toMatchObject({ code: 'GRANT_REFUSED', details: { role: 'admin' } });
  });

  test.each(ROLES)('a %s never handles their own, whatever it is', (role) => {
    const refused = refusalFrom(() => mayHandle({ id: 'me', role }, 'me', ['chef']));

    expect(refused).toMatchObject({ code: 'OWN_ROLE' });
  });
});

describe('the level to keep', () => {
  test.each([
    ['head_chef', 3, 3],
    ['head_chef', 1, 1],
    ['head_chef', 4, null],
    ['head_chef', null, null],
    ['head_chef', undefined, null],
    ['chef', 2, null],
    ['customer', 1, null],
    ['master_chef', 5, null],
  ] as const)('of a %s asked for %s is %s', (role, asked, kept) => {
    expect(loweredLevel(role, asked)).toBe(kept);
  });

  test.each([
    ['customer', 2, 1],
    ['waiter', 3, 2],
    ['sous_chef', 4, 3],
    ['manager', 5, 4],
    ['admin', 5, 4],
  ] as const)('of a %s is never %i', (role, asked, highest) => {
    const refused = refusalFrom(() => loweredLevel(role, asked));

    expect(refused).toMatchObject({ code: 'LEVEL_TOO_HIGH', details: { highest } });
  });
});

describe('the roles of which one must be left', () => {
  test('are the house’s admin and the restaurant’s manager', () => {
    expect(INDISPENSABLE).toEqual({ admin: 'everywhere', manager: 'here' });
  });
});
