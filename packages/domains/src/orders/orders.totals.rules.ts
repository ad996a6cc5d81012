import { bpsOf, bpsWithin, shareOut, sumOf, times, WHOLE_BPS } from '@comanda/kernel/money';
import type {
  Portion,
  PricedLine,
  TaxTotals,
  Terms,
  TotalsSnapshot as Totals,
} from './orders.totals.schema.ts';

interface Taxable {
  taxBps: number;
  taxable: number;
}

/**
 * Refuses what is beyond the largest amount. The service charge is taxed with the lines it falls on,
 * each at its own rate: what a guest has to pay for a meal is part of its price (2006/112/EC, article 78).
 */
export function totalsOf(lines: readonly PricedLine[], terms: Terms): Totals {
  const { taxInclusive } = terms;
  const priced = lines.map(grossLine);
  const subtotal = sumOf(priced.map(({ gross }) => gross));
  const discount = Math.min(portionOf(subtotal, terms.discount), subtotal);
  const discounted = subtotal - discount;
  const serviceCharge = bpsOf(discounted, terms.serviceChargeBps);
  const taxable = taxableLines(priced, { discount, serviceCharge });
  const taxes = taxesOn(taxable, taxInclusive);
  const tax = sumOf(taxes.map((rate) => rate.tax));
  const tip = portionOf(discounted, terms.tip);
  const deliveryFee = portionOf(subtotal, { fixed: terms.deliveryFee });
  const onTop = taxInclusive ? 0 : tax;
  return {
    terms,
    lines: taxedLines(taxable, taxes).map(({ taxable, ...line }) => ({
      ...line,
      total: taxInclusive ? taxable : sumOf([taxable, line.tax]),
    })),
    subtotal,
    discount,
    serviceCharge,
    tax,
    deliveryFee,
    tip,
    total: sumOf([discounted, serviceCharge, onTop, deliveryFee, tip]),
    taxes,
  };
}

/** The totals that a snapshot must have, from nothing but itself. */
export function recompute({ lines, terms }: Totals): Totals {
  return totalsOf(lines, terms);
}

/** Options that take off more than the item costs make it free, not cheaper than that. */
function grossLine({ unit, optionsDelta, quantity, taxBps }: PricedLine) {
  const gross = times(Math.max(0, unit + optionsDelta), quantity);
  return { unit, optionsDelta, quantity, taxBps, gross };
}

function taxableLines<Line extends { gross: number }>(
  lines: readonly Line[],
  { discount, serviceCharge }: { discount: number; serviceCharge: number },
) {
  const discounted = shared(discount, lines, ({ gross }) => gross).map(([line, share]) => ({
    ...line,
    discount: share,
  }));
  const left = (line: { gross: number; discount: number }) => line.gross - line.discount;
  return shared(serviceCharge, discounted, left).map(([line, share]) => ({
    ...line,
    serviceCharge: share,
    taxable: left(line) + share,
  }));
}

/** Rounded once for each rate, over all its lines. */
function taxesOn(lines: readonly Taxable[], taxInclusive: boolean): TaxTotals[] {
  const rates = [...new Set(lines.map(({ taxBps }) => taxBps))].toSorted((a, b) => a - b);
  return rates.map((bps) => {
    const taxed = sumOf(lines.map((line) => taxableAt(bps, line)));
    const tax = taxInclusive ? bpsWithin(taxed, bps) : bpsOf(taxed, bps);
    return { bps, base: taxInclusive ? taxed - tax : taxed, tax };
  });
}

function taxedLines<Line extends Taxable>(lines: readonly Line[], taxes: readonly TaxTotals[]) {
  const untaxed = lines.map((line) => ({ ...line, tax: 0 }));
  return taxes.reduce(
    (lines, { bps, tax }) =>
      shared(tax, lines, (line) => taxableAt(bps, line)).map(([line, share]) => ({
        ...line,
        tax: line.tax + share,
      })),
    untaxed,
  );
}

function taxableAt(bps: number, { taxBps, taxable }: Taxable): number {
  return taxBps === bps ? taxable : 0;
}

function shared<Line>(
  amount: number,
  lines: readonly Line[],
  weightOf: (line: Line) => number,
): [Line, number][] {
  const shares = shareOut(amount, lines.map(weightOf));
  return lines.map((line, at) => [line, shares[at] ?? 0]);
}

function portionOf(whole: number, portion: Portion): number {
  const [size, most] = 'bps' in portion ? [portion.bps, WHOLE_BPS] : [portion.fixed, Infinity];
  if (size < 0 || size > most) throw new RangeError(`${size} is no portion`);
  return 'bps' in portion ? bpsOf(whole, portion.bps) : portion.fixed;
}
