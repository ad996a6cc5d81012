import { type Client, createClient } from '@comanda/client';
import { newId } from '@comanda/kernel/id';
import type { TestApp } from '@comanda/testing';

/** A client of somebody who has not signed in, and shows this token with every call. */
export function guestWith(app: TestApp, token: string): Client {
  const headers = { 'x-guest-token': token };
  return createClient({ url: 'http://localhost', fetch: app.fetch, headers, retry: false });
}

/** Somebody who has opened a cart without signing in. */
export async function openGuest(
  app: TestApp,
  at: { restaurantId?: string } = {},
): Promise<{ token: string; client: Client }> {
  const { token } = await app.as('anonymous').cart.open.mutate(at);
  if (token === null) throw new Error('a guest gets a token');
  return { token, client: guestWith(app, token) };
}

/** A pizza of 10.00, with two toppings at the most and one crust. */
export interface Pizza {
  itemId: string;
  toppings: { groupId: string; bufala: string; nduja: string };
  crust: { groupId: string; thin: string; thick: string };
}

const plain = { available: true, maxQuantity: 1 };

/** Puts a pizza on the menu of Little Lemon. */
export async function pizzaOf(app: TestApp): Promise<Pizza> {
  const [toppingsId, bufala, nduja, crustId, thin, thick] = Array.from({ length: 6 }, newId) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const toppings = {
    id: toppingsId,
    name: 'Toppings',
    min: 0,
    max: 2,
    options: [
      { id: bufala, name: 'Bufala', priceDelta: 200, available: true, maxQuantity: 2 },
      { id: nduja, name: '’Nduja', priceDelta: 150, ...plain },
    ],
  };
  const crust = {
    id: crustId,
    name: 'Crust',
    min: 1,
    max: 1,
    options: [
      { id: thin, name: 'Thin', priceDelta: 0, ...plain },
      { id: thick, name: 'Thick', priceDelta: 100, ...plain },
    ],
  };
  const { id: itemId } = await app.as('manager').menu.items.create.mutate({
    categoryId: await app.given.category(),
    name: 'Pizza',
    price: 1_000,
    options: [toppings, crust],
  });
  return {
    itemId,
    toppings: { groupId: toppingsId, bufala, nduja },
    crust: { groupId: crustId, thin, thick },
  };
}

/** What is in a cart: of which item how many. */
export const unitsIn = ({ lines }: { lines: { itemId: string; quantity: number }[] }) =>
  lines.map(({ itemId, quantity }) => [itemId, quantity]);
