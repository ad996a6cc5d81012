import { z } from 'zod';

/** What somebody wants of an item. */
export const Wanted = z.object({
  itemId: z.string(),
  options: z.array(z.object({ optionId: z.string(), quantity: z.int() })),
});
export type Wanted = z.infer<typeof Wanted>;

/** An option that was chosen, as the menu has it. */
export const OfferedOption = z.object({
  optionId: z.uuid(),
  group: z.string(),
  name: z.string(),
  quantity: z.int(),
  priceDelta: z.int(),
});
export type OfferedOption = z.infer<typeof OfferedOption>;

/** What the menu says to somebody who wants an item, at this moment. */
export const Offer = z.object({
  /** Null when there is no such item any more. */
  item: z
    .object({
      name: z.string(),
      photoId: z.string().nullable(),
      price: z.int(),
      taxBps: z.int(),
      station: z.string().nullable(),
      prepMinutes: z.int().nullable(),
      skipsKitchen: z.boolean(),
      counted: z.boolean(),
    })
    .nullable(),
  options: z.array(OfferedOption),
  /** What the options add to the price of one. */
  optionsDelta: z.int(),
  /** Options and groups of options that do not fit. */
  wrongOptions: z.array(z.string()),
  /** How many there are; null where nobody counts. */
  left: z.int().nullable(),
  isMealtime: z.boolean(),
});
export type Offer = z.infer<typeof Offer>;
