import { MAX_MINOR } from '@comanda/kernel/money';
import { z } from 'zod';

const Amount = z.int().min(0).max(MAX_MINOR);

/** What orders come in: eaten here, fetched, or brought. */
const OrderWays = z
  .array(z.enum(['dine_in', 'pickup', 'delivery']))
  .min(1)
  .max(3)
  .refine((ways) => new Set(ways).size === ways.length, 'a way stands twice');

/** On which terms a restaurant takes orders. */
export const OrderingTerms = z.strictObject({
  types: OrderWays,
  /** Whether the prices on the menu contain the tax. */
  taxInclusive: z.boolean(),
  /** Of what is eaten here. */
  serviceChargeBps: z.int().min(0).max(10_000),
  deliveryFee: Amount,
  /** The least that can be ordered from a cart, before fees and tip. */
  minimum: Amount,
  /** Whether an order is confirmed by being placed. */
  autoConfirm: z.boolean(),
  /** How long an order takes at least, as guests are told. */
  prepMinutes: z.int().min(0).max(1_440),
});
export type OrderingTerms = z.infer<typeof OrderingTerms>;
