import { z } from 'zod';

/** What keeps a line from being ordered as it stands, or is new about it. */
export const LineIssue = z.discriminatedUnion('code', [
  z.object({ code: z.literal('SOLD_OUT'), left: z.int() }),
  z.object({ code: z.literal('OFF_MENU_TIME') }),
  z.object({ code: z.literal('PRICE_CHANGED'), old: z.int(), new: z.int() }),
  z.object({ code: z.literal('OPTION_INVALID'), options: z.array(z.string()) }),
]);
export type LineIssue = z.infer<typeof LineIssue>;

/** What keeps the whole cart from being ordered. */
export const CartIssue = z.discriminatedUnion('code', [
  z.object({ code: z.literal('CLOSED'), until: z.date().nullable() }),
  z.object({ code: z.literal('BELOW_MINIMUM'), minimum: z.int(), subtotal: z.int() }),
]);
export type CartIssue = z.infer<typeof CartIssue>;
