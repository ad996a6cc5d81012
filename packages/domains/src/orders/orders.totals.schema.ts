import { z } from 'zod';

/** An amount as such, or as a share of what it is taken from. */
export const Portion = z.union([
  z.strictObject({ fixed: z.int() }),
  z.strictObject({ bps: z.int() }),
]);
export type Portion = z.infer<typeof Portion>;

/** On which terms an order was reckoned. */
export const Terms = z.object({
  /** Whether the prices on the menu contain the tax. */
  taxInclusive: z.boolean(),
  serviceChargeBps: z.int(),
  deliveryFee: z.int(),
  discount: Portion,
  tip: Portion,
});
export type Terms = z.infer<typeof Terms>;

export const PricedLine = z.object({
  unit: z.int(),
  optionsDelta: z.int(),
  quantity: z.int(),
  taxBps: z.int(),
});
export type PricedLine = z.infer<typeof PricedLine>;

export const LineTotals = PricedLine.extend({
  gross: z.int(),
  discount: z.int(),
  serviceCharge: z.int(),
  tax: z.int(),
  /** What the line costs in the end, tax included either way; delivery and tip belong to no line. */
  total: z.int(),
});
export type LineTotals = z.infer<typeof LineTotals>;

export const TaxTotals = z.object({
  bps: z.int(),
  /** What is taxed, without the tax, whether prices contain it or not. */
  base: z.int(),
  tax: z.int(),
});
export type TaxTotals = z.infer<typeof TaxTotals>;

/** All sums of an order. It holds all that it was reckoned from. */
export const TotalsSnapshot = z.object({
  terms: Terms,
  lines: z.array(LineTotals),
  subtotal: z.int(),
  discount: z.int(),
  serviceCharge: z.int(),
  tax: z.int(),
  deliveryFee: z.int(),
  tip: z.int(),
  total: z.int(),
  taxes: z.array(TaxTotals),
});
export type TotalsSnapshot = z.infer<typeof TotalsSnapshot>;
