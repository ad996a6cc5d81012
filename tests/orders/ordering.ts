import {
  type Client,
  createClient,
  type CreateItem,
  type OrderState,
  type OrderView,
  type PlaceOrder,
  type RestaurantDetail,
  type TakeOrder,
} from '@comanda/client';
import { Order } from '@comanda/domains/orders/orders.entity';
import type { TestApp } from '@comanda/testing';
import { inside } from '../auth/looking.ts';

type Terms = Partial<RestaurantDetail['ordering']>;

/** On what terms Little Lemon takes orders from now on. */
export async function offering(app: TestApp, ordering: Terms): Promise<void> {
  await app.as('manager').restaurants.update.mutate({ ordering });
}

/** An item with all that the menu can say of it. */
export async function onMenu(app: TestApp, said: Partial<CreateItem>): Promise<string> {
  const categoryId = said.categoryId ?? (await app.given.category());
  const plain = { name: 'Pizza', price: 900 };
  const { id } = await app
    .as('manager')
    .menu.items.create.mutate({ ...plain, ...said, categoryId });
  return id;
}

/** A category of what needs no cooking, and something in it. */
export async function drinkOnMenu(app: TestApp, said: Partial<CreateItem> = {}): Promise<string> {
  const { categories } = app.as('manager').menu;
  const { id } = await categories.create.mutate({ title: 'Drinks', skipsKitchen: true });
  return onMenu(app, { name: 'Wine', price: 500, ...said, categoryId: id });
}

export async function counted(app: TestApp, itemId: string, left: number): Promise<void> {
  await app.as('manager').menu.items.setStock.mutate({ itemId, mode: 'count', left });
}

/** How many there are, as the menu tells staff. */
export async function leftOf(app: TestApp, itemId: string): Promise<number | undefined> {
  const { staff } = await app.as('manager').menu.show.query({ itemId });
  return staff?.stockLeft;
}

type Wish = Partial<PlaceOrder> & { itemId: string; quantity?: number };

/** Puts so many of an item into the cart of whoever asks, and orders what is in it. */
export async function placed(client: Client, { itemId, ...wish }: Wish): Promise<OrderView> {
  const { quantity = 1, restaurantId, ...said } = wish;
  const { version } = await client.cart.add.mutate({ restaurantId, itemId, quantity });
  const order = { type: 'pickup', cartVersion: version, restaurantId, ...said } as const;
  return client.orders.place.mutate(order);
}

/** Takes down so many of an item. */
export function taken(
  client: Client,
  { itemId, quantity = 1, ...said }: Partial<TakeOrder> & { itemId: string; quantity?: number },
): Promise<OrderView> {
  return client.orders.take.mutate({ lines: [{ itemId, quantity }], ...said });
}

interface Step {
  to: Exclude<OrderState, 'cancelled'>;
  reason?: string;
}

/** Takes an order a step on, as it stands right now. */
export async function moved(client: Client, orderId: string, step: Step): Promise<OrderView> {
  const { version } = await client.orders.show.query({ orderId });
  return client.orders.advance.mutate({ orderId, expectedVersion: version, ...step });
}

/** All that is left to cook of an order is done, and the order ready. */
export async function cooked(app: TestApp, orderId: string): Promise<OrderView> {
  const chef = app.as('chef');
  const { items } = await chef.orders.show.query({ orderId });
  const left = items.filter(({ state }) => state === 'queued' || state === 'cooking');
  for (const { id } of left) await chef.kitchen.finishItem.mutate({ orderItemId: id });
  return moved(chef, orderId, { to: 'ready' });
}

export async function paid(app: TestApp, orderId: string): Promise<OrderView> {
  const { orders } = app.as('manager');
  const { version } = await orders.show.query({ orderId });
  const said = { orderId, expectedVersion: version, method: 'cash' } as const;
  return orders.recordPayment.mutate(said);
}

/** Somebody who has not signed in, and has a token to be known by. */
export async function asGuest(app: TestApp): Promise<Client> {
  return withGuestToken(app, await guestToken(app));
}

export async function guestToken(app: TestApp): Promise<string> {
  const { token } = await app.as('anonymous').cart.open.mutate();
  return token ?? '';
}

export function withGuestToken({ fetch }: TestApp, token: string): Client {
  const headers = { 'x-guest-token': token };
  return createClient({ url: 'http://localhost', fetch, retry: false, headers });
}

/** Every order there is, past every door. */
export function ordersIn(app: TestApp): Promise<Order[]> {
  return inside(app).find(Order, {}, { orderBy: { id: 'asc' } });
}
