import { describe, expect, test } from 'vitest';

import { GcraStore } from './gcra-store.ts';
import type { Preset } from './login-policies.ts';
import { rolePolicies } from './role-policies.ts';
import { type Scope, scopes } from './scopes.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

describe('scopes', () => {
  test('S0-42 strict holds sign-in to five tries an hour', () => {
    expect(scope('login.strict', 'strict')).toMatchObject({
      policy: { windows: [{ limit: 5, ms: 60 * MINUTE }] },
      counts: 'every try',
      enforced: true,
    });
  });

  test('S1-25 a pair: 60 in a minute and 1000 in a day, whichever is used up first', () => {
    const hands = { now: 0 };
    const store = new GcraStore(() => hands.now);
    const { policy } = scope('burst.sustained');

    const atOnce = answers(store, { policy, tries: 61 });
    hands.now = MINUTE;
    const rows = store.consume('one', policy, 0).rows;

    expect(atOnce.filter(({ allowed }) => allowed)).toHaveLength(60);
    expect(atOnce.at(-1)).toMatchObject({ allowed: false, window: '60/min' });
    expect(rows.map(({ window, remaining }) => [window, remaining])).toEqual([
      ['60/min', 60],
      ['1000/day', 940],
    ]);
  });

  test.each([
    ['S1-26 contact lists, whichever of them is asked for', 'contacts', 1_000],
    ['S1-26 uploads', 'upload', 20],
    ['S1-27 new books', 'book.create', 5],
  ])('%s: %s lets %i through a day, and no more', (_, name, limit) => {
    const store = new GcraStore(() => 0);
    const { policy } = scope(name);

    const tries = answers(store, { policy, tries: limit + 1 });

    expect(policy.windows).toEqual([{ name: `${limit}/day`, limit, ms: DAY }]);
    expect(tries.filter(({ allowed }) => allowed)).toHaveLength(limit);
    expect(tries.at(-1)).toMatchObject({ allowed: false, retryAfterMs: DAY / limit });
  });

  test('S1-28 ten sign-ups a minute from one address, and ten more a minute later', () => {
    const hands = { now: 0 };
    const store = new GcraStore(() => hands.now);
    const { policy, per } = scope('signup');

    const first = answers(store, { policy, tries: 11 });
    hands.now = MINUTE;
    const later = answers(store, { policy, tries: 11 });

    expect(per).toBe('address');
    expect(first.map(({ allowed }) => allowed).lastIndexOf(true)).toBe(9);
    expect(first.at(-1)?.retryAfterMs).toBeLessThanOrEqual(MINUTE);
    expect(later.filter(({ allowed }) => allowed)).toHaveLength(10);
  });

  test.each<[Preset, string[]]>([
    ['service', ['login.address', 'login.pair', 'login.account', 'register', 'reset', 'refresh']],
    ['strict', ['login.strict.address', 'login.strict', 'register', 'reset', 'refresh']],
  ])('%s: those of signing in, uploads and books are in force, and no other', (preset, names) => {
    const inForce = (wanted: Scope['till']) =>
      scopes[preset]
        .filter(({ enforced, till }) => enforced && till === wanted)
        .map(({ policy }) => policy.name);

    expect(inForce('sign-ins')).toEqual(names);
    expect(inForce('calls')).toEqual(['upload', 'book.create', 'book.cover']);
  });

  test.each<Preset>(['service', 'strict'])('%s: none has the name of another policy', (preset) => {
    const ofRoles = Object.values(rolePolicies[preset]).flatMap(({ read, write }) => [read, write]);
    const names = [...scopes[preset].map(({ policy }) => policy), ...ofRoles].map(
      ({ name }) => name,
    );

    expect(new Set(names).size).toBe(names.length);
  });
});

function scope(name: string, preset: Preset = 'service'): Scope {
  const found = scopes[preset].find(({ policy }) => policy.name === name);
  if (!found) throw new Error(`${preset} has no scope ${name}`);
  return found;
}

function answers(store: GcraStore, { policy, tries }: Pick<Scope, 'policy'> & { tries: number }) {
  return Array.from({ length: tries }, () => store.consume('one', policy));
}
