import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Offer } from '../menu/menu.sale.schema.ts';
import type { LineIssue } from './cart.issues.schema.ts';
import type { KeptLine } from './cart.lines.schema.ts';
import { acceptedUnit, isNews, pricedLines, subtotalOf, unitOf } from './cart.pricing.rules.ts';

const ITEM: NonNullable<Offer['item']> = {
  name: 'Carbonara',
  photoId: null,
  price: 900,
  taxBps: 1_000,
  station: 'pasta',
  prepMinutes: 12,
  skipsKitchen: false,
  counted: true,
};

const OFFER: Offer = {
  item: ITEM,
  options: [],
  optionsDelta: 0,
  wrongOptions: [],
  left: null,
  isMealtime: true,
};

const GONE: Offer = { ...OFFER, item: null, left: 0 };

const LINE: KeptLine = {
  key: 'a',
  itemId: 'carbonara',
  options: [],
  note: null,
  quantity: 1,
  unit: 900,
};

const lineOf = (said: Partial<KeptLine>) => ({ ...LINE, ...said });
const offerOf = (said: Partial<Offer>) => ({ ...OFFER, ...said });
const codesOf = (lines: ReturnType<typeof pricedLines>) =>
  lines.map(({ issues }) => issues.map(({ code }) => code));

describe('what one costs', () => {
  test.each([
    ['as on the menu', { optionsDelta: 0 }, 900],
    ['more with an option', { optionsDelta: 250 }, 1_150],
    ['less with another', { optionsDelta: -250 }, 650],
    ['nothing when options take off all', { optionsDelta: -900 }, 0],
    ['nothing when options take off more', { optionsDelta: -901 }, 0],
    ['no price when it is gone', { item: null }, null],
  ])('D5 %s', (_, said, unit) => {
    expect(unitOf(offerOf(said))).toBe(unit);
  });
});

describe('what is agreed to', () => {
  test.each([
    ['the price of now', { item: { ...ITEM, price: 950 } }, 950],
    ['nothing, where that is the price', { item: { ...ITEM, price: 0 } }, 0],
    ['the price of before for what is gone', { item: null }, 900],
    [
      'the price of before while an option does not fit',
      { item: { ...ITEM, price: 950 }, wrongOptions: ['egg'] },
      900,
    ],
  ])('D5 is %s', (_, said, unit) => {
    expect(acceptedUnit(LINE, offerOf(said))).toBe(unit);
  });
});

describe('lines at the prices of now', () => {
  test('S2-09 D5 have the name, the price and the sum of now', () => {
    const option = { optionId: 'egg', group: 'Extras', name: 'Egg', quantity: 1, priceDelta: 50 };
    const now = offerOf({ options: [option], optionsDelta: 50 });

    expect(pricedLines([lineOf({ quantity: 3, note: 'no salt' })], [now])).toEqual([
      {
        key: 'a',
        itemId: 'carbonara',
        name: 'Carbonara',
        photoId: null,
        options: [option],
        note: 'no salt',
        quantity: 3,
        unit: 950,
        total: 2_850,
        issues: [{ code: 'PRICE_CHANGED', old: 900, new: 950 }],
      },
    ]);
  });

  test('D5 have neither name nor price for what is gone', () => {
    expect(pricedLines([lineOf({ quantity: 3 })], [GONE])).toMatchObject([
      { name: '', photoId: null, unit: 0, total: 0, issues: [{ code: 'SOLD_OUT', left: 0 }] },
    ]);
  });

  test('D6 refuse a sum that is too large', () => {
    const dear = offerOf({ item: { ...ITEM, price: 9_999_999_999 } });

    expect(pricedLines([LINE], [dear])).toMatchObject([{ total: 9_999_999_999 }]);
    expect(() => pricedLines([lineOf({ quantity: 2 })], [dear])).toThrow('more money');
  });

  test('D5 share what is left of an item in their order, however many lie between', () => {
    const five = offerOf({ left: 5 });
    const lines = [
      lineOf({ quantity: 3 }),
      lineOf({ itemId: 'caesar', quantity: 5 }),
      lineOf({ quantity: 2 }),
      lineOf({ quantity: 1 }),
    ];

    expect(codesOf(pricedLines(lines, [five, five, five, five]))).toEqual([
      [],
      [],
      [],
      ['SOLD_OUT'],
    ]);
  });

  test('D5 do not share what nobody counts', () => {
    const lines = [lineOf({ quantity: 99 }), lineOf({ quantity: 99 })];

    expect(codesOf(pricedLines(lines, [OFFER, OFFER]))).toEqual([[], []]);
  });

  test('P18 never promise more of an item than is left, and promise all if it is enough', () => {
    const carts = fc.array(
      fc.record({
        itemId: fc.constantFrom('carbonara', 'caesar'),
        quantity: fc.integer({ min: 1, max: 99 }),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(carts, fc.nat({ max: 200 }), (said, left) => {
        const lines = said.map((one) => lineOf(one));
        const priced = pricedLines(
          lines,
          lines.map(() => offerOf({ left })),
        );

        for (const itemId of ['carbonara', 'caesar']) {
          const of = priced.filter((line) => line.itemId === itemId);
          const good = of.filter(({ issues }) => issues.length === 0);
          const wanted = sum(of.map(({ quantity }) => quantity));

          expect(sum(good.map(({ quantity }) => quantity))).toBeLessThanOrEqual(left);
          expect(good.length === of.length).toBe(wanted <= left);
        }
      }),
    );
  });
});

const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);

describe('the subtotal', () => {
  test('D5 is of what can be ordered: a new price keeps nothing from it', () => {
    const priced = pricedLines(
      [lineOf({ quantity: 2 }), lineOf({ itemId: 'b' }), lineOf({ itemId: 'c' })],
      [
        offerOf({ item: { ...ITEM, price: 1_000 } }),
        offerOf({ left: 0 }),
        offerOf({ item: { ...ITEM, price: 70 }, isMealtime: false }),
      ],
    );

    expect(codesOf(priced)).toEqual([
      ['PRICE_CHANGED'],
      ['SOLD_OUT'],
      ['OFF_MENU_TIME', 'PRICE_CHANGED'],
    ]);
    expect(subtotalOf(priced)).toBe(2_000);
  });

  test('D5 of nothing is nothing', () => {
    expect(subtotalOf([])).toBe(0);
  });

  test('D6 that is too large is refused', () => {
    const dear = offerOf({ item: { ...ITEM, price: 9_999_999_999 } });
    const priced = pricedLines([LINE, lineOf({ itemId: 'b' })], [dear, dear]);

    expect(() => subtotalOf(priced)).toThrow('more money');
  });
});

describe('news', () => {
  test.each<[LineIssue, boolean]>([
    [{ code: 'PRICE_CHANGED', old: 1, new: 2 }, true],
    [{ code: 'SOLD_OUT', left: 0 }, false],
    [{ code: 'OFF_MENU_TIME' }, false],
    [{ code: 'OPTION_INVALID', options: [] }, false],
  ])('D5 %j: %s', (issue, news) => {
    expect(isNews(issue)).toBe(news);
  });
});
