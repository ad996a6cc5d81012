import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRefusal } from './errors.ts';
import { moneyErrors } from './money.errors.ts';
import { bpsOf, bpsWithin, decimalsOf, MAX_MINOR, shareOut, sumOf, times } from './money.ts';

const amounts = fc.integer({ min: -MAX_MINOR, max: MAX_MINOR });
const bps = fc.nat({ max: 10_000 });
const weights = fc.array(fc.oneof(fc.constant(0), fc.nat({ max: 9 }), fc.nat({ max: MAX_MINOR })), {
  minLength: 1,
  maxLength: 30,
});
const heavy = weights.filter((some) => some.some((weight) => weight > 0));

function thrownBy(work: () => unknown): unknown {
  try {
    return { nothingThrown: work() };
  } catch (error) {
    return error;
  }
}

function total(parts: readonly number[]): number {
  return parts.reduce((sum, part) => sum + part, 0);
}

describe('the largest amount', () => {
  test('S0-37 D6 is that of a decimal(10,2), in minor units', () => {
    expect(MAX_MINOR).toBe(9_999_999_999);
  });

  test('D6 may be reached by a sum and by a product, on either side of zero', () => {
    expect(sumOf([MAX_MINOR - 5, 2, 3])).toBe(MAX_MINOR);
    expect(sumOf([-MAX_MINOR, 0])).toBe(-MAX_MINOR);
    expect(times(101_010_101, 99)).toBe(MAX_MINOR);
  });

  test.each([
    ['a sum', () => sumOf([MAX_MINOR, 1])],
    ['a sum of refunds', () => sumOf([-MAX_MINOR, -1])],
    ['a product', () => times(101_010_102, 99)],
    ['a product that no number holds', () => times(MAX_MINOR, Number.MAX_VALUE)],
    ['a share', () => bpsOf(MAX_MINOR, 10_001)],
  ])('D6 %s beyond it is refused', (_, work) => {
    const refused = thrownBy(work);

    expect(isRefusal(refused, moneyErrors.AMOUNT_TOO_LARGE)).toBe(true);
    expect(refused).toMatchObject({ details: { maxMinor: MAX_MINOR } });
  });

  test('D6 nothing summed is nothing', () => {
    expect(sumOf([])).toBe(0);
  });

  test.each([
    ['half a cent', () => sumOf([0.5])],
    ['no number', () => times(Number.NaN, 2)],
    ['a share of half a cent', () => bpsOf(0.5, 1_000)],
    ['a share below nothing', () => bpsOf(100, -1)],
    ['a weight below nothing', () => shareOut(100, [3, -1])],
    ['half a weight', () => shareOut(100, [0.5])],
    ['an amount and nobody to share it with', () => shareOut(1, [])],
  ])('D6 %s is a fault', (_, work) => {
    expect(thrownBy(work)).toBeInstanceOf(RangeError);
  });
});

describe('a share in basis points', () => {
  test.each([
    [1_000, 1_250, 125],
    [105, 1_000, 11],
    [104, 1_000, 10],
    [-105, 1_000, -11],
    [-104, 1_000, -10],
    [1, 4_999, 0],
    [-1, 4_999, 0],
    [1, 5_000, 1],
    [MAX_MINOR, 10_000, MAX_MINOR],
    [MAX_MINOR, 9_999, 9_998_999_999],
    [0, 2_000, 0],
    [777, 0, 0],
  ])('D6 of %i at %i is %i', (amount, rate, share) => {
    expect(bpsOf(amount, rate)).toBe(share);
  });

  test('D6 is the nearest amount there is, and the larger one of two', () => {
    fc.assert(
      fc.property(amounts, bps, (amount, rate) => {
        const share = BigInt(Math.abs(bpsOf(amount, rate))) * 20_000n;
        const exact = BigInt(Math.abs(amount)) * BigInt(rate) * 2n;

        expect(share - exact).toBeGreaterThan(-10_000n);
        expect(share - exact).toBeLessThanOrEqual(10_000n);
      }),
      { numRuns: 2_000 },
    );
  });

  test('D6 of a refund is that of the charge, turned round', () => {
    fc.assert(
      fc.property(amounts, bps, (amount, rate) => {
        expect(bpsOf(amount, rate) + bpsOf(-amount, rate)).toBe(0);
      }),
    );
  });
});

