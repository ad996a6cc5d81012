import type { CreateItem, ItemView, OptionGroup, Weekly } from '@comanda/client';
import { changesOf } from '../../house/changes.ts';
import { amountOf, typedAmount } from '../../house/figures.ts';

/** An option as it is typed. */
export interface OptionDraft {
  id: string;
  name: string;
  priceDelta: string;
  available: boolean;
  maxQuantity: string;
}

export interface GroupDraft {
  id: string;
  name: string;
  min: string;
  max: string;
  options: OptionDraft[];
}

export const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '7'] as const;
export type Mealtimes = Record<(typeof WEEKDAYS)[number], string>;

/** An item as it is typed into the form. */
export interface ItemDraft {
  name: string;
  slug: string;
  description: string;
  categoryId: string;
  price: string;
  tax: string;
  featured: boolean;
  allergens: string;
  station: string;
  prepMinutes: string;
  recipeId: string;
  options: GroupDraft[];
  /** Null: whenever the restaurant is open. */
  mealtimes: Mealtimes | null;
}

export const EMPTY: ItemDraft = {
  name: '',
  slug: '',
  description: '',
  categoryId: '',
  price: '',
  tax: '',
  featured: false,
  allergens: '',
  station: '',
  prepMinutes: '',
  recipeId: '',
  options: [],
  mealtimes: null,
};

export function draftOf(item: ItemView, currency: string): ItemDraft {
  const { name, slug, description, category, price, featured, allergens, mealtimes, staff } = item;
  return {
    name,
    slug,
    description,
    categoryId: category.id,
    price: typedAmount(price, currency),
    tax: String(item.taxBps / 100),
    featured,
    allergens: allergens.join(', '),
    station: staff?.station ?? '',
    prepMinutes: item.prepMinutes === null ? '' : String(item.prepMinutes),
    recipeId: staff?.recipeId ?? '',
    options: item.options.map((group) => groupDraft(group, currency)),
    mealtimes: mealtimes === null ? null : typedTimes(mealtimes),
  };
}

function groupDraft({ options, min, max, ...group }: OptionGroup, currency: string): GroupDraft {
  return {
    ...group,
    min: String(min),
    max: String(max),
    options: options.map(({ priceDelta, maxQuantity, ...option }) => ({
      ...option,
      priceDelta: typedAmount(priceDelta, currency),
      maxQuantity: String(maxQuantity),
    })),
  };
}

function typedTimes(weekly: Weekly): Mealtimes {
  const times = WEEKDAYS.map((day) => [
    day,
    (weekly[day] ?? []).map(({ from, to }) => `${from}–${to}`).join(', '),
  ]);
  return Object.fromEntries(times) as Mealtimes;
}

/** As it is sent, with all that may be left out. */
export interface Said extends CreateItem {
  taxBps: number;
  options: OptionGroup[];
}

/** What is sent, and by its path what cannot be. */
export interface Reading {
  said: Said;
  wrong: Record<string, string>;
}

/** Reads what was typed. Paths are those of the service, so that both say what is wrong at one place. */
export function readDraft(draft: ItemDraft, currency: string): Reading {
  const wrong: Record<string, string> = {};
  const must = <Value>(path: string, value: Value | undefined, [why, other]: [string, Value]) => {
    if (value === undefined) wrong[path] = why;
    return value ?? other;
  };
  const amount = (path: string, typed: string) =>
    must(path, signed(typed, currency), ['An amount such as 12.50.', 0]);
  const whole = (path: string, typed: string) =>
    must(path, /^\d{1,4}$/.test(typed.trim()) ? Number(typed) : undefined, ['A whole number.', 0]);

  const slug = draft.slug.trim();
  must('name', draft.name.trim() || undefined, ['It needs a name.', '']);
  must('categoryId', draft.categoryId || undefined, ['Choose where it stands on the menu.', '']);
  const tax = Number(draft.tax.trim().replace(',', '.'));
  const isTax = draft.tax.trim() !== '' && tax >= 0 && tax <= 100;
  const said = {
    name: draft.name.trim(),
    ...(slug !== '' && { slug }),
    description: draft.description.trim(),
    categoryId: draft.categoryId,
    price: amount('price', draft.price),
    taxBps: Math.round(must('taxBps', isTax ? tax : undefined, ['From 0 to 100.', 0]) * 100),
    featured: draft.featured,
    allergens: wordsIn(draft.allergens),
    station: draft.station.trim() || null,
    prepMinutes: draft.prepMinutes.trim() === '' ? null : whole('prepMinutes', draft.prepMinutes),
    recipeId: draft.recipeId || null,
    options: draft.options.map((group, at) => ({
      id: group.id,
      name: must(`options.${at}.name`, group.name.trim() || undefined, ['What is asked?', '']),
      min: whole(`options.${at}.min`, group.min),
      max: whole(`options.${at}.max`, group.max),
      options: group.options.map((option, each) => {
        const path = `options.${at}.options.${each}`;
        return {
          id: option.id,
          name: must(`${path}.name`, option.name.trim() || undefined, ['It needs a name.', '']),
          priceDelta: amount(`${path}.priceDelta`, option.priceDelta || '0'),
          available: option.available,
          maxQuantity: whole(`${path}.maxQuantity`, option.maxQuantity),
        };
      }),
    })),
    mealtimes: readTimes(draft.mealtimes, wrong),
  };
  return { said, wrong };
}

/** An option may make an item cheaper. */
function signed(typed: string, currency: string): number | undefined {
  const plain = typed.trim();
  const isLess = /^[-−]/.test(plain);
  const amount = amountOf(isLess ? plain.slice(1) : plain, currency);
  return isLess && amount !== undefined ? -amount : amount;
}

function wordsIn(typed: string): string[] {
  const words = typed.split(',').map((word) => word.trim());
  return words.filter((word, at) => word !== '' && words.indexOf(word) === at);
}

const SPAN = /^(\d\d:\d\d)\s*[-–]\s*(\d\d:\d\d)$/;

function readTimes(times: Mealtimes | null, wrong: Record<string, string>): Weekly | null {
  if (times === null) return null;
  const weekly: Weekly = {};
  for (const day of WEEKDAYS) {
    const spans = wordsIn(times[day]).map((typed) => SPAN.exec(typed));
    if (spans.includes(null)) wrong[`mealtimes.${day}`] = 'Such as 12:00–15:00, 18:00–22:30.';
    const read = spans.flatMap((span) => {
      const [, from, to] = span ?? [];
      return from !== undefined && to !== undefined ? [{ from, to }] : [];
    });
    if (read.length > 0) weekly[day] = read;
  }
  return weekly;
}

/** Only what was changed is sent: what somebody else changed meanwhile stays as they made it. */
export function changesIn(draft: ItemDraft, before: ItemDraft, currency: string): Changes {
  const { said } = readDraft(draft, currency);
  const { said: old } = readDraft(before, currency);
  return changesOf(old, said);
}

export type Changes = Partial<Said>;
