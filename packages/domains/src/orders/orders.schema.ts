import { IdempotencyKey } from '@comanda/kernel/keyed.schema';
import { MAX_MINOR } from '@comanda/kernel/money';
import { Moment } from '@comanda/kernel/moment.schema';
import { PageInput, pageOf } from '@comanda/kernel/page';
import { line, Text, words } from '@comanda/kernel/text';
import { z } from 'zod';
import { Wish } from '../cart/cart.schema.ts';
import { LastEventId } from '../live/live.schema.ts';
import { ItemState, OrderState, OrderType, PaymentState } from './orders.states.schema.ts';
import { TotalsSnapshot } from './orders.totals.schema.ts';

const Id = z.uuid().toLowerCase();
/** Left out: the restaurant of the session, or the only one there is. */
const restaurantId = Id.optional();
const Amount = z.int().min(0).max(MAX_MINOR);
const Bps = z.int().min(0).max(10_000);

/** An option of a line, as the menu had it when it was ordered. */
export const ChosenOption = z.object({
  optionId: z.uuid(),
  group: z.string(),
  name: z.string(),
  quantity: z.int(),
  priceDelta: z.int(),
});
export type ChosenOption = z.infer<typeof ChosenOption>;

export const OrderItemView = z.object({
  id: z.uuid(),
  itemId: z.uuid(),
  /** Ordered with the first call, or with the n-th. */
  round: z.int(),
  name: z.string(),
  options: z.array(ChosenOption),
  note: z.string().nullable(),
  quantity: z.int(),
  unit: z.int(),
  state: ItemState,
  station: z.string().nullable(),
  /** Needs no cooking. */
  skipsKitchen: z.boolean(),
  orderedAt: z.date(),
  startedAt: z.date().nullable(),
  doneAt: z.date().nullable(),
});
export type OrderItemView = z.infer<typeof OrderItemView>;

/** An order as lists and streams tell it. */
export const OrderCard = z.object({
  id: z.uuid(),
  restaurantId: z.uuid(),
  /** Counted from one in every restaurant. */
  number: z.int(),
  type: OrderType,
  state: OrderState,
  payment: PaymentState,
  customerId: z.uuid().nullable(),
  customerName: z.string(),
  tableId: z.uuid().nullable(),
  tableName: z.string().nullable(),
  assigneeId: z.uuid().nullable(),
  assigneeName: z.string().nullable(),
  currency: z.string(),
  total: z.int(),
  units: z.int(),
  placedAt: z.date(),
  promisedAt: z.date().nullable(),
  closedAt: z.date().nullable(),
  version: z.int(),
});
export type OrderCard = z.infer<typeof OrderCard>;

export const OrderStepView = z.object({
  at: z.date(),
  what: z.enum([
    'placed',
    'moved',
    'round',
    'assigned',
    'payment',
    'refund',
    'discount',
    'recalled',
  ]),
  from: OrderState.nullable(),
  to: OrderState.nullable(),
  /** Who did it; told to staff. */
  by: z.string().nullable(),
  reason: z.string().nullable(),
});
export type OrderStepView = z.infer<typeof OrderStepView>;

/** @public the contract names it */
export const PaymentView = z.object({
  id: z.uuid(),
  kind: z.enum(['payment', 'refund']),
  amount: z.int(),
  method: z.string(),
  reason: z.string().nullable(),
  at: z.date(),
});
export type PaymentView = z.infer<typeof PaymentView>;

/** An order with all that belongs to it. */
export const OrderView = OrderCard.extend({
  phone: z.string().nullable(),
  address: z.string().nullable(),
  instructions: z.string(),
  items: z.array(OrderItemView),
  totals: TotalsSnapshot,
  paid: z.int(),
  refunded: z.int(),
  payments: z.array(PaymentView),
  history: z.array(OrderStepView),
});
export type OrderView = z.infer<typeof OrderView>;

export const OrderPage = pageOf(OrderCard).extend({
  /** How many orders fit; null unless it was asked. */
  total: z.int().nullable(),
});
export type OrderPage = z.infer<typeof OrderPage>;

const Tip = z.union([z.strictObject({ fixed: Amount }), z.strictObject({ bps: Bps })]);

/** How an order gets to its guest, and what is said about it. */
const delivery = {
  type: OrderType,
  phone: line(30).nullable().default(null),
  /** Where it is brought; needed for a delivery. */
  address: words(300).nullable().default(null),
  instructions: Text.trim().max(500).default(''),
  tip: Tip.default({ fixed: 0 }),
};

