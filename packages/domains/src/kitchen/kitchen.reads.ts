import { capabilitiesOf } from '@comanda/kernel/access';
import type { Clock } from '@comanda/kernel/time';
import { type Reader, reading } from '@comanda/storage/reading';
import type { StaffContext } from '../context.ts';
import type { MenuItem } from '../menu/menu.entity.ts';
import type { Order } from '../orders/orders.entity.ts';
import { fullOrders } from '../orders/orders.full.reads.ts';
import { countRecipes } from '../recipes/recipes.reads.ts';
import { momentFor } from '../restaurants/restaurants.reads.ts';
import type { KitchenStatus, ListTickets, TicketPage } from './kitchen.schema.ts';
import { IN_KITCHEN, ticketsOf, TO_COOK } from './kitchen.tickets.rules.ts';

type Looker = Pick<StaffContext, 'em' | 'clock' | 'actor' | 'restaurantId'>;

export async function kitchenStatus(ctx: Looker): Promise<KitchenStatus> {
  const { actor, clock, restaurantId } = ctx;
  const counts = await reading<typeof Order>(ctx.em)
    .selectFrom('Order')
    .where('state', 'in', IN_KITCHEN)
    .select(({ fn }) => ['state', fn.countAll().as('orders')])
    .groupBy('state')
    .execute();
  const orders = new Map(counts.map(({ state, orders }) => [state, Number(orders)]));
  const moment = await momentFor(ctx, restaurantId);
  return {
    role: actor.role,
    capabilities: capabilitiesOf(actor.role),
    pendingOrders: (orders.get('pending') ?? 0) + (orders.get('confirmed') ?? 0),
    preparingOrders: orders.get('preparing') ?? 0,
    readyOrders: orders.get('ready') ?? 0,
    availableItems: await availableItems(ctx),
    activeRecipes: await countRecipes(ctx),
    paused: moment.restaurant.paused !== undefined,
    at: clock.now(),
    status: 'operational',
  };
}

/** Oldest first: page by page of orders, each with all its tickets. */
export async function listTickets(
  ctx: Reader & { clock: Clock },
  { station, ready, cursor, limit }: ListTickets,
): Promise<TicketPage> {
  const states = ready ? (['ready'] as const) : TO_COOK;
  const orders = await fullOrders(ctx, { states, cursor, limit });
  const now = ctx.clock.now().getTime();
  return {
    items: orders.items
      .flatMap((order) => ticketsOf(order, station))
      .map((ticket) => ({ ...ticket, ageMs: Math.max(0, now - ticket.orderedAt.getTime()) })),
    nextCursor: orders.nextCursor,
  };
}

async function availableItems({ em }: Reader): Promise<number> {
  const { items } = await reading<typeof MenuItem>(em)
    .selectFrom('MenuItem')
    .where('available', '=', true)
    .where('stockMode', '!=', 'out')
    .where(({ or, eb }) => or([eb('stockMode', '=', 'none'), eb('stockLeft', '>', 0)]))
    .select(({ fn }) => fn.countAll().as('items'))
    .executeTakeFirstOrThrow();
  return Number(items);
}
