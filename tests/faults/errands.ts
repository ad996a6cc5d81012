import type { Client } from '@comanda/client';
import { newId } from '@comanda/kernel/id';
import { after, DAY, HOUR, MINUTE } from '@comanda/kernel/time';
import { PLAIN_ITEM } from '@comanda/testing/given';

/** What there is before anybody begins. */
export interface Furnished {
  itemIds: readonly string[];
  tableIds: readonly string[];
  recipeId: string;
  waiterIds: readonly string[];
}

/** A few mutations, one after the other; the first that does not go through may end it. */
export type Errand = (client: Client, house: Furnished) => Promise<unknown>;

/** It is on record what became of the call; a mistake in an errand is none of it. */
export async function whatever<Answer>(call: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error && 'reason' in error) return undefined;
    throw error;
  }
}

/** Again and again, until it goes through. */
export async function insisting<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    const answer = await whatever(call());
    if (answer !== undefined) return answer;
  }
}

function oneOf<Thing>(things: readonly Thing[]): Thing {
  const thing = things[Math.floor(Math.random() * things.length)];
  if (thing === undefined) throw new Error('There is none.');
  return thing;
}

/** Never the same: what changes nothing leaves no trace, and none is looked for. */
const name = () => `n-${newId()}`;

const changeMenu: Errand = async ({ menu }, { itemIds }) => {
  const slug = name();
  const { id: categoryId } = await menu.categories.create.mutate({ title: name(), slug });
  await whatever(menu.categories.create.mutate({ title: name(), slug }));
  const item = await menu.items.create.mutate({ name: name(), categoryId, price: 900 });
  const { id: itemId, version: expectedVersion } = item;
  await menu.items.update.mutate({ itemId, name: name(), expectedVersion });
  await whatever(menu.items.update.mutate({ itemId, name: name(), expectedVersion }));
  await menu.items.setAvailability.mutate({ itemId, available: false });
  await menu.items.setStock.mutate({ itemId, mode: 'count', left: 7 });
  await whatever(menu.categories.remove.mutate({ categoryId }));
  await menu.items.remove.mutate({ itemId });
  await whatever(menu.items.update.mutate({ itemId, name: name() }));
  await menu.items.restore.mutate({ itemId });
  await whatever(menu.items.update.mutate({ itemId: oneOf(itemIds), description: name() }));
};

const importMenu: Errand = ({ menu }) => {
  const [category, ...slugs] = [name(), name(), name(), name()];
  return menu.import.mutate({
    categories: [{ slug: category, title: category, position: 1, skipsKitchen: false }],
    items: slugs.map((slug) => ({ ...PLAIN_ITEM, slug, name: slug, category })),
  });
};

const moveTables: Errand = async ({ tables }, { tableIds }) => {
  const said = { name: name(), seatsMax: 4, active: false };
  const { id: tableId, version } = await tables.create.mutate(said);
  await whatever(tables.create.mutate(said));
  await tables.update.mutate({ tableId, section: name(), expectedVersion: version });
  await whatever(tables.update.mutate({ tableId, section: name(), expectedVersion: version }));
  await whatever(tables.update.mutate({ tableId: oneOf(tableIds), section: name() }));
  await tables.remove.mutate({ tableId });
  await whatever(tables.remove.mutate({ tableId }));
};

const planShifts: Errand = async ({ shifts }, { waiterIds }) => {
  const personId = oneOf(waiterIds);
  const startsAt = after(new Date(), (1 + Math.floor(Math.random() * 300)) * DAY);
  const when = { personId, startsAt, endsAt: after(startsAt, 4 * HOUR) };
  const { id: shiftId } = await shifts.schedule.mutate(when);
  await whatever(shifts.schedule.mutate({ ...when, publish: true }));
  await shifts.update.mutate({ shiftId, note: name() });
  await shifts.publish.mutate({ shiftIds: [shiftId] });
  await shifts.cancel.mutate({ shiftId });
  await whatever(shifts.update.mutate({ shiftId, note: name() }));
};

const giveTask: Errand = async ({ tasks }, { waiterIds }) => {
  const assigneeId = oneOf(waiterIds);
  const { id: taskId } = await tasks.create.mutate({ title: name(), assigneeId });
  await tasks.update.mutate({ taskId, title: name(), expectedVersion: 1 });
  await whatever(tasks.update.mutate({ taskId, title: name(), expectedVersion: 1 }));
  await whatever(tasks.update.mutate({ taskId, done: true }));
  await tasks.remove.mutate({ taskId });
};

const takeOrder: Errand = async ({ orders }, { itemIds }) => {
  const lines = itemIds.map((itemId) => ({ itemId }));
  const taking = { idempotencyKey: newId(), lines };
  const order = await orders.take.mutate(taking);
  await whatever(orders.take.mutate(taking));
  const named = { orderId: order.id, expectedVersion: order.version };
  const { version } = await orders.advance.mutate({ ...named, to: 'confirmed' });
  await whatever(orders.advance.mutate({ ...named, to: 'preparing' }));
  await whatever(orders.advance.mutate({ ...named, expectedVersion: version, to: 'completed' }));
  const cancelling = { ...named, expectedVersion: version, reason: 'No appetite.' };
  await orders.cancel.mutate({ ...cancelling, idempotencyKey: newId() });
};

