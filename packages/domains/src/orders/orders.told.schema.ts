import { z } from 'zod';
import { OrderCard, OrderItemView } from './orders.schema.ts';
import { OrderState } from './orders.states.schema.ts';

/** The topic of what is told about orders. */
export const ORDERS = 'orders';

/** An event as it is kept: with what decides who may hear of it, before and after. */
export const Told = z.object({
  kind: z.enum(['placed', 'changed']),
  was: z.object({ state: OrderState, assigneeId: z.string().nullable() }).nullable(),
  guestId: z.string().nullable(),
  order: OrderCard.extend({ instructions: z.string(), items: z.array(OrderItemView) }),
});
export type Told = z.infer<typeof Told>;
