import { randomUUID } from 'node:crypto';
import type { Client, MenuFile } from '@comanda/client';
import { z } from 'zod';

export type Category = MenuFile['categories'][number];
export type Item = MenuFile['items'][number];
type Group = Item['options'][number];

export type Menu = Awaited<ReturnType<Client['menu']['export']['query']>>;

const text = (max: number) => z.string('is a text: put it in quotes').trim().max(max);
const name = (max: number) => text(max).min(1, 'is empty');
const whole = (max: number, min = 0) => {
  const range = `is a whole number from ${min} to ${max}`;
  return z.int(range).min(min, range).max(max, range);
};
const Switch = z.boolean('is true or false');
const Slug = z
  .string('is a text: put it in quotes')
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'is lower-case words joined by dashes')
  .max(200);
const MAX_MINOR = 9_999_999_999;
const Price = z
  .int('is a whole number in the smallest unit of the currency, such as 950 for 9.50')
  .min(0, 'is not below 0')
  .max(MAX_MINOR);

// Ids may be left out; what is there already keeps its own, by its name.
const Option = z.strictObject({
  id: z.uuid().optional(),
  name: name(100),
  priceDelta: z.int('is a whole number').default(0),
  available: Switch.default(true),
  maxQuantity: whole(99, 1).default(1),
});
const Options = z.array(
  z.strictObject({
    id: z.uuid().optional(),
    name: name(100),
    min: whole(99).default(0),
    max: whole(99, 1).default(1),
    options: z.array(Option, 'is a list').min(1, 'is an empty list'),
  }),
  'is a list of groups of options',
);

const Time = z.strictObject({ from: z.string(), to: z.string() });

/** What a file may say of an item; what it leaves out stays as it is. */
export const SaidItem = z.strictObject({
  slug: Slug,
  category: Slug.optional(),
  name: name(200).optional(),
  description: text(2_000).optional(),
  price: Price.optional(),
  taxBps: whole(10_000).optional(),
  featured: Switch.optional(),
  available: Switch.optional(),
  allergens: z.array(name(40), 'is a list').max(20).optional(),
  station: name(40).nullable().optional(),
  prepMinutes: whole(1_440).nullable().optional(),
  stockMode: z.enum(['none', 'count', 'out'], 'is none, count or out').optional(),
  stockLeft: whole(1_000_000).optional(),
  stockLow: whole(1_000_000).optional(),
  options: Options.optional(),
  mealtimes: z
    .partialRecord(z.enum(['1', '2', '3', '4', '5', '6', '7']), z.array(Time))
    .nullable()
    .optional(),
});
export type SaidItem = z.infer<typeof SaidItem>;

export const SaidCategory = z.strictObject({
  slug: Slug,
  title: name(100).optional(),
  position: whole(10_000).optional(),
  skipsKitchen: Switch.optional(),
});
export type SaidCategory = z.infer<typeof SaidCategory>;

const NEW_ITEM: Omit<Item, 'slug' | 'category' | 'name' | 'price'> = {
  description: '',
  taxBps: 0,
  featured: false,
  available: true,
  allergens: [],
  station: null,
  prepMinutes: null,
  stockMode: 'none',
  stockLeft: 0,
  stockLow: 5,
  options: [],
  mealtimes: null,
};
const NEW_CATEGORY: Omit<Category, 'slug' | 'title'> = { position: 0, skipsKitchen: false };

/** What something that is new cannot do without. */
export const NEEDED = { item: ['category', 'name', 'price'], category: ['title'] } as const;

/** An item as it will be; known is as it is. */
export function wholeItem(said: SaidItem, known: Item | undefined): Item {
  const { options, ...others } = said;
  const groups = options && { options: withIds(options, known?.options ?? []) };
  return { ...NEW_ITEM, ...known, ...given(others), ...groups } as Item;
}

export function wholeCategory(said: SaidCategory, known: Category | undefined): Category {
  return { ...NEW_CATEGORY, ...known, ...given(said) } as Category;
}

function given(said: object): object {
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

function withIds(said: z.infer<typeof Options>, known: readonly Group[]): Group[] {
  return said.map(({ id, options, ...group }) => {
    const before = known.find((one) => one.id === id || (!id && one.name === group.name));
    return {
      ...group,
      id: id ?? before?.id ?? randomUUID(),
      options: options.map((option) => {
        const same = before?.options.find(({ name }) => name === option.name);
        return { ...option, id: option.id ?? same?.id ?? randomUUID() };
      }),
    };
  });
}
