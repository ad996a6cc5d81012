import { describe, expect, test } from 'vitest';

import { GcraStore } from './gcra-store.ts';
import {
  type Budget,
  loginBudgets,
  refreshBudget,
  registerBudget,
  resetBudget,
} from './login-policies.ts';

const said = ({ policy, per, counts }: Budget) => [
  policy.windows.map(({ name }) => name).join(),
  per,
  counts,
];

describe('sign-in budgets', () => {
  test('strict counts every try, five an hour per address and name', () => {
    expect(loginBudgets.strict.map(said)).toEqual([
      ['20/min', 'address', 'failures'],
      ['5/hour', 'address and name', 'every try'],
    ]);
  });

  test('service counts failures, per address, pair and account', () => {
    expect(loginBudgets.service.map(said)).toEqual([
      ['20/min', 'address', 'failures'],
      ['5/15min', 'address and name', 'failures'],
      ['30/hour', 'account', 'failures'],
    ]);
  });

  test('register, reset and refresh have one each', () => {
    expect([registerBudget, resetBudget, refreshBudget].map(said)).toEqual([
      ['5/hour', 'address', 'every try'],
      ['5/hour', 'address', 'every try'],
      ['30/min', 'family', 'every try'],
    ]);
  });

  test('no two share a policy name, hence no bucket', () => {
    const names = [
      ...loginBudgets.service,
      ...loginBudgets.strict,
      registerBudget,
      resetBudget,
      refreshBudget,
    ].map(({ policy }) => policy.name);

    expect(new Set(names).size).toBe(names.length);
  });

  test('S0-42: the sixth sign-in of an hour is refused for twelve minutes', () => {
    const store = new GcraStore(() => 0);
    const [, { policy }] = loginBudgets.strict as [Budget, Budget];

    const tries = Array.from({ length: 6 }, () => store.consume('address and name', policy));

    expect(tries.map(({ allowed }) => allowed)).toEqual([true, true, true, true, true, false]);
    expect(tries[5]).toMatchObject({ retryAfterMs: 720_000 });
  });
});
