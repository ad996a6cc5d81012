import { z } from 'zod';
import { OrderState, OrderType } from '../orders/orders.states.schema.ts';
import { OnNow } from '../timecards/timecards.schema.ts';

const Id = z.uuid().toLowerCase();

export const ShowDashboard = z
  .strictObject({
    /** Left out: the restaurant of the session. An admin may name another. */
    restaurantId: Id.optional(),
    /** How far the history and the best sellers go back, today included. */
    days: z.int().min(1).max(31).default(7),
  })
  .prefault({});
export type ShowDashboard = z.infer<typeof ShowDashboard>;

const Today = z.object({
  date: z.iso.date(),
  /** All that were placed, those that were cancelled since included. */
  orders: z.int(),
  byState: z.record(OrderState, z.int()),
  byType: z.record(OrderType, z.int()),
  cancelled: z.int(),
  /** Not over at this moment, whenever they were placed. */
  open: z.int(),
  /** What came in less what went back, for whichever order; below zero where more went back. */
  revenue: z.int(),
  /** What an order comes to, tip included and cancelled ones left out; null where there is none. */
  averageValue: z.int().nullable(),
  /** What guests added to the orders of today that were not cancelled, paid or not. */
  tips: z.int(),
});

/**
 * How a restaurant does: today by its own clock, and over the days before. Amounts are in its
 * currency; what was ordered in another, before that was changed, is counted and not added up.
 */
export const Dashboard = z.object({
  at: z.date(),
  timeZone: z.string(),
  currency: z.string(),
  today: Today,
  /** Oldest first, today last. */
  days: z.array(z.object({ date: z.iso.date(), orders: z.int(), revenue: z.int() })),
  /** Of today, as the clock on the wall shows them: all 24, whether or not there are as many. */
  hours: z.array(z.object({ hour: z.int().min(0).max(23), orders: z.int() })),
  /** Most sold first, ten at the most; neither what was taken back nor what was cancelled. */
  bestSellers: z.array(
    z.object({
      /** Null: it is on the menu no more. */
      itemId: z.uuid().nullable(),
      name: z.string(),
      quantity: z.int(),
      /** By the price on the menu and its options, before discounts and what comes on top. */
      revenue: z.int(),
    }),
  ),
  onShift: z.object({
    count: z.int(),
    people: z.array(
      OnNow.shape.items.element.pick({
        personId: true,
        name: true,
        role: true,
        since: true,
        onBreak: true,
      }),
    ),
  }),
  /** What is counted and has come down to where its sign says low, fewest first, 20 at the most. */
  lowStock: z.array(
    z.object({ itemId: z.uuid(), name: z.string(), stock: z.int(), soldOut: z.boolean() }),
  ),
  /** How many items cannot be ordered: switched off, said to be out, or counted down to nothing. */
  soldOut: z.int(),
});
export type Dashboard = z.infer<typeof Dashboard>;
