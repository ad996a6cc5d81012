import { type Client, createClient, type OrderView } from '@comanda/client';
import type { TestApp } from '@comanda/testing';
import { PASSWORD, type Person } from '@comanda/testing/given';
import { from } from '../auth/callers.ts';
import { invited, joined } from '../auth/joining.ts';
import { upload } from '../files/uploading.ts';
import { guestToken, onMenu, taken } from '../orders/ordering.ts';
import { EVENING, requested } from '../reservations/booking.ts';

/** In whatever spelling: the words, the address, the telephone number and the place of one person. */
export const CANARY = /canary|203\.0\.113\.77|500177|43\.771/i;

const ADDRESS = '203.0.113.77';
const PHONE = '+39 055 500177';
const PLACE = { latitude: 43.7717, longitude: 11.2486 };

/** Somebody who has told all that can be told of oneself. */
export interface Canary {
  person: Person;
  /** Signed in, from an address and with a device that tell of them, too. */
  client: Client;
  itemId: string;
  /** One that was brought, one that was called off, one from before they signed in. */
  orders: OrderView[];
  avatarId: string;
}

/** As a customer: names, profile, orders, reservations, a full cart, tasks, books and a pass. */
export async function customerCanary(app: TestApp): Promise<Canary> {
  const itemId = await onMenu(app, { name: 'Soup' });
  await app.given.table({ seatsMax: 4 });
  const token = await guestToken(app);
  const guest = withHeaders(app, { 'x-guest-token': token });
  const early = await delivered(guest, itemId);
  const names = { username: 'canary', email: 'canary@canary.example', phone: PHONE };
  const signedUp = await withHeaders(app, { 'x-guest-token': token }).auth.register.mutate({
    ...names,
    password: PASSWORD,
    firstName: 'Canary',
    lastName: 'Canarybird',
  });
  const { accessToken, user } = signedUp;
  const client = from(app, { address: ADDRESS, userAgent: 'canary phone', token: accessToken });
  const person = { id: user.id, username: 'canary', role: 'customer', restaurantId: null } as const;

  const late = await delivered(client, itemId);
  const dropped = await delivered(client, itemId);
  await calledOff(client, early);
  await calledOff(client, dropped);
  await broughtTo(app, late);
  await client.cart.add.mutate({ itemId, note: 'canary seed on top' });

  const wish = { customerName: 'Canary', phone: PHONE, note: 'a canary comes along' };
  await requested(client, wish);
  const other = await requested(client, { ...wish, startsAt: new Date(+EVENING + 86_400_000) });
  await client.reservations.cancel.mutate({ reservationId: other.id, reason: 'the canary is ill' });

  const { id: avatarId } = await upload(app, person);
  await client.profile.update.mutate({ bio: 'canary', website: 'https://canary.example' });
  await client.profile.setAvatar.mutate({ pictureId: avatarId });
  await client.tasks.create.mutate({ title: 'Feed the canary', description: 'canary seed' });
  const words = { title: 'The canary', author: 'A. Canary', description: 'Of a canary.' };
  await client.books.create.mutate({ ...words, isbn: '9780306406157' });
  await client.auth.passes.issue.mutate({ label: 'canary tablet' });
  return { person, client, itemId, orders: [early, late, dropped], avatarId };
}

/** As staff besides: a manager here, of the crew there, a chef elsewhere, and asked for by a fourth. */
export async function workingCanary(app: TestApp): Promise<Canary> {
  const canary = await customerCanary(app);
  const { person } = canary;
  const places = [
    await app.given.restaurant({ name: 'Lime' }),
    await app.given.restaurant({ name: 'Orange' }),
    await app.given.restaurant({ name: 'Grapefruit' }),
  ] as const;
  await asManager(app, canary);
  await asCrew(app, person, places[0]);
  const chef = await joined(app, person, { role: 'master_chef', restaurantId: places[1] });
  await app.as(chef).recipes.create.mutate({ name: 'Broth' });
  await invited(app, person, { role: 'waiter', restaurantId: places[2] });
  // Another name than the one that is written in what was done so far.
  await canary.client.profile.update.mutate({ firstName: 'Yellow Canary' });
  return canary;
}

