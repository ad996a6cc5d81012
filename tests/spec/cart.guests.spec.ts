import { GuestTokens } from '@comanda/domains/auth/credentials/guest-tokens';
import { KeyRing, type KeySet, newKeySet, rotated } from '@comanda/domains/auth/credentials/keys';
import { appRouter } from '@comanda/domains/router';
import { after, DAY, MINUTE, SECOND } from '@comanda/kernel/time';
import type { TestApp } from '@comanda/testing';
import { PASSWORD } from '@comanda/testing/given';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { inTurn, outcomeOf, tally } from '../auth/callers.ts';
import { auditOf, auditText } from '../auth/looking.ts';
import { ask, post, toldIn } from '../http.ts';
import { guestWith, openGuest, unitsIn } from './cart.shopping.ts';

describe('a guest', () => {
  test('D5 opens a cart, and fills it with the token that comes with it', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ price: 900 });

    const { token, cart: empty } = await app.as('anonymous').cart.open.mutate();
    const { cart } = guestWith(app, token ?? '');
    const told = await cart.add.mutate({ itemId, quantity: 2 });
    const [key = ''] = told.lines.map((line) => line.key);

    expect(empty).toMatchObject({ lines: [], orderable: false, version: 0 });
    expect(told).toMatchObject({ lines: [{ quantity: 2 }], subtotal: 1_800, orderable: true });
    expect(await cart.show.query()).toEqual(told);
    expect(await cart.setQuantity.mutate({ key, quantity: 5 })).toMatchObject({ itemCount: 5 });
    expect(await cart.remove.mutate({ key })).toMatchObject({ lines: [] });
    expect(await cart.add.mutate({ itemId })).toMatchObject({ itemCount: 1 });
    expect(await cart.clear.mutate()).toMatchObject({ lines: [], version: 5 });
  });

  test('D5 sees no cart but their own', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const one = await openGuest(app);
    const other = await openGuest(app);
    const told = await one.client.cart.add.mutate({ itemId });
    await app.as('customer').cart.add.mutate({ itemId, quantity: 7 });
    const [key = ''] = told.lines.map((line) => line.key);

    const set = await refusalOf(other.client.cart.setQuantity.mutate({ key, quantity: 9 }));

    expect(set).toMatchObject({ reason: 'NOT_FOUND', details: { what: 'line' } });
    expect(await other.client.cart.show.query()).toMatchObject({ lines: [], version: 0 });
    expect(await other.client.cart.clear.mutate()).toMatchObject({ lines: [] });
    expect(await one.client.cart.show.query()).toEqual(told);
  });

  test('D5 has a cart in each restaurant, by one token', async () => {
    await using app = await openApp();
    const { restaurantId: here } = app.home;
    const there = await app.given.restaurant();
    const [pasta, rosti] = [await app.given.item(), await app.given.item({ restaurantId: there })];
    const { client } = await openGuest(app, { restaurantId: there });

    const unnamed = await refusalOf(client.cart.show.query());
    const atHome = await client.cart.add.mutate({ restaurantId: here, itemId: pasta });
    const abroad = await client.cart.add.mutate({ restaurantId: there, itemId: rosti });

    expect(unnamed).toMatchObject({ reason: 'RESTAURANT_REQUIRED' });
    expect([unitsIn(atHome), unitsIn(abroad)]).toEqual([[[pasta, 1]], [[rosti, 1]]]);
  });

  test('D5 who comes back with a good token gets a later one for the same cart', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const { token, client } = await openGuest(app);
    app.clock.advance(10 * DAY);
    const filled = await client.cart.add.mutate({ itemId });

    const again = await client.cart.open.mutate();
    app.clock.advance(10 * DAY);
    const byTheOld = await refusalOf(guestWith(app, token).cart.show.query());

    expect(again.cart).toEqual(filled);
    expect(byTheOld).toMatchObject(NO_GUEST);
    expect(await guestWith(app, again.token ?? '').cart.show.query()).toEqual(filled);
  });

  test('D5 who comes back with an expired one gets a new one, and an empty cart', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const { client } = await openGuest(app);
    await client.cart.add.mutate({ itemId });
    app.clock.advance(14 * DAY);

    const again = await client.cart.open.mutate();
    const fresh = guestWith(app, again.token ?? '');

    expect(again.cart).toMatchObject({ lines: [], version: 0 });
    expect(await fresh.cart.add.mutate({ itemId })).toMatchObject({ itemCount: 1, version: 1 });
  });

  test('D5 is answered for as long as the token lasts, and not a moment longer', async () => {
    await using app = await openApp();
    const { client } = await openGuest(app);

    app.clock.advance(14 * DAY - 1);
    const before = await outcomeOf(client.cart.show.query());
    app.clock.advance(1);

    expect(before).toBe('ok');
    expect(await refusalOf(client.cart.show.query())).toMatchObject(NO_GUEST);
  });

  test('P34 leaves their token in no log and no audit row', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const { token, client } = await openGuest(app);
    await client.cart.add.mutate({ itemId });
    await client.auth.login.mutate({ identifier: 'customer', password: PASSWORD });

    const [, , signature = ''] = token.split('.');

    expect(app.logs.join('')).not.toContain(signature);
    expect(await auditText(app)).not.toContain(signature);
  });

  test('P36 stands behind what they change, of which the audit log does not tell the contents', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const { client } = await openGuest(app);

    await client.cart.add.mutate({ itemId, note: 'no salt' });
    await client.cart.add.mutate({ itemId, note: 'no salt' });

    const [first, second, ...more] = await auditOf(app, 'cart.add');
    const behind = { actorName: 'guest', role: 'customer', target: 'Cart' };
    expect(first).toMatchObject({ ...behind, change: 'created' });
    expect(second).toMatchObject({ ...behind, change: 'updated', actorId: first?.actorId });
    expect(more).toEqual([]);
    expect(await auditText(app)).not.toContain('no salt');
  });

  test('has a cart that no cache keeps', async () => {
    await using app = await openApp();
    const { token } = await openGuest(app);

    const answer = await ask(app, '/trpc/cart.show', { headers: { 'x-guest-token': token } });

    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toContain('no-store');
  });
});

