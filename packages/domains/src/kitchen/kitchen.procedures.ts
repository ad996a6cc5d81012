import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { liveErrors } from '../live/live.errors.ts';
import { allow } from '../trpc.ts';
import { orderErrors } from '../orders/orders.errors.ts';
import { finishItem, recallItem, startItem } from './kitchen.actions.ts';
import { kitchenStatus, listTickets } from './kitchen.reads.ts';
import {
  KitchenEvent,
  KitchenStatus,
  ListTickets,
  NameOrderItem,
  RecallItem,
  ShowKitchen,
  TicketPage,
  Tickets,
  WatchKitchen,
} from './kitchen.schema.ts';
import { watchKitchen } from './kitchen.watching.ts';

const { ILLEGAL_TRANSITION, ITEM_STATE, ORDER_SETTLED, ORDER_UNREADY } = orderErrors;
const moved = [ILLEGAL_TRANSITION, ITEM_STATE, ORDER_SETTLED, ORDER_UNREADY] as const;

export const kitchenProcedures = {
  status: allow('kitchen.status')
    .meta({ summary: 'Tells how the kitchen stands: what waits, and what there is.' })
    .input(ShowKitchen)
    .output(KitchenStatus)
    .query(({ ctx }) => kitchenStatus(ctx)),
  queue: allow('order.cook')
    .meta({ summary: 'Lists the tickets to be cooked, oldest first, of one station or all.' })
    .input(ListTickets)
    .output(TicketPage)
    .query(({ ctx, input }) => listTickets(ctx, input)),
  startItem: allow('order.cook', ...moved)
    .meta({ summary: 'Begins to cook an item.' })
    .input(NameOrderItem)
    .output(Tickets)
    .mutation(({ ctx, input }) => startItem(ctx, input)),
  finishItem: allow('order.cook', ...moved)
    .meta({ summary: 'Says that an item is done.' })
    .input(NameOrderItem)
    .output(Tickets)
    .mutation(({ ctx, input }) => finishItem(ctx, input)),
  recall: allow('order.cook', ...moved)
    .meta({ summary: 'Takes an item up again that was done, and says why.' })
    .input(RecallItem)
    .output(Tickets)
    .mutation(({ ctx, input }) => recallItem(ctx, input)),
  watch: allow('order.cook', kernelErrors.STREAM_RESET, liveErrors.TOO_MANY_STREAMS)
    .meta({ summary: 'Tells how the tickets hang, of one station or all.', event: KitchenEvent })
    .input(WatchKitchen)
    .subscription(({ ctx, input, signal }) => watchKitchen(ctx, input, signal)),
};
