import { isRefusal } from '@comanda/kernel/errors';
import { MAX_MINOR } from '@comanda/kernel/money';
import { moneyErrors } from '@comanda/kernel/money.errors';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recompute, totalsOf } from './orders.totals.rules.ts';
import type {
  LineTotals,
  PricedLine,
  Terms,
  TotalsSnapshot as Totals,
} from './orders.totals.schema.ts';

const PLAIN: Terms = {
  taxInclusive: false,
  serviceChargeBps: 0,
  deliveryFee: 0,
  discount: { fixed: 0 },
  tip: { fixed: 0 },
};
const FULL: Terms = {
  taxInclusive: false,
  serviceChargeBps: 1_250,
  deliveryFee: 250,
  discount: { bps: 1_000 },
  tip: { bps: 1_000 },
};
const DINNER: PricedLine[] = [
  { unit: 900, optionsDelta: 100, quantity: 2, taxBps: 1_000 },
  { unit: 1_500, optionsDelta: 0, quantity: 1, taxBps: 2_000 },
];

const rate = fc.oneof(fc.constantFrom(0, 550, 700, 1_900, 2_550), fc.nat({ max: 10_000 }));
const portion = fc.oneof(
  fc.record({ fixed: fc.nat({ max: 30_000 }) }),
  fc.record({ bps: fc.nat({ max: 10_000 }) }),
);
const terms: fc.Arbitrary<Terms> = fc.record({
  taxInclusive: fc.boolean(),
  serviceChargeBps: fc.nat({ max: 2_500 }),
  deliveryFee: fc.nat({ max: 2_000 }),
  discount: portion,
  tip: portion,
});
const linesOf = (unit: fc.Arbitrary<number>) =>
  fc.array(
    fc.record({
      unit,
      optionsDelta: fc.integer({ min: -600, max: 600 }),
      quantity: fc.integer({ min: 1, max: 99 }),
      taxBps: rate,
    }),
    { maxLength: 20 },
  );
const lines = linesOf(fc.nat({ max: 5_000 }));
const totals = fc.tuple(lines, terms).map(([some, on]) => totalsOf(some, on));

/** Holds a law against thousands of random orders. */
function always(law: (order: Totals) => void): void {
  fc.assert(fc.property(totals, law), { numRuns: 10_000 });
}

function sum<Row>(rows: readonly Row[], pick: (row: Row) => number): number {
  return rows.reduce((total, row) => total + pick(row), 0);
}

function taxable({ gross, discount, serviceCharge }: LineTotals): number {
  return gross - discount + serviceCharge;
}

/** Every amount of an order, at whatever depth. */
function amountsIn({ terms: _, ...order }: Totals): number[] {
  const deep = (value: unknown): number[] =>
    typeof value === 'number' ? [value] : Object.values(value as object).flatMap(deep);
  const lines = order.lines.map(({ optionsDelta: __, ...line }) => line);
  return deep({ ...order, lines });
}

function thrownBy(work: () => unknown): unknown {
  try {
    return { nothingThrown: work() };
  } catch (error) {
    return error;
  }
}

function largestIn(outcome: unknown): number {
  const { nothingThrown } = outcome as { nothingThrown: Totals };
  return Math.max(0, ...amountsIn(nothingThrown));
}

