import type { Client } from '@comanda/client';
import { DAY } from '@comanda/kernel/time';
import { PASSWORD } from '@comanda/testing/given';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { inTurn } from '../auth/callers.ts';
import { guestWith, openGuest, unitsIn } from './cart.shopping.ts';

const CUSTOMER = { identifier: 'customer', password: PASSWORD };

describe('a guest who signs in', () => {
  test('D5 finds what they chose added to what they had, in every restaurant', async () => {
    await using app = await openApp();
    const { restaurantId: here } = app.home;
    const [there, third] = [await app.given.restaurant(), await app.given.restaurant()];
    const [pasta, salad] = [await app.given.item(), await app.given.item()];
    const rosti = await app.given.item({ restaurantId: there });
    const sushi = await app.given.item({ restaurantId: third });
    const { cart: own } = app.as('customer');
    await own.add.mutate({ restaurantId: here, itemId: pasta, quantity: 2 });
    await own.add.mutate({ restaurantId: third, itemId: sushi });
    const { token, client } = await openGuest(app, { restaurantId: here });
    await client.cart.add.mutate({ restaurantId: here, itemId: salad });
    await client.cart.add.mutate({ restaurantId: here, itemId: pasta, quantity: 3 });
    await client.cart.add.mutate({ restaurantId: there, itemId: rosti, quantity: 4 });

    await client.auth.login.mutate(CUSTOMER);

    const seenBy = async ({ cart }: Pick<Client, 'cart'>) => [
      unitsIn(await cart.show.query({ restaurantId: here })),
      unitsIn(await cart.show.query({ restaurantId: there })),
      unitsIn(await cart.show.query({ restaurantId: third })),
    ];
    expect(await seenBy(client)).toEqual([
      [
        [pasta, 5],
        [salad, 1],
      ],
      [[rosti, 4]],
      [[sushi, 1]],
    ]);
    expect(await seenBy(guestWith(app, token))).toEqual([[], [], []]);
  });

  test('D5 for the first time finds what they chose', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const { token, client } = await openGuest(app);
    const chosen = await client.cart.add.mutate({ itemId, quantity: 2, note: 'no salt' });

    await client.auth.register.mutate({ username: 'newcomer', password: PASSWORD });

    expect(await client.cart.show.query()).toEqual(chosen);
    expect(unitsIn(await guestWith(app, token).cart.show.query())).toEqual([]);
  });

  test('D5 with more than a line holds leaves the rest behind, and loses nothing', async () => {
    await using app = await openApp();
    const [pasta, salad] = [await app.given.item(), await app.given.item()];
    await app.as('customer').cart.add.mutate({ itemId: pasta, quantity: 60 });
    const { token, client } = await openGuest(app);
    await client.cart.add.mutate({ itemId: pasta, quantity: 60 });
    await client.cart.add.mutate({ itemId: salad });

    await client.auth.login.mutate(CUSTOMER);

    expect(unitsIn(await client.cart.show.query())).toEqual([
      [pasta, 99],
      [salad, 1],
    ]);
    expect(unitsIn(await guestWith(app, token).cart.show.query())).toEqual([[pasta, 21]]);
  });

  test('D5 with more lines than a cart holds leaves the rest behind', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const { cart } = app.as('customer');
    await inTurn(99, (at) => cart.add.mutate({ itemId, note: `guest ${at}` }));
    const { token, client } = await openGuest(app);
    await client.cart.add.mutate({ itemId, note: 'one more' });
    await client.cart.add.mutate({ itemId, note: 'too many', quantity: 2 });

    await client.auth.login.mutate(CUSTOMER);
    const left = await guestWith(app, token).cart.show.query();

    expect((await client.cart.show.query()).lines).toHaveLength(100);
    expect(left.lines).toMatchObject([{ note: 'too many', quantity: 2 }]);
  });

  test('D5 a second time with the same token finds nothing new', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const { token, client } = await openGuest(app);
    await client.cart.add.mutate({ itemId });

    await client.auth.login.mutate(CUSTOMER);
    await guestWith(app, token).auth.login.mutate(CUSTOMER);

    expect(unitsIn(await client.cart.show.query())).toEqual([[itemId, 1]]);
  });

  test('D5 is told of a price that has changed since they chose', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ price: 900 });
    const { client } = await openGuest(app);
    await client.cart.add.mutate({ itemId });
    await app.as('manager').menu.items.update.mutate({ itemId, price: 950 });

    await client.auth.login.mutate(CUSTOMER);

    expect((await client.cart.show.query()).lines[0]?.issues).toEqual([
      { code: 'PRICE_CHANGED', old: 900, new: 950 },
    ]);
  });

  test('D5 finds their own cart of long ago empty, and what they chose in it', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    await app.as('customer').cart.add.mutate({ itemId, quantity: 2 });
    app.clock.advance(14 * DAY);
    const { client } = await openGuest(app);
    await client.cart.add.mutate({ itemId, quantity: 2 });

    await client.auth.login.mutate(CUSTOMER);

    expect(unitsIn(await client.cart.show.query())).toEqual([[itemId, 2]]);
  });

  test('D5 leaves behind what they chose long ago', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const { client } = await openGuest(app);
    await client.cart.add.mutate({ itemId });
    app.clock.advance(DAY);
    const { token } = await client.cart.open.mutate();
    app.clock.advance(13 * DAY);

    const late = guestWith(app, token ?? '');
    await late.auth.login.mutate(CUSTOMER);

    expect(await late.cart.show.query()).toMatchObject({ lines: [], version: 0 });
  });

  test('D5 works with the cart of a guest at the staff door as well', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const { client } = await openGuest(app);
    await client.cart.add.mutate({ itemId });

    await client.auth.login.mutate({ identifier: 'waiter', password: PASSWORD, door: 'staff' });

    expect(unitsIn(await client.cart.show.query())).toEqual([[itemId, 1]]);
  });

  test.each<[string, string, (client: Client) => Promise<unknown>]>([
    [
      'a wrong password',
      'INVALID_CREDENTIALS',
      ({ auth }) => auth.login.mutate({ ...CUSTOMER, password: `${PASSWORD}!` }),
    ],
    [
      'the door of those who work here',
      'NOT_STAFF',
      ({ auth }) => auth.login.mutate({ ...CUSTOMER, door: 'staff' }),
    ],
    [
      'a name that is taken',
      'NAME_TAKEN',
      ({ auth }) => auth.register.mutate({ username: 'customer', password: PASSWORD }),
    ],
  ])('D5 by %s does not: nothing is moved', async (_, reason, signIn) => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const { client } = await openGuest(app);
    const before = await client.cart.add.mutate({ itemId });

    const refused = await refusalOf(signIn(client));

    expect(refused.reason).toBe(reason);
    expect(await client.cart.show.query()).toEqual(before);
    expect(await app.as('customer').cart.show.query()).toMatchObject({ lines: [], version: 0 });
  });
});
