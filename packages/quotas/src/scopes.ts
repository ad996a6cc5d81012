import {
  type Budget,
  loginBudgets,
  type Preset,
  refreshBudget,
  registerBudget,
  resetBudget,
} from './login-policies.ts';
import { policy } from './rates.ts';

/** A budget of its own. `enforced`: calls are charged to it, and refused when it is used up. */
export interface Scope extends Budget {
  readonly enforced: boolean;
  /** With what it is counted: the two are kept apart. */
  readonly till: 'calls' | 'sign-ins';
}

export const bookBudget = {
  policy: policy('book.create', '5/day'),
  per: 'account',
  counts: 'every try',
} as const satisfies Budget;

export const uploadBudget = {
  policy: policy('upload', '20/day'),
  per: 'account',
  counts: 'every try',
} as const satisfies Budget;

export const coverBudget = {
  policy: policy('book.cover', '20/day'),
  per: 'account',
  counts: 'every try',
} as const satisfies Budget;

const everyTry = { counts: 'every try', enforced: false, till: 'calls' } as const;

const shared: readonly Scope[] = [
  ...[registerBudget, resetBudget, refreshBudget].map(ofSigningIn),
  { ...uploadBudget, enforced: true, till: 'calls' },
  { ...bookBudget, enforced: true, till: 'calls' },
  { ...coverBudget, enforced: true, till: 'calls' },
  { policy: policy('contacts', '1000/day'), per: 'account', ...everyTry },
  { policy: policy('signup', '10/min'), per: 'address', ...everyTry },
  { policy: policy('burst.sustained', '60/min', '1000/day'), per: 'account', ...everyTry },
];

export const scopes: Record<Preset, readonly Scope[]> = {
  service: [...loginBudgets.service.map(ofSigningIn), ...shared],
  strict: [...loginBudgets.strict.map(ofSigningIn), ...shared],
};

function ofSigningIn(budget: Budget): Scope {
  return { ...budget, enforced: true, till: 'sign-ins' };
}
