import type { OrderingTerms } from './restaurants.ordering.schema.ts';

const DEFAULTS: OrderingTerms = {
  types: ['dine_in', 'pickup', 'delivery'],
  taxInclusive: true,
  serviceChargeBps: 0,
  deliveryFee: 0,
  minimum: 0,
  autoConfirm: false,
  prepMinutes: 20,
};

/** What holds, whether or not anybody has ever said so. */
export function termsOf(kept: OrderingTerms | null): OrderingTerms {
  return { ...DEFAULTS, ...kept };
}

type Changes = { [Term in keyof OrderingTerms]?: OrderingTerms[Term] | undefined };

/** What was not named stays as it is. */
export function termsWith(kept: OrderingTerms | null, changes: Changes): OrderingTerms {
  const named = Object.entries(changes).filter(([, value]) => value !== undefined);
  return { ...termsOf(kept), ...Object.fromEntries(named) };
}
