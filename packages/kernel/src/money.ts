import { moneyErrors } from './money.errors.ts';

/** Ten digits of the currency's smallest unit, as in a decimal(10,2). */
export const MAX_MINOR = 9_999_999_999;

/** All of something, in basis points. */
export const WHOLE_BPS = 10_000;

/** Refuses a sum that is beyond the largest amount, on either side of zero. */
export function sumOf(amounts: readonly number[]): number {
  return bounded(amounts.reduce((sum, amount) => sum + amount, 0));
}

/** Refuses a product that is beyond the largest amount. */
export function times(amount: number, quantity: number): number {
  return bounded(amount * quantity);
}

/** Rounded half-up by size, so that a refund mirrors its charge. */
export function bpsOf(amount: number, bps: number): number {
  return scaled(amount, bps, WHOLE_BPS);
}

/** The part of an amount that was put on top of the rest at `bps`: the tax in a price that includes it. */
export function bpsWithin(amount: number, bps: number): number {
  return scaled(amount, bps, WHOLE_BPS + bps);
}

/**
 * Parts that sum to the amount, by largest remainder; of equal remainders the earlier one wins.
 * Who weighs nothing gets nothing, unless nobody weighs anything: then all weigh the same.
 */
export function shareOut(amount: number, weights: readonly number[]): number[] {
  if (weights.length === 0 && amount !== 0) throw new RangeError('nobody to share an amount with');
  const weighed = weights.some((weight) => weight !== 0) ? weights : weights.map(() => 1);
  const whole = weighed.reduce((sum, weight) => sum + natural(weight), 0n);
  const size = natural(Math.abs(amount));
  const parts = weighed.map((weight, at) => {
    const product = size * natural(weight);
    return { at, units: product / whole, remainder: product % whole };
  });
  const left = Number(parts.reduce((rest, { units }) => rest - units, size));
  const byRemainder = parts.toSorted((one, other) => Number(other.remainder - one.remainder));
  for (const part of byRemainder.slice(0, left)) part.units += 1n;
  return parts.map(({ units }) => signed(units, amount));
}

/** How many decimals a currency is shown with; amounts themselves never have any. */
export function decimalsOf(currency: string): number {
  const shown = new Intl.NumberFormat('en', { style: 'currency', currency });
  return shown.resolvedOptions().maximumFractionDigits ?? 0;
}

function scaled(amount: number, by: number, per: number): number {
  const product = natural(Math.abs(amount)) * natural(by);
  const whole = natural(per);
  return bounded(signed((2n * product + whole) / (2n * whole), amount));
}

function signed(size: bigint, like: number): number {
  return Number(like < 0 ? -size : size);
}

function bounded(amount: number): number {
  if (Math.abs(amount) > MAX_MINOR) throw moneyErrors.AMOUNT_TOO_LARGE({ maxMinor: MAX_MINOR });
  if (!Number.isInteger(amount)) throw new RangeError(`${amount} is no amount`);
  return amount;
}

function natural(number: number): bigint {
  if (!Number.isSafeInteger(number) || number < 0)
    throw new RangeError(`${number} cannot be counted`);
  return BigInt(number);
}
