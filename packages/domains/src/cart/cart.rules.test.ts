import { isRefusal } from '@comanda/kernel/errors';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cartErrors } from './cart.errors.ts';
import {
  canonicalChoice,
  cartIssuesOf,
  type Choice,
  issuesOf,
  lineKey,
  linesAfterAdding,
  mergedCarts,
  type Priced,
  unitsAfterAdding,
} from './cart.rules.ts';

const PASTA: Choice = {
  itemId: 'carbonara',
  options: [
    { optionId: 'bacon', quantity: 2 },
    { optionId: 'egg', quantity: 1 },
  ],
  note: 'no pepper',
};

const choices: fc.Arbitrary<Choice> = fc.record({
  itemId: fc.constantFrom('carbonara', 'caesar'),
  options: fc.array(
    fc.record({ optionId: fc.constantFrom('a', 'b', 'c'), quantity: fc.nat({ max: 2 }) }),
    { maxLength: 4 },
  ),
  note: fc.option(fc.string({ unit: 'grapheme', maxLength: 5 })),
});

function thrownBy(work: () => unknown): unknown {
  try {
    return { nothingThrown: work() };
  } catch (error) {
    return error;
  }
}

describe('the key of a line', () => {
  test.each<[string, Partial<Choice>]>([
    ['the options in another order', { options: PASTA.options.toReversed() }],
    [
      'one option in two parts',
      {
        options: [
          { optionId: 'bacon', quantity: 1 },
          { optionId: 'egg', quantity: 1 },
          { optionId: 'bacon', quantity: 1 },
        ],
      },
    ],
    [
      'an option chosen no times',
      {
        options: [...PASTA.options, { optionId: 'cream', quantity: 0 }],
      },
    ],
    ['blanks around the note', { note: '\u00a0 no pepper\n' }],
  ])('S2-09 D5 is the same with %s', (_, other) => {
    expect(lineKey({ ...PASTA, ...other })).toBe(lineKey(PASTA));
  });

  test('D5 is the same however an accent is written', () => {
    expect(lineKey({ ...PASTA, note: 'flambe\u0301' })).toBe(
      lineKey({ ...PASTA, note: 'flamb\u00e9' }),
    );
  });

  test('D5 is the same with a note of blanks and with none', () => {
    expect(lineKey({ ...PASTA, note: ' \t' })).toBe(lineKey({ ...PASTA, note: null }));
  });

  test.each<[string, Partial<Choice>]>([
    ['item', { itemId: 'caesar' }],
    ['option', { options: [{ optionId: 'bacon', quantity: 2 }] }],
    ['number of an option', { options: PASTA.options.map((one) => ({ ...one, quantity: 1 })) }],
    ['note', { note: 'no Pepper' }],
    ['note that is missing', { note: null }],
  ])('S2-09 D5 is another with another %s', (_, other) => {
    expect(lineKey({ ...PASTA, ...other })).not.toBe(lineKey(PASTA));
  });

  test('D5 is short, and does not change from one version to the next', () => {
    expect(lineKey(PASTA)).toBe('8beb23742204969960af326b2fef8ea9');
  });

  test('D5 is the same if and only if the choice is', () => {
    fc.assert(
      fc.property(choices, choices, (one, other) => {
        const isSame =
          JSON.stringify(canonicalChoice(one)) === JSON.stringify(canonicalChoice(other));

        expect(lineKey(one) === lineKey(other)).toBe(isSame);
      }),
      { numRuns: 2_000 },
    );
  });

  test('D5 the canonical form of a canonical form is itself', () => {
    fc.assert(
      fc.property(choices, (choice) => {
        const canonical = canonicalChoice(choice);

        expect(canonicalChoice(canonical)).toEqual(canonical);
        expect(lineKey(canonical)).toBe(lineKey(choice));
      }),
    );
  });
});

describe('adding to a cart', () => {
  test.each([
    [0, 1, 1],
    [1, 2, 3],
    [0, 99, 99],
    [98, 1, 99],
  ])('S2-10 D5 %i and %i make %i', (present, added, units) => {
    expect(unitsAfterAdding(present, added)).toBe(units);
  });

  test.each([
    [99, 1, 100],
    [0, 100, 100],
    [60, 60, 120],
  ])('D5 %i and %i are refused, not clipped', (present, added, units) => {
    const refused = thrownBy(() => unitsAfterAdding(present, added));

    expect(isRefusal(refused, cartErrors.CART_LINE_FULL)).toBe(true);
    expect(refused).toMatchObject({ details: { units, max: 99 } });
  });

  test('D5 there is room for a hundred lines', () => {
    expect(linesAfterAdding(0)).toBe(1);
    expect(linesAfterAdding(99)).toBe(100);
  });

  test('D5 a line more than that is refused', () => {
    const refused = thrownBy(() => linesAfterAdding(100));

    expect(isRefusal(refused, cartErrors.CART_FULL)).toBe(true);
    expect(refused).toMatchObject({ details: { max: 100 } });
  });
});

