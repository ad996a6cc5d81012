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
}

const everyTry = { counts: 'every try', enforced: false } as const;

const shared: readonly Scope[] = [
  ...[registerBudget, resetBudget, refreshBudget].map(enforced),
  { policy: policy('upload', '20/day'), per: 'account', ...everyTry },
  { policy: policy('book.create', '5/day'), per: 'account', ...everyTry },
  { policy: policy('contacts', '1000/day'), per: 'account', ...everyTry },
  { policy: policy('signup', '10/min'), per: 'address', ...everyTry },
  { policy: policy('burst.sustained', '60/min', '1000/day'), per: 'account', ...everyTry },
];

export const scopes: Record<Preset, readonly Scope[]> = {
  service: [...loginBudgets.service.map(enforced), ...shared],
  strict: [...loginBudgets.strict.map(enforced), ...shared],
};

function enforced(budget: Budget): Scope {
  return { ...budget, enforced: true };
}
