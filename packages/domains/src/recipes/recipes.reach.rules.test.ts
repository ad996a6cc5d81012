import { type Role, ROLES } from '@comanda/kernel/access';
import { describe, expect, test } from 'vitest';
import {
  isTheirs,
  reachesVault,
  readableBy,
  seesCraft,
  writableBy,
} from './recipes.reach.rules.ts';

/** – nothing · c the card of basic ones · b basic · a advanced, too · t top secret, too. By levels 1 to 5. */
// prettier-ignore
const READ: Record<Role, string> = {
  customer:      '– – – – –',
  employee:      '– – – – –',
  delivery_crew: '– – – – –',
  waiter:        '– c c c c',
  prep_cook:     '– b b b b',
  chef:          '– b b b b',
  sous_chef:     '– b b b b',
  head_chef:     '– b b a a',
  master_chef:   '– b b a t',
  manager:       '– b b b b',
  admin:         '– b b a a',
};

// prettier-ignore
const WRITE: Record<Role, string> = {
  customer:      '– – – – –',
  employee:      '– – – – –',
  delivery_crew: '– – – – –',
  waiter:        '– – – – –',
  prep_cook:     '– – – – –',
  chef:          '– – – – –',
  sous_chef:     '– b b b b',
  head_chef:     '– b b a a',
  master_chef:   '– b b a t',
  manager:       '– – – – –',
  admin:         '– – – – –',
};

/** Whose recipes those may change who may change any: o their own, e everybody's. */
const WHOSE: Record<Role, string> = {
  customer: '–',
  employee: '–',
  delivery_crew: '–',
  waiter: '–',
  prep_cook: '–',
  chef: '–',
  sous_chef: 'o',
  head_chef: 'o',
  master_chef: 'e',
  manager: '–',
  admin: '–',
};

const KINDS: Record<string, string[]> = {
  '–': [],
  c: ['basic'],
  b: ['basic'],
  a: ['basic', 'advanced'],
  t: ['basic', 'advanced', 'top_secret'],
};

const of = (table: Record<Role, string>) =>
  ROLES.flatMap((role) =>
    table[role].split(' ').map((sign, at) => ({ role, level: at + 1, sign, id: 'me' })),
  );

describe('a recipe', () => {
  test.each(of(READ))('D1 of a $role of level $level is read: $sign', ({ sign, ...cook }) => {
    expect(readableBy(cook)).toEqual(KINDS[sign]);
  });

  test.each(of(READ))(
    'D1 shows its craft to a $role of level $level who reads $sign, or it does not',
    ({ sign, ...cook }) => {
      expect(seesCraft(cook)).toBe(['b', 'a', 't'].includes(sign));
    },
  );

  test.each(of(WRITE))('D1 by a $role of level $level is written: $sign', ({ sign, ...cook }) => {
    expect(writableBy(cook)).toEqual(KINDS[sign]);
  });

  test.each(ROLES)('D1 is the author’s or the master’s to change: %s', (role) => {
    const cook = { role, level: 5, id: 'me' };

    expect(isTheirs(cook, { authorId: 'me' })).toBe(['o', 'e'].includes(WHOSE[role]));
    expect(isTheirs(cook, { authorId: 'you' })).toBe(WHOSE[role] === 'e');
  });
});

describe('the vault', () => {
  test.each(of(READ))(
    'S0-35 opens to a $role of level $level who reads $sign, or it does not',
    ({ sign, ...cook }) => {
      expect(reachesVault(cook)).toBe(sign === 't');
    },
  );
});
