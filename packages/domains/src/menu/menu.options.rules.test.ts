import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Choice, judgeOptions, type Option, type OptionGroup } from './menu.options.rules.ts';

function option(id: string, some: Partial<Option> = {}): Option {
  return { id, name: id, priceDelta: 0, available: true, maxQuantity: 1, ...some };
}

function group(id: string, some: Partial<OptionGroup>): OptionGroup {
  return { id, name: id, min: 0, max: 1, options: [], ...some };
}

const SIZE = group('size', {
  min: 1,
  options: [option('small'), option('large', { priceDelta: 300 })],
});
const EXTRAS = group('extras', {
  max: 4,
  options: [
    option('cheese', { priceDelta: 150, maxQuantity: 3 }),
    option('no-onion', { priceDelta: -20 }),
    option('truffle', { priceDelta: 900, available: false }),
    option('olives', { priceDelta: 50, maxQuantity: 5 }),
  ],
});
const GROUPS = [SIZE, EXTRAS];

function judged(chosen: Record<string, number>): ReturnType<typeof judgeOptions> {
  const choices = Object.entries(chosen).map(([optionId, quantity]) => ({ optionId, quantity }));
  return judgeOptions(GROUPS, choices);
}

describe('choosing options', () => {
  test.each([
    [{ small: 1 }, 0],
    [{ large: 1 }, 300],
    [{ large: 1, cheese: 3, 'no-onion': 1 }, 730],
    [{ small: 1, 'no-onion': 1 }, -20],
    [{ small: 1, olives: 4 }, 200],
  ])('D5 %j adds %i', (chosen, price) => {
    expect(judged(chosen)).toEqual({ issues: [], price });
  });

  test('D5 of an item without options adds nothing', () => {
    expect(judgeOptions([], [])).toEqual({ issues: [], price: 0 });
  });

  test.each([
    ['an option of nobody', { small: 1, gold: 1 }, { because: 'OPTION_UNKNOWN', optionId: 'gold' }],
    [
      'an option that is 86',
      { small: 1, truffle: 1 },
      { because: 'OPTION_SOLD_OUT', optionId: 'truffle' },
    ],
    [
      'one option too often',
      { small: 1, cheese: 4 },
      { because: 'OPTION_QUANTITY', optionId: 'cheese', quantity: 4, max: 3 },
    ],
    [
      'one option and a half',
      { small: 1, cheese: 1.5 },
      { because: 'OPTION_QUANTITY', optionId: 'cheese', quantity: 1.5, max: 3 },
    ],
    [
      'one option not once',
      { small: 1, cheese: 0 },
      { because: 'OPTION_QUANTITY', optionId: 'cheese', quantity: 0, max: 3 },
    ],
    ['too few of a group', {}, { because: 'GROUP_TOO_FEW', groupId: 'size', chosen: 0, min: 1 }],
    [
      'too many of a group',
      { small: 1, large: 1 },
      { because: 'GROUP_TOO_MANY', groupId: 'size', chosen: 2, max: 1 },
    ],
    [
      'too many of a group, counted by quantity',
      { small: 1, cheese: 2, olives: 3 },
      { because: 'GROUP_TOO_MANY', groupId: 'extras', chosen: 5, max: 4 },
    ],
  ])('D5 tells %s', (_, chosen, issue) => {
    expect(judged(chosen).issues).toEqual([issue]);
  });

  test('D5 tells an option that is named twice, and counts it once', () => {
    const large = { optionId: 'large', quantity: 1 };

    expect(judgeOptions(GROUPS, [large, large])).toEqual({
      issues: [{ because: 'OPTION_TWICE', optionId: 'large' }],
      price: 300,
    });
  });

  test('D5 tells everything that is wrong at once', () => {
    const told = judged({ gold: 1, truffle: 1, cheese: 9 }).issues.map(({ because }) => because);

    expect(told).toEqual([
      'OPTION_UNKNOWN',
      'OPTION_SOLD_OUT',
      'OPTION_QUANTITY',
      'GROUP_TOO_FEW',
      'GROUP_TOO_MANY',
    ]);
  });
});

describe('any groups and any choices', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  const anyOption = (id: string): fc.Arbitrary<Option> =>
    fc.record({
      id: fc.constant(id),
      name: fc.constant(id),
      priceDelta: fc.integer({ min: -10_000, max: 9_999_999_999 }),
      available: fc.constantFrom(true, true, true, false),
      maxQuantity: fc.integer({ min: 1, max: 4 }),
    });
  const anyGroup = (id: string, members: string[]): fc.Arbitrary<OptionGroup> =>
    fc.record({
      id: fc.constant(id),
      name: fc.constant(id),
      min: fc.nat(2),
      max: fc.integer({ min: 1, max: 6 }),
      options: fc.tuple(...members.map(anyOption)),
    });
  const anyGroups = fc.tuple(
    anyGroup('first', ids.slice(0, 3)),
    anyGroup('second', ids.slice(3, 5)),
  );
  const anyChoices: fc.Arbitrary<Choice[]> = fc.array(
    fc.record({ optionId: fc.constantFrom(...ids), quantity: fc.integer({ min: 0, max: 5 }) }),
    { maxLength: 4 },
  );

  /** D5 word by word, group by group. */
  function fine(groups: OptionGroup[], choices: Choice[]): boolean {
    const units = groups.map(({ options }) =>
      choices.flatMap(({ optionId, quantity }) =>
        options.some(({ id }) => id === optionId) ? Array<string>(quantity).fill(optionId) : [],
      ),
    );
    const known = groups.flatMap(({ options }) => options);
    return (
      new Set(choices.map(({ optionId }) => optionId)).size === choices.length &&
      groups.every(({ min, max }, n) => {
        const chosen = units[n]?.length ?? 0;
        return min <= chosen && chosen <= max;
      }) &&
      choices.every(({ optionId, quantity }) =>
        known.some(
          ({ id, available, maxQuantity }) =>
            id === optionId && available && quantity >= 1 && quantity <= maxQuantity,
        ),
      )
    );
  }

  test('D5 have no issue just when every rule is kept', () => {
    fc.assert(
      fc.property(anyGroups, anyChoices, (groups, choices) => {
        expect(judgeOptions(groups, choices).issues.length === 0).toBe(fine(groups, choices));
      }),
      { numRuns: 1_000 },
    );
  });

  test('D6 add whole minor units, the same in any order', () => {
    fc.assert(
      fc.property(anyGroups, anyChoices, (groups, choices) => {
        fc.pre(new Set(choices.map(({ optionId }) => optionId)).size === choices.length);
        const deltas = new Map(groups.flatMap((one) => one.options).map((o) => [o.id, o]));
        const sum = choices
          .toReversed()
          .reduce(
            (n, { optionId, quantity }) => n + (deltas.get(optionId)?.priceDelta ?? 0) * quantity,
            0,
          );

        const { price } = judgeOptions(groups, choices);

        expect(price).toBe(sum);
        expect(Number.isSafeInteger(price)).toBe(true);
      }),
    );
  });
});
