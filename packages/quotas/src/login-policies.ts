import { policy } from './rates.ts';
import type { Policy } from './store.ts';

export type Preset = 'service' | 'strict';

/** `failures`: a unit is taken before the hash and refunded when the password was right. */
export interface Budget {
  readonly policy: Policy;
  readonly per: 'address' | 'address and name' | 'account' | 'family';
  readonly counts: 'failures' | 'every try';
}

/** To be charged in this order, up to the first refusal: one address can then use up nobody's account budget. */
export const loginBudgets: Record<Preset, readonly Budget[]> = {
  service: [
    { policy: policy('login.address', '20/min'), per: 'address', counts: 'failures' },
    { policy: policy('login.pair', '5/15min'), per: 'address and name', counts: 'failures' },
    { policy: policy('login.account', '30/hour'), per: 'account', counts: 'failures' },
  ],
  strict: [
    { policy: policy('login.strict.address', '20/min'), per: 'address', counts: 'failures' },
    { policy: policy('login.strict', '5/hour'), per: 'address and name', counts: 'every try' },
  ],
};

export const registerBudget: Budget = {
  policy: policy('register', '5/hour'),
  per: 'address',
  counts: 'every try',
};
export const resetBudget: Budget = {
  policy: policy('reset', '5/hour'),
  per: 'address',
  counts: 'every try',
};
export const refreshBudget: Budget = {
  policy: policy('refresh', '30/min'),
  per: 'family',
  counts: 'every try',
};