async function asManager(app: TestApp, { person, itemId }: Canary): Promise<void> {
  const { shifts, tasks, orders } = app.as(await joined(app, person, { role: 'manager' }));
  const { chef, waiter } = app.home.staff;
  const inAt = new Date(app.clock.now().getTime() - 7_200_000);
  const outAt = new Date(app.clock.now().getTime() - 3_600_000);
  const cardId = await app.given.timecard({ personId: waiter.id, inAt, outAt });
  await shifts.clockIn.mutate({ reason: 'canary day', place: PLACE });
  await shifts.clockIn.mutate({ personId: chef.id, reason: 'Needed.' });
  await shifts.correct.mutate({ cardId, inAt: new Date(+inAt + 60_000), reason: 'Late.' });
  await tasks.create.mutate({ title: 'Peel lemons', assigneeId: chef.id });
  const order = await taken(app.as('waiter'), { itemId });
  const { id: orderId, version } = order;
  await orders.recordPayment.mutate({ orderId, expectedVersion: version, method: 'cash' });
  app.clock.advance(600_000);
  await shifts.clockOut.mutate({ place: PLACE });
}

/** Brings one order, and was to bring another that somebody else brings now. */
async function asCrew(app: TestApp, person: Person, restaurantId: string): Promise<void> {
  const crew = await joined(app, person, { role: 'delivery_crew', restaurantId });
  const order = { restaurantId, type: 'delivery', state: 'ready' } as const;
  const own = await app.given.order(order);
  const other = await app.given.order(order);
  await app.as(crew).orders.claim.mutate({ orderId: own.orderId });
  const { orders } = app.as('admin');
  const named = { restaurantId, orderId: other.orderId };
  const { version } = await orders.show.query(named);
  const given = { ...named, assigneeId: person.id, expectedVersion: version };
  const assigned = await orders.assign.mutate(given);
  const back = { ...named, assigneeId: null, expectedVersion: assigned.version };
  await orders.assign.mutate(back);
}

function withHeaders(app: TestApp, headers: Record<string, string>): Client {
  return createClient({
    url: 'http://localhost',
    retry: false,
    headers: { ...headers, 'x-forwarded-for': ADDRESS, 'user-agent': 'canary phone' },
    fetch: app.fetch,
  });
}

async function delivered(client: Client, itemId: string): Promise<OrderView> {
  const { version } = await client.cart.add.mutate({ itemId, note: 'no canary in it' });
  return client.orders.place.mutate({
    type: 'delivery',
    cartVersion: version,
    customerName: 'Canary Bird',
    phone: PHONE,
    address: '1 Canary Wharf',
    instructions: 'Whistle like a canary.',
  });
}

async function calledOff(client: Client, { id: orderId }: OrderView): Promise<void> {
  const { version } = await client.orders.show.query({ orderId });
  const reason = 'canary is not hungry';
  await client.orders.cancel.mutate({ orderId, expectedVersion: version, reason });
}

async function broughtTo(app: TestApp, { id: orderId }: OrderView): Promise<void> {
  const { orders, kitchen } = app.as('admin');
  const at = { restaurantId: app.home.restaurantId, orderId };
  const step = async (
    to: 'confirmed' | 'preparing' | 'ready' | 'out_for_delivery' | 'completed',
  ) => {
    const { version, state } = await orders.show.query(at);
    if (state !== to) await orders.advance.mutate({ ...at, to, expectedVersion: version });
  };
  await step('confirmed');
  await step('preparing');
  const { items } = await orders.show.query(at);
  for (const { id: orderItemId } of items) {
    await kitchen.finishItem.mutate({ restaurantId: at.restaurantId, orderItemId });
  }
  await step('ready');
  const { version } = await orders.show.query(at);
  const assigneeId = app.home.staff.delivery_crew.id;
  await orders.assign.mutate({ ...at, assigneeId, expectedVersion: version });
  await step('out_for_delivery');
  await step('completed');
}
