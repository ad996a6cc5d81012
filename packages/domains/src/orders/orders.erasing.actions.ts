import { after, DAY } from '@comanda/kernel/time';
import {
  blank,
  chunks,
  forgetActor,
  forgetEntries,
  madeBy,
  toldOf,
} from '@comanda/storage/erasing';
import { everyNameOf } from '../auth/auth.erasing.actions.ts';
import { Membership } from '../auth/auth.entity.ts';
import { authErrors } from '../auth/auth.errors.ts';
import { eraseCarts } from '../cart/cart.erasing.actions.ts';
import type { Erasing, ErasingContext } from '../context.ts';
import { Restaurant } from '../restaurants/restaurants.entity.ts';
import { Order, OrderItem, OrderStep, Payment } from './orders.entity.ts';
import { CLOSED } from './orders.sight.rules.ts';

/** What was ordered and paid stays. Refuses while an order is on its way: somebody has to find its address. */
export const eraseOrders: Erasing = async (ctx, { accountId }) => {
  const { em } = ctx;
  const restaurants = await em.find(Restaurant, {}, { filters: false, fields: ['id'] });
  // Named, because the indexes begin with them.
  const restaurantId = { $in: restaurants.map(({ id }) => id) };
  await eraseOwn(ctx, { restaurantId, customerId: accountId });
  await eraseCarried(ctx, accountId);
  for (const ids of await madeBy(em, OrderStep, accountId)) {
    await blank(em, OrderStep, { where: { id: { $in: ids } }, set: { byName: null } });
  }
  for (const ids of await madeBy(em, Payment, accountId)) {
    await blank(em, Payment, { where: { id: { $in: ids } }, set: { byName: null } });
  }
};

/** An order that nobody has closed for so long is on its way to nobody. */
const LATELY_MS = 2 * DAY;

interface Own {
  restaurantId: { $in: string[] };
  customerId: string;
}

async function eraseOwn({ em, clock }: ErasingContext, own: Own): Promise<void> {
  const fields = ['id', 'state', 'guestId', 'placedAt', 'promisedAt'] as const;
  const orders = await em.find(Order, own, { filters: false, fields });
  const lately = after(clock.now(), -LATELY_MS);
  const open = orders.filter(
    (order) => !CLOSED.includes(order.state) && (order.promisedAt ?? order.placedAt) > lately,
  ).length;
  if (open > 0) throw authErrors.ORDERS_OPEN({ open });
  const nobody = { customerName: '', phone: null, address: null, instructions: '' };
  await blank(em, Order, { where: own, set: nobody });
  for (const ids of chunks(orders.map(({ id }) => id))) {
    await blank(em, OrderItem, { where: { order: { $in: ids } }, set: { note: null } });
    const said = { orderId: { $in: ids }, byId: own.customerId };
    await blank(em, OrderStep, { where: said, set: { reason: null } });
  }
  // Who they were before they signed in.
  for (const guestId of new Set(orders.map(({ guestId }) => guestId))) {
    if (guestId === null) continue;
    await eraseCarts({ em, clock }, { accountId: guestId });
    await forgetActor(em, guestId);
  }
}

/** Where they brought orders to their guests: those, and the log of all else about them, are others'. */
async function eraseCarried(ctx: ErasingContext, accountId: string): Promise<void> {
  const { em } = ctx;
  const worked = { account: accountId, invitedAs: null };
  const places = await em.find(Membership, worked, { filters: false, fields: ['restaurantId'] });
  const restaurantId = { $in: places.map((place) => place.restaurantId) };
  const carried = { restaurantId, assigneeId: accountId };
  const now = await em.find(Order, carried, { filters: false, fields: ['id'] });
  await blank(em, Order, { where: carried, set: { assigneeName: null }, keepsLog: true });
  // The history says who was to bring it by name alone, and others may be called the same.
  const names = await everyNameOf(ctx, accountId);
  const named = { restaurantId, what: 'assigned', reason: { $in: names } };
  const steps = await em.find(OrderStep, named, { filters: false, fields: ['orderId'] });
  const orders = new Set([...now.map(({ id }) => id), ...steps.map(({ orderId }) => orderId)]);
  for (const ids of chunks([...orders])) {
    const told = await toldOf(em, Order, ids);
    const theirs = told.filter((entry) => isAbout(entry, accountId));
    const own = new Set(theirs.map(({ targetId }) => targetId));
    const mine = steps.filter(({ orderId }) => ids.includes(orderId) && own.has(orderId));
    const where = { id: { $in: mine.map(({ id }) => id) } };
    if (mine.length > 0) await blank(em, OrderStep, { where, set: { reason: null } });
    await forgetEntries(
      em,
      theirs.map(({ id }) => id),
    );
  }
}

type Entry = Awaited<ReturnType<typeof toldOf>>[number];

function isAbout({ before, after }: Entry, accountId: string): boolean {
  return [before, after].some((values) => values?.['assigneeId'] === accountId);
}