describe('merging a guest’s cart', () => {
  const line = (key: string, quantity: number) => ({ key, quantity });
  const many = (count: number) => Array.from({ length: count }, (_, n) => line(`own ${n}`, 1));
  const carts = fc.uniqueArray(
    fc.record({
      key: fc.nat({ max: 130 }).map((n) => `item ${n}`),
      quantity: fc.integer({ min: 1, max: 99 }),
    }),
    { selector: ({ key }) => key, maxLength: 100, size: 'max' },
  );
  const unitsOf = (lines: { key: string; quantity: number }[]) =>
    Object.fromEntries(
      [...Map.groupBy(lines, ({ key }) => key)].map(([key, same]) => [
        key,
        same.reduce((sum, { quantity }) => sum + quantity, 0),
      ]),
    );

  test('D5 adds what is the same and appends what is new', () => {
    const merged = mergedCarts([line('a', 1), line('b', 2)], [line('c', 3), line('a', 4)]);

    expect(merged).toEqual({ lines: [line('a', 5), line('b', 2), line('c', 3)], leftOut: [] });
  });

  test('D5 tells the units that a line has no room for', () => {
    const merged = mergedCarts([line('a', 60)], [line('a', 60)]);

    expect(merged).toEqual({
      lines: [line('a', 99)],
      leftOut: [{ line: line('a', 60), quantity: 21, why: 'CART_LINE_FULL' }],
    });
  });

  test('D5 tells the lines that the cart has no room for, and still adds to those it has', () => {
    const own = many(99);

    const merged = mergedCarts(own, [line('a', 1), line('b', 2), line('own 0', 3)]);

    expect(merged.lines).toEqual([line('own 0', 4), ...own.slice(1), line('a', 1)]);
    expect(merged.leftOut).toEqual([{ line: line('b', 2), quantity: 2, why: 'CART_FULL' }]);
  });

  test('D5 loses no unit and makes none up, and keeps within the limits', () => {
    fc.assert(
      fc.property(carts, carts, (own, guest) => {
        const { lines, leftOut } = mergedCarts(own, guest);
        const left = leftOut.map(({ line: { key }, quantity }) => ({ key, quantity }));

        expect(unitsOf([...lines, ...left])).toEqual(unitsOf([...own, ...guest]));
        expect(lines.length).toBeLessThanOrEqual(100);
        expect(lines.filter(({ quantity }) => quantity < 1 || quantity > 99)).toEqual([]);
        expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length);
      }),
      { numRuns: 1_000 },
    );
  });

  test('D5 leaves what it was given as it was', () => {
    const [own, guest] = [[line('a', 1)], [line('a', 2)]];

    mergedCarts(own, guest);

    expect([own, guest]).toEqual([[line('a', 1)], [line('a', 2)]]);
  });
});

describe('what is wrong with a line', () => {
  const seen = { quantity: 3, unit: 900 };
  const fine: Priced = { unit: 900, left: null, isMealtime: true, wrongOptions: [] };

  test.each<[string, Partial<Priced>, unknown[]]>([
    ['is nothing while nothing changed', {}, []],
    ['is nothing while there is enough', { left: 3 }, []],
    ['is that too few are left', { left: 2 }, [{ code: 'SOLD_OUT', left: 2 }]],
    ['is that the item is gone', { unit: null }, [{ code: 'SOLD_OUT', left: 0 }]],
    ['is the time of day', { isMealtime: false }, [{ code: 'OFF_MENU_TIME' }]],
    ['is a new price', { unit: 950 }, [{ code: 'PRICE_CHANGED', old: 900, new: 950 }]],
    ['is a lower price', { unit: 0 }, [{ code: 'PRICE_CHANGED', old: 900, new: 0 }]],
    [
      'is an option that went',
      { wrongOptions: ['egg'] },
      [{ code: 'OPTION_INVALID', options: ['egg'] }],
    ],
  ])('D5 %s', (_, now, issues) => {
    expect(issuesOf(seen, { ...fine, ...now })).toEqual(issues);
  });

  test('D5 is told all at once', () => {
    const now = { ...fine, unit: 950, left: 0, isMealtime: false };

    expect(issuesOf(seen, now).map(({ code }) => code)).toEqual([
      'SOLD_OUT',
      'OFF_MENU_TIME',
      'PRICE_CHANGED',
    ]);
  });

  test('D5 is no price as long as the options do not fit', () => {
    const now = { ...fine, unit: 950, wrongOptions: ['egg'] };

    expect(issuesOf(seen, now)).toEqual([{ code: 'OPTION_INVALID', options: ['egg'] }]);
  });
});

describe('what is wrong with a cart', () => {
  test('D5 is nothing at the minimum and in the hours', () => {
    expect(cartIssuesOf(1_500, { closed: null, minimum: 1_500 })).toEqual([]);
  });

  test('D5 is the hour, and that it is too small', () => {
    expect(cartIssuesOf(1_499, { closed: { until: null }, minimum: 1_500 })).toEqual([
      { code: 'CLOSED', until: null },
      { code: 'BELOW_MINIMUM', minimum: 1_500, subtotal: 1_499 },
    ]);
  });
});