const NO_GUEST = { reason: 'GUEST_TOKEN_INVALID', httpStatus: 401 };

describe('the quota of a guest', () => {
  test('D8 is that of a customer, by token and not by address', async () => {
    await using app = await openApp({ quotas: 'preset' });
    const itemId = await app.given.item();
    const [one, other] = [await openGuest(app), await openGuest(app)];

    const adds = await inTurn(21, () => outcomeOf(one.client.cart.add.mutate({ itemId })));
    const refused = await refusalOf(one.client.cart.add.mutate({ itemId }));

    expect(tally(adds)).toEqual({ ok: 20, QUOTA_EXCEEDED: 1 });
    expect(refused).toMatchObject({ details: { scope: 'customer.write', limit: 20 } });
    expect(await outcomeOf(other.client.cart.add.mutate({ itemId }))).toBe('ok');
    expect(await outcomeOf(one.client.cart.show.query())).toBe('ok');
  });

  test('D8 does not end with another token of the same guest', async () => {
    await using app = await openApp({ quotas: 'preset' });
    const itemId = await app.given.item();
    const { client } = await openGuest(app);
    await inTurn(20, () => client.cart.add.mutate({ itemId }));

    const { token } = await client.cart.open.mutate();

    expect(await outcomeOf(guestWith(app, token ?? '').cart.add.mutate({ itemId }))).toBe(
      'QUOTA_EXCEEDED',
    );
  });

  test('D8 opening carts is charged to the address, token or not', async () => {
    await using app = await openApp({ quotas: 'preset' });
    const { client } = await openGuest(app);

    const opened = await inTurn(5, () => outcomeOf(client.cart.open.mutate()));

    expect(opened).toEqual([...Array(4).fill('ok'), 'QUOTA_EXCEEDED']);
    expect(await outcomeOf(client.cart.show.query())).toBe('ok');
  });
});

/** A token of another server: same words, other keys. */
async function foreignToken(app: TestApp): Promise<string> {
  const ring = await KeyRing.from(await newKeySet(new Date(0)));
  const tokens = new GuestTokens({ ring: () => ring, issuer: 'comanda-test' });
  return (await tokens.issue(app.clock.now())).token;
}

function unsigned(token: string): string {
  const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'guest+jwt' })).toString(
    'base64url',
  );
  return `${header}.${token.split('.')[1]}.`;
}

const BAD_TOKENS: [string, (app: TestApp, good: string) => string | Promise<string>][] = [
  ['that is nonsense', () => 'nonsense'],
  ['that is empty', () => ''],
  ['signed with a foreign key', (app) => foreignToken(app)],
  ['that nobody signed', (_, good) => unsigned(good)],
  ['without its signature', (_, good) => good.replace(/[^.]+$/, '')],
  ['that is two', (_, good) => `${good}, ${good}`],
  ['that is an access token', async (app) => (await app.session('customer')).accessToken],
  [
    'that is a device pass',
    async (app) => (await app.as('customer').auth.passes.issue.mutate({ label: 'Phone' })).token,
  ],
  [
    'that has expired',
    (app, good) => {
      app.clock.advance(14 * DAY);
      return good;
    },
  ],
];