export const PlaceOrder = z.strictObject({
  restaurantId,
  idempotencyKey: IdempotencyKey,
  /** Of the cart that is ordered: what was not seen is not ordered. */
  cartVersion: z.int(),
  ...delivery,
  /** What guests are called for; left out: the name of who is signed in. */
  customerName: line(200).optional(),
  /** For a guest at a table. */
  tableId: Id.nullable().default(null),
  /** What the guest has seen: with another total nothing is ordered. It also says yes to new prices. */
  expectedTotal: Amount.optional(),
});
export type PlaceOrder = z.infer<typeof PlaceOrder>;

export const TakeOrder = z.strictObject({
  restaurantId,
  idempotencyKey: IdempotencyKey,
  /** Adds a round to this order in place of a new one; its type, table and name stay as they are. */
  orderId: Id.optional(),
  ...delivery,
  type: OrderType.default('dine_in'),
  customerName: line(200).default('Guest'),
  tableId: Id.nullable().default(null),
  lines: z.array(Wish).min(1).max(100),
});
export type TakeOrder = z.infer<typeof TakeOrder>;

export const ListOrders = z
  .strictObject({
    restaurantId,
    ...PageInput,
    /** An order’s number, a part of a guest’s name, or four digits and more of their telephone number. */
    search: words(100).optional(),
    state: z.array(OrderState).max(8).optional(),
    type: OrderType.optional(),
    payment: PaymentState.optional(),
    customerId: Id.optional(),
    tableId: Id.optional(),
    assigneeId: Id.optional(),
    /** Placed then or later. */
    from: Moment.optional(),
    /** Placed before. */
    to: Moment.optional(),
    /** Only those of the caller's own, whatever their role shows them. */
    mine: z.boolean().optional(),
    sort: z.enum(['newest', 'oldest']).default('newest'),
    /** Whether to count all that fits, not only this page. */
    count: z.boolean().default(false),
  })
  .prefault({});
export type ListOrders = z.infer<typeof ListOrders>;

export const NameOrder = z.strictObject({ restaurantId, orderId: Id });
export type NameOrder = z.infer<typeof NameOrder>;

/** Where the caller can take an order now. */
export const NextStates = z.object({
  version: z.int(),
  items: z.array(
    z.object({ to: OrderState, needsReason: z.boolean(), needsRefundChoice: z.boolean() }),
  ),
});
export type NextStates = z.infer<typeof NextStates>;

const expectedVersion = z.int();
const reason = words(300);

export const AdvanceOrder = NameOrder.extend({
  expectedVersion,
  to: OrderState.exclude(['cancelled']),
  reason: reason.optional(),
});
export type AdvanceOrder = z.infer<typeof AdvanceOrder>;

export const CancelOrder = NameOrder.extend({
  idempotencyKey: IdempotencyKey,
  expectedVersion,
  reason: reason.optional(),
  /** Whether what was paid goes back, for those who may refund; has to be said once it was ready. */
  refund: z.boolean().optional(),
});
export type CancelOrder = z.infer<typeof CancelOrder>;

export const AssignOrder = NameOrder.extend({
  expectedVersion,
  /** Somebody of the delivery crew; null takes it back. */
  assigneeId: Id.nullable(),
});
export type AssignOrder = z.infer<typeof AssignOrder>;

export const RecordPayment = NameOrder.extend({
  idempotencyKey: IdempotencyKey,
  expectedVersion,
  method: z.enum(['cash', 'card', 'other']),
});
export type RecordPayment = z.infer<typeof RecordPayment>;

export const RefundOrder = NameOrder.extend({
  idempotencyKey: IdempotencyKey,
  expectedVersion,
  amount: z.int().min(1).max(MAX_MINOR),
  reason,
});
export type RefundOrder = z.infer<typeof RefundOrder>;

export const DiscountOrder = NameOrder.extend({
  expectedVersion,
  discount: Tip,
  reason,
});
export type DiscountOrder = z.infer<typeof DiscountOrder>;

export const WatchOrders = z
  .strictObject({
    restaurantId,
    /** Only this one. */
    orderId: Id.optional(),
    lastEventId: LastEventId,
  })
  .prefault({});
export type WatchOrders = z.infer<typeof WatchOrders>;

/** Something that happened to an order which the watcher may see. */
export const OrderEvent = z.discriminatedUnion('kind', [
  /** The stream begins: what is read from here on misses nothing that it tells. */
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('placed'), at: z.date(), order: OrderCard }),
  z.object({ kind: z.literal('changed'), at: z.date(), order: OrderCard }),
  /** It is not the watcher's to see any more: closed, or given to somebody else. */
  z.object({ kind: z.literal('gone'), at: z.date(), orderId: z.uuid() }),
]);
export type OrderEvent = z.infer<typeof OrderEvent>;
