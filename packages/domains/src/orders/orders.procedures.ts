import { keyedErrors } from '@comanda/kernel/keyed.errors';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { moneyErrors } from '@comanda/kernel/money.errors';
import { liveErrors } from '../live/live.errors.ts';
import { allow, allowAt, allowGuests } from '../trpc.ts';
import { assignOrder, claimOrder } from './orders.crew.actions.ts';
import { orderErrors } from './orders.errors.ts';
import { discountOrder, recordPayment, refundOrder } from './orders.money.actions.ts';
import { advanceOrder, cancelOrder, nextStatesOf } from './orders.moving.actions.ts';
import { placeOrder } from './orders.placing.actions.ts';
import { listOrders } from './orders.listing.reads.ts';
import { showOrder } from './orders.reads.ts';
import {
  AdvanceOrder,
  AssignOrder,
  CancelOrder,
  DiscountOrder,
  ListOrders,
  NameOrder,
  NextStates,
  OrderEvent,
  OrderPage,
  OrderView,
  PlaceOrder,
  RecordPayment,
  RefundOrder,
  TakeOrder,
  WatchOrders,
} from './orders.schema.ts';
import { takeOrder } from './orders.taking.actions.ts';
import { watchOrders } from './orders.watching.ts';

const { IDEMPOTENCY_IN_PROGRESS, IDEMPOTENCY_MISMATCH } = keyedErrors;
const { AMOUNT_TOO_LARGE } = moneyErrors;
const { ALREADY_ASSIGNED, ASSIGNEE_UNFIT, ORDER_SETTLED, REFUND_TOO_LARGE } = orderErrors;
const { CART_EMPTY, CART_ISSUES, PRICE_CHANGED, SOLD_OUT, TYPE_NOT_OFFERED } = orderErrors;
const { ILLEGAL_TRANSITION, ORDER_UNREADY } = orderErrors;

const watched = [kernelErrors.STREAM_RESET, liveErrors.TOO_MANY_STREAMS] as const;
const keyed = [IDEMPOTENCY_IN_PROGRESS, IDEMPOTENCY_MISMATCH] as const;
const written = [...keyed, AMOUNT_TOO_LARGE, CART_ISSUES, SOLD_OUT, TYPE_NOT_OFFERED] as const;
const moved = [ILLEGAL_TRANSITION, ORDER_UNREADY] as const;

export const ordersProcedures = {
  place: allowGuests('order.place', ...written, CART_EMPTY, PRICE_CHANGED)
    .meta({ summary: 'Orders what is in the cart, once for a key.' })
    .input(PlaceOrder)
    .output(OrderView)
    .mutation(({ ctx, input }) => placeOrder(ctx, input)),
  take: allow('order.take', ...written, ...moved, ORDER_SETTLED)
    .meta({ summary: 'Takes an order down for guests, or a round more of one.' })
    .input(TakeOrder)
    .output(OrderView)
    .mutation(({ ctx, input }) => takeOrder(ctx, input)),
  list: allowAt('order.read')
    .meta({ summary: 'Lists the orders that the caller may see, newest first.' })
    .input(ListOrders)
    .output(OrderPage)
    .query(({ ctx, input }) => listOrders(ctx, input)),
  show: allowGuests('order.read')
    .meta({ summary: 'Shows an order with its items, sums, payments and history.' })
    .input(NameOrder)
    .output(OrderView)
    .query(({ ctx, input }) => showOrder(ctx, input.orderId)),
  nextStates: allowAt('order.read')
    .meta({ summary: 'Tells where the caller can take an order now.' })
    .input(NameOrder)
    .output(NextStates)
    .query(({ ctx, input }) => nextStatesOf(ctx, input)),
  advance: allowAt('order.read', ...moved)
    .meta({ summary: 'Takes an order a step on, where the role of the caller may.' })
    .input(AdvanceOrder)
    .output(OrderView)
    .mutation(({ ctx, input }) => advanceOrder(ctx, input)),
  cancel: allowAt('order.cancel', ...keyed, ...moved)
    .meta({ summary: 'Calls an order off; what was never cooked goes back to the stock.' })
    .input(CancelOrder)
    .output(OrderView)
    .mutation(({ ctx, input }) => cancelOrder(ctx, input)),
  assign: allow('order.assign', ASSIGNEE_UNFIT, ORDER_SETTLED, ORDER_UNREADY)
    .meta({ summary: 'Gives a delivery to somebody of the crew, or takes it back.' })
    .input(AssignOrder)
    .output(OrderView)
    .mutation(({ ctx, input }) => assignOrder(ctx, input)),
  claim: allow('order.deliver', ALREADY_ASSIGNED, ASSIGNEE_UNFIT, ORDER_SETTLED)
    .meta({ summary: 'Takes a delivery that nobody has yet.' })
    .input(NameOrder)
    .output(OrderView)
    .mutation(({ ctx, input }) => claimOrder(ctx, input)),
  recordPayment: allow('order.serve', ...keyed, ORDER_SETTLED)
    .meta({ summary: 'Writes down that an order was paid at the counter.' })
    .input(RecordPayment)
    .output(OrderView)
    .mutation(({ ctx, input }) => recordPayment(ctx, input)),
  refund: allow('order.refund', ...keyed, REFUND_TOO_LARGE)
    .meta({ summary: 'Writes down that money went back, and why.' })
    .input(RefundOrder)
    .output(OrderView)
    .mutation(({ ctx, input }) => refundOrder(ctx, input)),
  discount: allow('order.discount', AMOUNT_TOO_LARGE, ORDER_SETTLED)
    .meta({ summary: 'Takes something off what an order costs, and says why.' })
    .input(DiscountOrder)
    .output(OrderView)
    .mutation(({ ctx, input }) => discountOrder(ctx, input)),
  watch: allowGuests('order.read', ...watched)
    .meta({
      summary: 'Tells what happens to the orders that the caller may see, or to one of them.',
      event: OrderEvent,
    })
    .input(WatchOrders)
    .subscription(({ ctx, input, signal }) => watchOrders(ctx, input, signal)),
};