describe('a guest token', () => {
  test.each(BAD_TOKENS)('P6 %s opens no cart, and is told so', async (_, tokenOf) => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const { token: good } = await openGuest(app);
    const { cart } = guestWith(app, await tokenOf(app, good));
    const key = '0'.repeat(32);

    const refusals = [
      await refusalOf(cart.show.query()),
      await refusalOf(cart.add.mutate({ itemId })),
      await refusalOf(cart.setQuantity.mutate({ key, quantity: 1 })),
      await refusalOf(cart.remove.mutate({ key })),
      await refusalOf(cart.clear.mutate()),
    ];

    expect(refusals).toEqual(Array(5).fill(expect.objectContaining(NO_GUEST)));
  });

  test.each(BAD_TOKENS)('P6 %s is traded for a new one', async (_, tokenOf) => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const { token: good, client } = await openGuest(app);
    await client.cart.add.mutate({ itemId });

    const { token, cart } = await guestWith(app, await tokenOf(app, good)).cart.open.mutate();

    expect(cart).toMatchObject({ lines: [], version: 0 });
    expect(await guestWith(app, token ?? '').cart.show.query()).toEqual(cart);
  });

  test.each(BAD_TOKENS)('D5 %s keeps nobody from signing in', async (_, tokenOf) => {
    await using app = await openApp();
    const { token: good } = await openGuest(app);
    const client = guestWith(app, await tokenOf(app, good));

    const { user } = await client.auth.login.mutate({
      identifier: 'customer',
      password: PASSWORD,
    });

    expect(user.id).toBe(app.home.staff.customer.id);
    expect(await client.cart.show.query()).toMatchObject({ lines: [], version: 0 });
  });

  test('P6 is no access token', async () => {
    await using app = await openApp();
    const { token } = await openGuest(app);
    const client = app.withToken(token);

    const refusals = [
      await refusalOf(client.auth.session.query()),
      await refusalOf(client.cart.show.query()),
      await refusalOf(client.cart.open.mutate()),
      await refusalOf(client.menu.list.query()),
    ];

    expect(refusals).toEqual(
      Array(4).fill(expect.objectContaining({ reason: 'TOKEN_INVALID', httpStatus: 401 })),
    );
  });

  test('beside an access token does not count: the person does', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const { token, client } = await openGuest(app);
    await client.cart.add.mutate({ itemId, quantity: 3 });
    const both = await withBoth(app, token);

    const opened = await both('cart.open');
    const added = await both('cart.add', { itemId });

    expect(opened).toMatchObject({ token: null, cart: { lines: [] } });
    expect(added).toMatchObject({ itemCount: 1 });
    expect(await app.as('customer').cart.show.query()).toMatchObject({ itemCount: 1 });
    expect(await client.cart.show.query()).toMatchObject({ itemCount: 3 });
  });

  test('that is bad does not matter to who is signed in', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const both = await withBoth(app, 'nonsense');

    expect(await both('cart.add', { itemId })).toMatchObject({ itemCount: 1 });
  });

  test('that is good does not help out an access token that is not', async () => {
    await using app = await openApp();
    const { token } = await openGuest(app);
    const { accessToken } = await app.session('customer');
    app.clock.advance(16 * MINUTE);
    const headers = { 'x-guest-token': token, authorization: `Bearer ${accessToken}` };

    const answers = [
      await ask(app, '/trpc/cart.show', { headers }),
      await post(app, '/trpc/cart.open', { headers }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([401, 401]);
  });
});

/** Calls as a customer who shows a guest token as well. */
async function withBoth(app: TestApp, token: string) {
  const { accessToken } = await app.session('customer');
  const headers = { 'x-guest-token': token, authorization: `Bearer ${accessToken}` };
  return async (path: string, input: object = {}) => {
    const body = JSON.stringify({ json: input });
    const answer = await post(app, `/trpc/${path}`, { headers, body });
    return ((await answer.json()) as { result?: { data: { json: unknown } } }).result?.data.json;
  };
}

