import { PageInput, pageOf } from '@comanda/kernel/page';
import { Capability, Role } from '@comanda/kernel/roles.schema';
import { line, words } from '@comanda/kernel/text';
import { z } from 'zod';
import { LastEventId } from '../live/live.schema.ts';
import { OrderItemView } from '../orders/orders.schema.ts';
import { OrderState, OrderType } from '../orders/orders.states.schema.ts';

const Id = z.uuid().toLowerCase();
/** Left out: the restaurant of the session. */
const restaurantId = Id.optional();

/** How the kitchen stands at this moment. */
export const KitchenStatus = z.object({
  role: Role,
  capabilities: z.array(Capability),
  /** Not cooked yet. */
  pendingOrders: z.int(),
  preparingOrders: z.int(),
  readyOrders: z.int(),
  /** On the menu and switched on. */
  availableItems: z.int(),
  /** Of those that the caller may read. */
  activeRecipes: z.int(),
  paused: z.boolean(),
  at: z.date(),
  status: z.literal('operational'),
});
export type KitchenStatus = z.infer<typeof KitchenStatus>;

/** One round of an order, as it hangs in the kitchen. */
export const Ticket = z.object({
  orderId: z.uuid(),
  number: z.int(),
  round: z.int(),
  type: OrderType,
  state: OrderState,
  tableName: z.string().nullable(),
  customerName: z.string(),
  instructions: z.string(),
  orderedAt: z.date(),
  promisedAt: z.date().nullable(),
  items: z.array(OrderItemView),
  /** Of the order. */
  version: z.int(),
});
export type Ticket = z.infer<typeof Ticket>;

export const TicketPage = pageOf(Ticket.extend({ /** Since it was ordered. */ ageMs: z.int() }));
export type TicketPage = z.infer<typeof TicketPage>;

const Station = line(40);

export const ShowKitchen = z.strictObject({ restaurantId }).prefault({});

export const ListTickets = z
  .strictObject({
    restaurantId,
    ...PageInput,
    /** Only what is cooked there. */
    station: Station.optional(),
    /** Those that are ready, and may be recalled, in place of those to be cooked. */
    ready: z.boolean().default(false),
  })
  .prefault({});
export type ListTickets = z.infer<typeof ListTickets>;

export const NameOrderItem = z.strictObject({ restaurantId, orderItemId: Id });
export type NameOrderItem = z.infer<typeof NameOrderItem>;

export const RecallItem = NameOrderItem.extend({ reason: words(200) });
export type RecallItem = z.infer<typeof RecallItem>;

export const Tickets = z.object({ items: z.array(Ticket) });
export type Tickets = z.infer<typeof Tickets>;

export const WatchKitchen = z
  .strictObject({
    restaurantId,
    station: Station.optional(),
    lastEventId: LastEventId,
  })
  .prefault({});
export type WatchKitchen = z.infer<typeof WatchKitchen>;

/** Something that happened in the kitchen. */
export const KitchenEvent = z.discriminatedUnion('kind', [
  /** The stream begins: what is read from here on misses nothing that it tells. */
  z.object({ kind: z.literal('ready') }),
  /** All tickets of an order, in place of those before. */
  z.object({ kind: z.literal('tickets'), at: z.date(), orderId: z.uuid(), items: z.array(Ticket) }),
  /** Nothing of it is left to do. */
  z.object({ kind: z.literal('gone'), at: z.date(), orderId: z.uuid() }),
]);
export type KitchenEvent = z.infer<typeof KitchenEvent>;