const cook: Errand = async ({ recipes }, { recipeId: shared }) => {
  const { id: recipeId } = await recipes.create.mutate({ name: name(), secrecy: 'top_secret' });
  await recipes.update.mutate({ recipeId, name: name(), expectedVersion: 1 });
  await whatever(recipes.update.mutate({ recipeId, name: name(), expectedVersion: 1 }));
  await recipes.remove.mutate({ recipeId });
  await recipes.restore.mutate({ recipeId });
  await whatever(recipes.update.mutate({ recipeId: shared, instructions: name() }));
  await recipes.vault.mutate();
};

const trespass: Errand = async ({ tables, people, shifts }, { waiterIds }) => {
  const [personId = ''] = waiterIds;
  await whatever(tables.remove.mutate({ tableId: newId() }));
  await whatever(people.setLevel.mutate({ personId, level: 1 }));
  await whatever(shifts.publish.mutate({ shiftIds: [newId()] }));
};

const work: Errand = async ({ shifts }) => {
  const coming = { idempotencyKey: newId() };
  await whatever(shifts.clockIn.mutate(coming));
  await whatever(shifts.clockIn.mutate(coming));
  await whatever(shifts.startBreak.mutate({ idempotencyKey: newId() }));
  await whatever(shifts.endBreak.mutate({ idempotencyKey: newId() }));
  await whatever(shifts.clockOut.mutate({ idempotencyKey: newId() }));
};

/** Of few starts and few tables, so that soon there is none. */
function asking() {
  const now = Date.now();
  const hours = 3 + Math.floor(Math.random() * 4);
  const startsAt = new Date(now - (now % (15 * MINUTE)) + hours * HOUR);
  return { idempotencyKey: newId(), startsAt, party: 2 };
}

const seatGuests: Errand = async ({ reservations }) => {
  const said = { ...asking(), forGuest: true, customerName: 'Guest' };
  const { id: reservationId } = await reservations.request.mutate(said);
  await whatever(reservations.request.mutate(said));
  const { version } = await reservations.confirm.mutate({ reservationId });
  await whatever(reservations.confirm.mutate({ reservationId, expectedVersion: 1 }));
  await whatever(reservations.seat.mutate({ reservationId }));
  const cancelling = { reservationId, idempotencyKey: newId(), expectedVersion: version };
  await reservations.cancel.mutate(cancelling);
};

const reserve: Errand = async ({ reservations }) => {
  const { id: reservationId } = await reservations.request.mutate(asking());
  await reservations.cancel.mutate({ reservationId, idempotencyKey: newId() });
};

const order: Errand = async ({ cart, orders }, { itemIds }) => {
  for (const itemId of itemIds) await whatever(cart.add.mutate({ itemId, note: name() }));
  await whatever(cart.add.mutate({ itemId: newId() }));
  const { version: cartVersion } = await cart.show.query();
  const placing = { idempotencyKey: newId(), cartVersion, type: 'pickup' as const };
  await whatever(orders.place.mutate({ ...placing, idempotencyKey: newId(), cartVersion: 1 }));
  const placed = await whatever(orders.place.mutate(placing));
  const again = await whatever(orders.place.mutate(placing));
  const { id: orderId, version } = placed ?? again ?? { id: newId(), version: 1 };
  const cancelling = { orderId, expectedVersion: version, idempotencyKey: newId() };
  await whatever(orders.cancel.mutate(cancelling));
};

const keepOwn: Errand = async ({ tasks, books, profile }) => {
  const { id: taskId } = await tasks.create.mutate({ title: name() });
  await whatever(tasks.create.mutate({ title: '' }));
  await tasks.update.mutate({ taskId, done: true });
  await whatever(tasks.remove.mutate({ taskId: newId() }));
  const book = { title: name(), author: 'A. Boni' };
  await whatever(books.create.mutate({ ...book, isbn: '9780306406157' }));
  const { id: bookId } = await books.create.mutate(book);
  await whatever(books.update.mutate({ bookId, isbn: '9780306406157' }));
  await books.update.mutate({ bookId, description: name(), expectedVersion: 1 });
  await books.remove.mutate({ bookId });
  await profile.update.mutate({ bio: name() });
};

const knock: Errand = ({ auth }) =>
  auth.login.mutate({ identifier: name(), password: 'not the right one' });

const stray: Errand = async ({ tasks, cart }) => {
  await whatever(tasks.create.mutate({ title: name() }));
  await whatever(cart.add.mutate({ itemId: newId() }));
};

const house = [changeMenu, importMenu, moveTables, planShifts, giveTask, takeOrder];

/** What everybody does, again and again. */
export const ERRANDS = {
  manager: house,
  master_chef: [cook, trespass],
  waiter: [work, seatGuests, takeOrder, keepOwn],
  customer: [order, reserve, keepOwn],
  guest: [order],
  anonymous: [knock, stray, stray, stray],
} as const;
