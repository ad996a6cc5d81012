import { describe, expect, test } from 'vitest';
import { changesIn, draftOf, EMPTY, readDraft } from './item-draft.ts';

const CARBONARA = {
  id: 'an item',
  category: { id: 'a category', slug: 'primi', title: 'Primi' },
  name: 'Carbonara',
  slug: 'carbonara',
  description: 'No cream',
  price: 1_450,
  taxBps: 1_050,
  featured: true,
  available: true,
  stock: 'plenty' as const,
  now: { orderable: true },
  allergens: ['egg', 'milk'],
  prepMinutes: 12,
  photoId: null,
  options: [
    {
      id: 'a group',
      name: 'Size',
      min: 0,
      max: 1,
      options: [{ id: 'small', name: 'Small', priceDelta: -250, available: true, maxQuantity: 1 }],
    },
  ],
  mealtimes: { 1: [{ from: '12:00', to: '15:00' }], 7: [{ from: '18:00', to: '24:00' }] },
  version: 3,
  removedAt: null,
  staff: null,
};

describe('an item in the form', () => {
  test('is sent as it came, and so nothing is, where nobody changed it', () => {
    const draft = draftOf(CARBONARA, 'EUR');

    const { said, wrong } = readDraft(draft, 'EUR');

    const { name, price, taxBps, options, mealtimes, allergens } = CARBONARA;
    expect(said).toMatchObject({ name, price, taxBps, options, mealtimes, allergens });
    expect(wrong).toEqual({});
    expect(changesIn(draft, draft, 'EUR')).toEqual({});
  });

  test('is sent in those parts that were changed', () => {
    const before = draftOf(CARBONARA, 'EUR');

    const changes = changesIn({ ...before, price: '15', allergens: 'egg' }, before, 'EUR');

    expect(changes).toEqual({ price: 1_500, allergens: ['egg'] });
  });

  test.each([
    ['12.50', 'EUR', 1_250],
    ['12,5', 'EUR', 1_250],
    ['1200', 'JPY', 1_200],
  ])('has a price of %s in %s', (price, currency, amount) => {
    expect(readDraft({ ...EMPTY, price }, currency).said.price).toBe(amount);
  });

  test('tells at the paths of the service what cannot be', () => {
    const option = { id: 'x', name: '', priceDelta: 'much', available: true, maxQuantity: '1' };
    const draft = {
      ...EMPTY,
      price: 'dear',
      options: [{ id: 'y', name: 'Size', min: 'few', max: '1', options: [option] }],
      mealtimes: { 1: '12-15', 2: '12:00–15:00', 3: '', 4: '', 5: '', 6: '', 7: '' },
    };

    expect(Object.keys(readDraft(draft, 'EUR').wrong).toSorted()).toEqual([
      'categoryId',
      'mealtimes.1',
      'name',
      'options.0.min',
      'options.0.options.0.name',
      'options.0.options.0.priceDelta',
      'price',
      'taxBps',
    ]);
  });
});