describe('the totals of an order', () => {
  test('D6 with tax on top: discount, service charge, tax, delivery and tip, one after the other', () => {
    const order = totalsOf(DINNER, FULL);

    expect(order).toEqual({
      terms: FULL,
      lines: [
        { ...DINNER[0], gross: 2_000, discount: 200, serviceCharge: 225, tax: 203, total: 2_228 },
        { ...DINNER[1], gross: 1_500, discount: 150, serviceCharge: 169, tax: 304, total: 1_823 },
      ],
      subtotal: 3_500,
      discount: 350,
      serviceCharge: 394,
      tax: 507,
      deliveryFee: 250,
      tip: 315,
      total: 4_616,
      taxes: [
        { bps: 1_000, base: 2_025, tax: 203 },
        { bps: 2_000, base: 1_519, tax: 304 },
      ],
    });
  });

  test('D6 with tax inside: it is told and not added', () => {
    const order = totalsOf(DINNER, { ...FULL, taxInclusive: true });

    expect(order).toMatchObject({ tax: 437, total: 4_109 });
    expect(order.lines.map(({ tax, total }) => ({ tax, total }))).toEqual([
      { tax: 184, total: 2_025 },
      { tax: 253, total: 1_519 },
    ]);
    expect(order.taxes).toEqual([
      { bps: 1_000, base: 1_841, tax: 184 },
      { bps: 2_000, base: 1_266, tax: 253 },
    ]);
  });

  test('D6 tax is rounded once for each rate, not for each line', () => {
    const coffee = { unit: 105, optionsDelta: 0, quantity: 1, taxBps: 1_000 };

    const order = totalsOf([coffee, coffee, coffee], PLAIN);

    expect(order.tax).toBe(32);
    expect(order.lines.map(({ tax }) => tax)).toEqual([11, 11, 10]);
  });

  test('D6 a discount takes off all there is, and no more', () => {
    const order = totalsOf(DINNER, { ...FULL, discount: { fixed: 99_999 } });

    expect(order).toMatchObject({ subtotal: 3_500, discount: 3_500, serviceCharge: 0, tax: 0 });
    expect(order).toMatchObject({ tip: 0, total: 250 });
  });

  test('D6 a tip is as large as the meal at most when it is a share, and free when it is not', () => {
    expect(totalsOf(DINNER, { ...PLAIN, tip: { bps: 10_000 } }).tip).toBe(3_500);
    expect(totalsOf(DINNER, { ...PLAIN, tip: { fixed: 5_000 } }).tip).toBe(5_000);
  });

  test('D6 tip and delivery are not taxed', () => {
    const bare = totalsOf(DINNER, PLAIN);
    const more = totalsOf(DINNER, { ...PLAIN, deliveryFee: 700, tip: { fixed: 900 } });

    expect(more.tax).toBe(bare.tax);
    expect(more.total).toBe(bare.total + 1_600);
  });

  test('D6 options that take off more than the item costs make it free', () => {
    const bread = { unit: 200, optionsDelta: -300, quantity: 3, taxBps: 700 };

    expect(totalsOf([bread], PLAIN)).toMatchObject({ subtotal: 0, tax: 0, total: 0 });
  });

  test('D6 an order without lines costs its fees', () => {
    expect(totalsOf([], FULL)).toMatchObject({ lines: [], taxes: [], subtotal: 0, total: 250 });
  });

  test('D6 may reach the maximum, and not one unit more', () => {
    const feast = { unit: 101_010_101, optionsDelta: 0, quantity: 99, taxBps: 0 };

    const beyond = thrownBy(() => totalsOf([feast], { ...PLAIN, deliveryFee: 1 }));

    expect(totalsOf([feast], PLAIN).total).toBe(MAX_MINOR);
    expect(isRefusal(beyond, moneyErrors.AMOUNT_TOO_LARGE)).toBe(true);
  });

  test.each([
    ['a tip above all of it', { tip: { bps: 10_001 } }],
    ['a tip below nothing', { tip: { bps: -1 } }],
    ['a fixed tip below nothing', { tip: { fixed: -1 } }],
    ['a discount that adds', { discount: { fixed: -1 } }],
    ['a delivery that pays', { deliveryFee: -1 }],
    ['a service that pays', { serviceChargeBps: -1 }],
    ['half a cent', { deliveryFee: 0.5 }],
  ] satisfies [string, Partial<Terms>][])('D6 %s is a fault', (_, wrong) => {
    expect(thrownBy(() => totalsOf(DINNER, { ...PLAIN, ...wrong }))).toBeInstanceOf(RangeError);
  });
});

