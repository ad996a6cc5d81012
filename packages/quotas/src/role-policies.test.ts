import { type Caller, CALLERS } from '@comanda/kernel/access';
import { describe, expect, test } from 'vitest';

import { GcraStore } from './gcra-store.ts';
import type { Preset } from './login-policies.ts';
import { rolePolicies } from './role-policies.ts';
import type { Policy } from './store.ts';

const { service, strict } = rolePolicies;
const words = ({ windows }: Policy) => windows.map(({ name }) => name).join(' and ');
const namesOf = (preset: Preset) =>
  Object.values(rolePolicies[preset]).flatMap(({ read, write }) => [read.name, write.name]);

describe('writes of a role', () => {
  test.each<[Caller, number]>([
    ['master_chef', 1_000],
    ['head_chef', 500],
    ['sous_chef', 100],
    ['waiter', 50],
    ['customer', 20],
    ['anonymous', 5],
  ])('S0-40 strict lets %s write %i times an hour, and no more', (caller, limit) => {
    const store = new GcraStore(() => 0);
    const { write } = strict[caller];

    const last = Array.from({ length: limit }, () => store.consume('one', write)).at(-1);
    const more = store.consume('one', write);

    expect(write.windows).toEqual([{ name: `${limit}/hour`, limit, ms: 3_600_000 }]);
    expect(last).toMatchObject({ allowed: true, remaining: 0 });
    expect(more).toMatchObject({ allowed: false, retryAfterMs: 3_600_000 / limit });
  });

  test.each<[Caller, string]>([
    ['anonymous', '5/hour'],
    ['customer', '20/hour'],
    ['employee', '20/hour'],
    ['head_chef', '500/hour'],
    ['sous_chef', '100/hour'],
    ['master_chef', '1000/hour'],
  ])('S0-41 strict starts %s at %s', (caller, expected) => {
    expect(words(strict[caller].write)).toBe(expected);
  });

  test('D8 service has the numbers of strict, for five minutes', () => {
    const perFiveMinutes = CALLERS.map((caller) => words(strict[caller].write)).map((hourly) =>
      hourly.replace('/hour', '/5min'),
    );

    expect(CALLERS.map((caller) => words(service[caller].write))).toEqual(perFiveMinutes);
  });

  test('D8 roles between those of the source have the number of their neighbours', () => {
    expect(words(strict.delivery_crew.write)).toBe(words(strict.waiter.write));
    expect(words(strict.prep_cook.write)).toBe(words(strict.waiter.write));
    expect(words(strict.chef.write)).toBe(words(strict.sous_chef.write));
    expect(words(strict.manager.write)).toBe(words(strict.head_chef.write));
    expect(words(strict.admin.write)).toBe(words(strict.master_chef.write));
  });
});

describe('reads of a role', () => {
  test('S2-15 service: 20 a minute for whoever has not signed in, 100 for all others', () => {
    const [anonymous, ...signedIn] = CALLERS.map((caller) => words(service[caller].read));

    expect(anonymous).toBe('20/min');
    expect(new Set(signedIn)).toEqual(new Set(['100/min']));
  });

  test('S1-24 strict: 100 an hour for whoever has not signed in, 1000 for a user', () => {
    expect(words(strict.anonymous.read)).toBe('20/min and 100/hour');
    expect(words(strict.customer.read)).toBe('100/min and 1000/hour');
  });

  test('D8 strict: from the head chef up there is no sustained limit', () => {
    const bounded = CALLERS.filter((caller) => strict[caller].read.windows.length === 2);

    expect(bounded).toEqual(CALLERS.slice(0, CALLERS.indexOf('head_chef')));
  });

  test('S1-25 burst and sustained are charged together, and a refused call in neither', () => {
    const store = new GcraStore(() => 0);
    const { read } = strict.anonymous;

    const tries = Array.from({ length: 30 }, () => store.consume('one', read));

    expect(tries.filter(({ allowed }) => allowed)).toHaveLength(20);
    expect(tries.at(-1)?.rows.map(({ remaining }) => remaining)).toEqual([0, 80]);
  });

  test('S1-24 whoever reads on at the pace of the minute meets the limit of the hour', () => {
    const hands = { now: 0 };
    const store = new GcraStore(() => hands.now);
    const { read } = strict.anonymous;

    const refused = Array.from({ length: 200 }, (_, nth) => {
      hands.now = nth * 3_000;
      return store.consume('one', read);
    }).find(({ allowed }) => !allowed);

    expect(refused).toMatchObject({ window: '100/hour', remaining: 0 });
  });
});

describe('the table of roles', () => {
  test.each<Preset>(['service', 'strict'])('%s names no bucket twice', (preset) => {
    expect(new Set(namesOf(preset)).size).toBe(CALLERS.length * 2);
    expect(namesOf(preset).slice(0, 4)).toEqual([
      'anonymous.read',
      'anonymous.write',
      'customer.read',
      'customer.write',
    ]);
  });
});