describe('a share within an amount', () => {
  test.each([
    [1_100, 1_000, 100],
    [1_200, 2_000, 200],
    [119, 1_900, 19],
    [2_025, 1_000, 184],
    [-1_100, 1_000, -100],
    [1, 10_000, 1],
    [500, 0, 0],
  ])('D6 of %i at %i is %i', (amount, rate, share) => {
    expect(bpsWithin(amount, rate)).toBe(share);
  });

  test('D6 is what was put on top, if that was', () => {
    fc.assert(
      fc.property(fc.nat({ max: MAX_MINOR / 3 }), bps, (net, rate) => {
        const onTop = bpsOf(net, rate);

        expect(Math.abs(bpsWithin(net + onTop, rate) - onTop)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('sharing out', () => {
  test.each([
    [100, [1, 1, 1], [34, 33, 33]],
    [101, [1, 1, 1], [34, 34, 33]],
    [-100, [1, 1, 1], [-34, -33, -33]],
    [10, [6, 3, 1], [6, 3, 1]],
    [7, [2, 1, 1], [3, 2, 2]],
    [394, [1_800, 1_350], [225, 169]],
    [5, [0, 3, 0, 3], [0, 3, 0, 2]],
    [5, [0, 0], [3, 2]],
    [0, [4, 0, 1], [0, 0, 0]],
    [1, [0, 0, 7], [0, 0, 1]],
    [0, [], []],
  ])('D6 %i by %j is %j', (amount, by, parts) => {
    expect(shareOut(amount, by)).toEqual(parts);
  });

  test('D6 gives away the whole amount, whatever the weights', () => {
    fc.assert(
      fc.property(amounts, weights, (amount, by) => {
        const parts = shareOut(amount, by);

        expect(parts).toHaveLength(by.length);
        expect(total(parts)).toBe(amount);
      }),
      { numRuns: 2_000 },
    );
  });

  test('D6 rounds each part down or up, and no further', () => {
    fc.assert(
      fc.property(fc.nat({ max: MAX_MINOR }), heavy, (amount, by) => {
        const whole = BigInt(total(by));
        const exact = by.map((weight) => (BigInt(amount) * BigInt(weight)) / whole);
        const above = shareOut(amount, by).map((part, at) => BigInt(part) - (exact[at] ?? 0n));

        expect(above.filter((units) => units !== 0n && units !== 1n)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  test('D6 gives nothing to who weighs nothing, and no less to who weighs more', () => {
    fc.assert(
      fc.property(fc.nat({ max: MAX_MINOR }), heavy, (amount, by) => {
        const parts = shareOut(amount, by).map((part, at) => ({ part, weight: by[at] ?? 0 }));
        const byWeight = parts.toSorted((a, b) => a.weight - b.weight || a.part - b.part);

        expect(parts.filter(({ part, weight }) => weight === 0 && part !== 0)).toEqual([]);
        expect(byWeight).toEqual(byWeight.toSorted((a, b) => a.part - b.part));
      }),
      { numRuns: 2_000 },
    );
  });

  test('D6 of equal parts, the earlier are the larger', () => {
    fc.assert(
      fc.property(fc.nat({ max: MAX_MINOR }), fc.integer({ min: 1, max: 40 }), (amount, n) => {
        const parts = shareOut(
          amount,
          Array.from({ length: n }, () => 7),
        );

        expect(parts).toEqual(parts.toSorted((a, b) => b - a));
        expect((parts[0] ?? 0) - (parts.at(-1) ?? 0)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('D6 of a refund is that of the charge, turned round', () => {
    fc.assert(
      fc.property(amounts, weights, (amount, by) => {
        expect(shareOut(-amount, by)).toEqual(shareOut(amount, by).map((part) => 0 - part));
      }),
    );
  });
});

describe('the decimals of a currency', () => {
  test.each([
    ['EUR', 2],
    ['USD', 2],
    ['JPY', 0],
    ['BHD', 3],
  ])('of %s are %i', (currency, decimals) => {
    expect(decimalsOf(currency)).toBe(decimals);
  });
});