describe('whatever is ordered', () => {
  test('P21 D6 D12 the steps sum to the total', () => {
    always(({ terms: { taxInclusive }, ...order }) => {
      const { subtotal, discount, serviceCharge, tax, deliveryFee, tip, total } = order;
      const onTop = taxInclusive ? 0 : tax;

      expect(total).toBe(subtotal - discount + serviceCharge + onTop + deliveryFee + tip);
    });
  });

  test('P21 D6 D12 the lines sum to the totals', () => {
    always(({ lines, ...order }) => {
      expect({
        subtotal: sum(lines, ({ gross }) => gross),
        discount: sum(lines, ({ discount }) => discount),
        serviceCharge: sum(lines, ({ serviceCharge }) => serviceCharge),
        tax: sum(lines, ({ tax }) => tax),
        total: sum(lines, ({ total }) => total) + order.deliveryFee + order.tip,
      }).toEqual({
        subtotal: order.subtotal,
        discount: order.discount,
        serviceCharge: order.serviceCharge,
        tax: order.tax,
        total: order.total,
      });
    });
  });

  test('D6 D12 each line sums up by itself', () => {
    always(({ lines, terms: { taxInclusive } }) => {
      const wrong = lines.filter(
        (line) => line.total !== taxable(line) + (taxInclusive ? 0 : line.tax),
      );

      expect(wrong).toEqual([]);
    });
  });

  test('D6 D12 each rate has its lines, and is rounded half-up over all of them', () => {
    always(({ lines, taxes, terms: { taxInclusive } }) => {
      const bySums = [...new Set(lines.map(({ taxBps }) => taxBps))]
        .toSorted((a, b) => a - b)
        .map((bps) => {
          const ofRate = lines.filter(({ taxBps }) => taxBps === bps);
          const on = BigInt(sum(ofRate, taxable));
          const per = taxInclusive ? 10_000n + BigInt(bps) : 10_000n;
          const tax = Number((on * BigInt(bps) * 2n + per) / (per * 2n));
          const base = Number(on) - (taxInclusive ? tax : 0);
          return { bps, base, tax, ofLines: sum(ofRate, (line) => line.tax) };
        });

      expect(taxes.map((rate) => ({ ...rate, ofLines: rate.tax }))).toEqual(bySums);
    });
  });

  test('D6 D12 bases and taxes are what the lines cost', () => {
    always(({ lines, taxes }) => {
      const taxed = sum(taxes, ({ base, tax }) => base + tax);

      expect(taxed).toBe(sum(lines, ({ total }) => total));
    });
  });

  test('P21 D6 D12 nothing is below zero, beyond the maximum or between two cents', () => {
    always((order) => {
      const odd = amountsIn(order).filter(
        (amount) => !Number.isInteger(amount) || amount < 0 || amount > MAX_MINOR,
      );

      expect(odd).toEqual([]);
    });
  });

  test('D6 D12 no line is discounted or taxed by more than it has', () => {
    always(({ lines }) => {
      const wrong = lines.filter((line) => line.discount > line.gross || line.tax > taxable(line));

      expect(wrong).toEqual([]);
    });
  });

  test('P21 S2-11 D6 D12 the snapshot alone gives the totals again, stored and read', () => {
    always((order) => {
      const stored = JSON.parse(JSON.stringify(order)) as Totals;

      expect(stored).toEqual(order);
      expect(recompute(stored)).toEqual(order);
    });
  });

  test('D6 no amount beyond the maximum gets out', () => {
    const dear = linesOf(fc.integer({ min: 600, max: 500_000_000 }));

    fc.assert(
      fc.property(dear, terms, (some, on) => {
        const outcome = thrownBy(() => totalsOf(some, on));
        const refused = isRefusal(outcome, moneyErrors.AMOUNT_TOO_LARGE);
        const gross = sum(some, (line) => (line.unit + line.optionsDelta) * line.quantity);

        expect(refused || gross <= MAX_MINOR).toBe(true);
        expect(refused || largestIn(outcome) <= MAX_MINOR).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