describe('a guest after a change of keys', () => {
  test('P7 keeps the cart for 14 days, while access tokens end with the overlap', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const old = await newKeySet(new Date(0));
    app.house.tokens.ring = await KeyRing.from(old);
    const { client } = await openGuest(app);
    const filled = await client.cart.add.mutate({ itemId });
    app.clock.advance(SECOND);
    // Shown to nobody before the keys change, so that nothing remembers it.
    const { token } = await client.cart.open.mutate();
    const { accessToken } = await app.session('customer');

    const rotate = rotating(app, old);
    await rotate();
    app.clock.advance(OVERLAP_MS);
    const byAccess = await refusalOf(app.withToken(accessToken).cart.show.query());
    app.clock.advance(DAY);
    await rotate();
    app.clock.set(after(START, 14 * DAY - 1));

    expect(byAccess).toMatchObject({ reason: 'TOKEN_INVALID' });
    expect(app.house.tokens.ring.published(app.clock.now()).keys).toHaveLength(1);
    expect(await guestWith(app, token ?? '').cart.show.query()).toEqual(filled);
  });

  test('P7 is a stranger once the key is taken away, though they were known', async () => {
    await using app = await openApp();
    const { client } = await openGuest(app);
    const before = await outcomeOf(client.cart.show.query());

    app.house.tokens.ring = await KeyRing.from(await newKeySet(new Date(0)));

    expect(before).toBe('ok');
    expect(await refusalOf(client.cart.show.query())).toMatchObject(NO_GUEST);
  });
});

const START = new Date('2026-06-01T12:00:00.000Z');
const OVERLAP_MS = 5 * MINUTE;

/** Changes the keys of a server that runs, every time it is called. */
function rotating(app: TestApp, begun: KeySet): () => Promise<void> {
  let keys = begun;
  return async () => {
    keys = await rotated(keys, app.clock.now(), { overlapMs: OVERLAP_MS, leadMs: 0 });
    app.house.tokens.ring = await KeyRing.from(keys);
  };
}

interface Procedure {
  _def: { type: 'query' | 'mutation' | 'subscription'; meta: { guests?: boolean } };
}
const SERVED = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>);

/** A reviewed list: nothing else is for guests. */
const FOR_GUESTS = [
  'cart.add',
  'cart.clear',
  'cart.remove',
  'cart.setQuantity',
  'cart.show',
  'orders.place',
  'orders.show',
  'orders.watch',
];

/** A stream that is opened does not end: those that guests may open are not called here. */
const opensNoStream = ([path, { _def }]: (typeof SERVED)[number]) =>
  _def.type !== 'subscription' || !FOR_GUESTS.includes(path);
const CALLED = SERVED.filter(opensNoStream);

/** The code of each answer to whoever shows this guest token, and nothing else. */
async function answersTo(app: TestApp, token: string | undefined, paths: readonly string[]) {
  const headers = token === undefined ? {} : { 'x-guest-token': token };
  const answers: Record<string, string> = {};
  for (const [path, { _def }] of SERVED.filter(([path]) => paths.includes(path))) {
    const answer =
      _def.type === 'mutation'
        ? await post(app, `/trpc/${path}`, { headers, body: '{"json":{}}' })
        : await ask(app, `/trpc/${path}`, { headers });
    answers[path] = answer.ok ? 'ok' : (await toldIn(answer)).reason;
  }
  return answers;
}

describe('what a guest token opens', () => {
  test('P13 is the cart, and the orders that come out of it', () => {
    const open = SERVED.filter(([, { _def }]) => _def.meta.guests === true).map(([path]) => path);

    expect(open.toSorted()).toEqual(FOR_GUESTS);
  });

  test('P13 is nothing else: every other answer is that to a stranger', async () => {
    await using app = await openApp();
    const { token } = await openGuest(app);
    const others = CALLED.map(([path]) => path).filter((path) => !FOR_GUESTS.includes(path));

    const toNobody = await answersTo(app, undefined, others);

    expect(others.length).toBeGreaterThan(50);
    expect(await answersTo(app, token, others)).toEqual(toNobody);
    expect(await answersTo(app, 'nonsense', others)).toEqual(toNobody);
  });

  test('P13 is shut to strangers, and to those with a bad one', async () => {
    await using app = await openApp();
    const { token } = await openGuest(app);
    const paths = CALLED.map(([path]) => path).filter((path) => FOR_GUESTS.includes(path));
    const all = (reason: string) => Object.fromEntries(paths.map((path) => [path, reason]));

    const toGuest = await answersTo(app, token, paths);

    expect(paths).toHaveLength(7);
    expect(toGuest).toEqual({
      ...all('VALIDATION'),
      'cart.show': 'ok',
      'cart.clear': 'ok',
    });
    expect(await answersTo(app, undefined, paths)).toEqual(all('UNAUTHENTICATED'));
    expect(await answersTo(app, 'nonsense', paths)).toEqual(all('GUEST_TOKEN_INVALID'));
  });
});
