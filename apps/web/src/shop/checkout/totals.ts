import type { OrderingTerms, OrderType } from '@comanda/client';

export type Tip = { fixed: number } | { bps: number };

interface PricedLine {
  total: number;
  /** The tax on it, where prices are without; unknown until the menu has told. */
  taxBps: number;
}

export interface Totals {
  subtotal: number;
  serviceCharge: number;
  /** On top; 0 where the prices contain it. */
  tax: number;
  deliveryFee: number;
  tip: number;
  total: number;
}

/**
 * What it will come to, reckoned as the service does, which has the last word: it refuses an order
 * that would cost something else, and tells how much.
 */
export function totalsOf(
  lines: readonly PricedLine[],
  terms: OrderingTerms,
  { type, tip }: { type: OrderType; tip: Tip },
): Totals {
  const subtotal = sum(lines.map(({ total }) => total));
  const serviceCharge = type === 'dine_in' ? bpsOf(subtotal, terms.serviceChargeBps) : 0;
  const deliveryFee = type === 'delivery' ? terms.deliveryFee : 0;
  const tax = terms.taxInclusive ? 0 : taxOn(lines, serviceCharge);
  const tipped = 'bps' in tip ? bpsOf(subtotal, tip.bps) : tip.fixed;
  const total = subtotal + serviceCharge + tax + deliveryFee + tipped;
  return { subtotal, serviceCharge, tax, deliveryFee, tip: tipped, total };
}

/** The service charge is taxed with the lines it falls on; each rate is rounded once. */
function taxOn(lines: readonly PricedLine[], serviceCharge: number): number {
  const charges = shareOut(
    serviceCharge,
    lines.map(({ total }) => total),
  );
  const taxed = new Map<number, number>();
  for (const [at, { total, taxBps }] of lines.entries()) {
    taxed.set(taxBps, (taxed.get(taxBps) ?? 0) + total + (charges[at] ?? 0));
  }
  return sum([...taxed].map(([bps, amount]) => bpsOf(amount, bps)));
}

/** By largest remainder; of equal ones the earlier wins. */
function shareOut(amount: number, weights: readonly number[]): number[] {
  const whole = sum(weights);
  if (whole === 0) return weights.map(() => 0);
  const parts = weights.map((weight) => Math.floor((amount * weight) / whole));
  const left = amount - sum(parts);
  const byRemainder = weights
    .map((weight, at) => ({ at, rest: (amount * weight) % whole }))
    .toSorted((one, other) => other.rest - one.rest);
  for (const { at } of byRemainder.slice(0, left)) parts[at] = (parts[at] ?? 0) + 1;
  return parts;
}

/** Rounded half-up. */
export function bpsOf(amount: number, bps: number): number {
  return Math.floor((2 * amount * bps + 10_000) / 20_000);
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((all, amount) => all + amount, 0);
}
