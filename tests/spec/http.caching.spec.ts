import { appRouter } from '@comanda/domains/router';
import { STALE_SECONDS } from '@comanda/server/caching';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { ask, post, withoutTable } from '../http.ts';

const LIST = '/trpc/menu.list';
const MIRRORED = '/api/v1/menu/items';
const SHOWN = [
  'menu.categories.list',
  'menu.list',
  'menu.show',
  'restaurants.list',
  'restaurants.show',
];

async function openMenu(): Promise<{ app: TestApp; itemId: string }> {
  const app = await openApp();
  return { app, itemId: await app.given.item({ price: 900 }) };
}

interface Declared {
  _def: { type: string; meta?: { access?: string; shown?: string } };
}

const tagOf = ({ headers }: Response) => headers.get('etag') ?? '';
const known = (tag: string) => ({ headers: { 'if-none-match': tag } });
const told = ({ status, headers }: Response) => ({
  status,
  cacheControl: headers.get('cache-control'),
  etag: headers.get('etag'),
});
const namesIn = (list: string | null) => (list ?? '').toLowerCase().split(', ').toSorted();

/** What has to be the same for two callers before one may be given the answer of the other. */
const DIFFERING = ['accept', 'authorization', 'origin', 'x-guest-token'];

describe('S2-26 what anybody is shown', () => {
  test.each([
    [LIST, [...DIFFERING, 'trpc-accept', 'x-comanda-contract']],
    ['/trpc/restaurants.list', [...DIFFERING, 'trpc-accept', 'x-comanda-contract']],
    [`${LIST},menu.categories.list?batch=1`, [...DIFFERING, 'trpc-accept', 'x-comanda-contract']],
    [MIRRORED, DIFFERING],
    ['/api/v1/menu/categories', DIFFERING],
  ])(
    'at %s may be kept by caches for seconds, and tells nothing of its caller',
    async (path, vary) => {
      const { app } = await openMenu();
      await using _ = app;

      const { status, headers } = await ask(app, path);

      const terms = Object.fromEntries(
        (headers.get('cache-control') ?? '').split(', ').map((one) => one.split('=')),
      );
      expect(status).toBe(200);
      expect(terms).toMatchObject({
        public: undefined,
        'max-age': '0',
        'must-revalidate': undefined,
      });
      // Caches count whole seconds: the one in which it came is on top.
      const longest = Number(terms['s-maxage']) + Number(terms['stale-while-revalidate']) + 1;
      expect(longest).toBeLessThan(STALE_SECONDS);
      expect(headers.get('etag')).toMatch(/^"[\w.-]+"$/);
      expect(namesIn(headers.get('vary'))).toEqual(vary.toSorted());
      expect(headers.get('ratelimit')).toBeNull();
      expect(headers.get('ratelimit-policy')).toBeNull();
      expect(headers.getSetCookie()).toEqual([]);
    },
  );

  test('is declared by what anybody may ask for, and changes nothing', () => {
    const all = appRouter._def.procedures as unknown as Record<string, Declared>;
    const declared = Object.entries(all).filter(([, { _def }]) => _def.meta?.shown !== undefined);

    expect(declared.map(([name]) => name).toSorted()).toEqual(SHOWN);
    expect(declared.map(([, { _def }]) => [_def.type, _def.meta?.access])).toEqual(
      SHOWN.map(() => ['query', 'anyone']),
    );
  });

  test.each([LIST, MIRRORED])(
    'at %s is not told again, and no item is read, until it changes',
    async (path) => {
      const { app, itemId } = await openMenu();
      await using _ = app;
      const first = await ask(app, path);

      const same = await withoutTable(app, 'menu_item', () => ask(app, path, known(tagOf(first))));
      await app.as('manager').menu.items.update.mutate({ itemId, price: 950 });
      const other = await ask(app, path, known(tagOf(first)));

      expect([same.status, await same.text()]).toEqual([304, '']);
      expect(told(same)).toEqual({ ...told(first), status: 304 });
      expect(same.headers.get('vary')).toBe(first.headers.get('vary'));
      expect(other.status).toBe(200);
      expect(await other.text()).toContain('"price":950');
      expect(tagOf(other)).not.toBe(tagOf(first));
    },
  );

  test.each([
    ['a weak tag', (tag: string) => `W/${tag}`, 304],
    ['one of several', (tag: string) => `"x", W/"y" , ${tag}`, 304],
    ['any', () => '*', 304],
    ['another', () => '"x"', 200],
    ['a tag without quotes', (tag: string) => tag.slice(1, -1), 200],
    ['a tag of another edition', (tag: string) => tag.replace(/"[^.]+/, '"other'), 200],
    ['a tag that is over', (tag: string) => tag.replace(/\.[^.]+/, '.0'), 200],
    ['a tag that is never over', (tag: string) => tag.replace(/\.[^.]+/, '.zzzzzzzzzzzzz'), 200],
    ['a tag of other bytes', (tag: string) => tag.replace(/\.[^.]+"$/, '."'), 200],
  ])('is known by %s', async (_, knownBy, status) => {
    const { app } = await openMenu();
    await using __ = app;
    const answers = [LIST, MIRRORED].map(async (path) => {
      const tag = tagOf(await ask(app, path));
      return (await ask(app, path, known(knownBy(tag)))).status;
    });

    expect(await Promise.all(answers)).toEqual([status, status]);
  });

  test.each([
    ['another list', `${MIRRORED}?sort=price`, {}],
    ['another format', MIRRORED, { accept: 'text/csv' }],
    ['another door', LIST, {}],
  ])('is not known by the tag of %s', async (_, path, headers) => {
    const { app } = await openMenu();
    await using __ = app;
    const tag = tagOf(await ask(app, MIRRORED));

    const answer = await ask(app, path, { headers: { ...headers, 'if-none-match': tag } });

    expect(answer.status).toBe(200);
    expect((await answer.text()).length).toBeGreaterThan(10);
  });

  test('is told to HEAD without its body, of the same name', async () => {
    const { app } = await openMenu();
    await using _ = app;
    const first = await ask(app, MIRRORED);

    const head = await ask(app, MIRRORED, { method: 'HEAD' });
    const same = await ask(app, MIRRORED, { method: 'HEAD', ...known(tagOf(first)) });

    expect([told(head), await head.text()]).toEqual([told(first), '']);
    expect(told(same)).toEqual({ ...told(first), status: 304 });
  });

  test('is told anew in a batch when a part of it is another', async () => {
    const { app, itemId } = await openMenu();
    await using _ = app;
    const path = `/trpc/restaurants.list,menu.list?batch=1`;
    const first = await ask(app, path);

    const same = await ask(app, path, known(tagOf(first)));
    await app.as('manager').menu.items.update.mutate({ itemId, price: 950 });
    const other = await ask(app, path, known(tagOf(first)));

    expect([same.status, other.status]).toEqual([304, 200]);
  });

  test('is charged to whoever asks, known or not', async () => {
    await using app = await openApp({ quotas: 'preset' });
    await app.given.item();
    const left = async () => {
      const answer = await post(app, LIST, { body: '{}' });
      return Number(/;r=(\d+)/.exec(answer.headers.get('ratelimit') ?? '')?.[1]);
    };
    const before = await left();

    const tag = tagOf(await ask(app, LIST));
    const same = await ask(app, LIST, known(tag));

    expect(same.status).toBe(304);
    expect(await left()).toBe(before - 3);
  });

  test('names the version that a change can be made under', async () => {
    const { app, itemId } = await openMenu();
    await using _ = app;
    const path = `${MIRRORED}/${itemId}`;
    const { accessToken } = await app.session('manager');
    const seen = tagOf(await ask(app, path));
    const dearer = () =>
      ask(app, path, {
        method: 'PATCH',
        headers: {
          authorization: `Bearer ${accessToken}`,
          'content-type': 'application/json',
          'if-match': seen,
        },
        body: JSON.stringify({ price: 950 }),
      });

    const [first, late] = [await dearer(), await dearer()];

    expect([first.status, late.status]).toEqual([200, 412]);
  });
});

const NO_STORE = { cacheControl: 'no-store', etag: null };

describe('what no cache may keep', () => {
  test.each([LIST, MIRRORED])('is what %s tells somebody', async (path) => {
    const { app } = await openMenu();
    await using _ = app;
    const { accessToken } = await app.session('manager');
    const { token } = await app.as('anonymous').cart.open.mutate({});
    const tag = tagOf(await ask(app, path));

    const answers = await Promise.all(
      [
        { authorization: `Bearer ${accessToken}` },
        { 'x-guest-token': token ?? '' },
        { 'x-session': 'cookie' },
      ].map((shown) => ask(app, path, { headers: { ...shown, 'if-none-match': tag } })),
    );

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    for (const { headers } of answers) {
      expect(headers.get('cache-control')).toMatch(/^(no-store|private, no-cache)$/);
      expect(headers.get('ratelimit')).not.toBeNull();
    }
  });

  test.each([
    ['a refusal', `/trpc/menu.show?input=${encodeURIComponent('{"json":{"itemId":"x"}}')}`, 400],
    ['a token that is no good', LIST, 401],
    ['a restaurant that is not there', `${MIRRORED}?restaurantId=${crypto.randomUUID()}`, 404],
    ['a batch with a refusal', '/trpc/menu.list,menu.show?batch=1', 207],
    ['a batch with what is somebody’s', '/trpc/menu.list,auth.nobody?batch=1', 207],
    ['a batch with what is not shown', '/trpc/menu.list,books.list?batch=1', 200],
    ['what nobody has declared', '/trpc/books.list', 200],
  ])('is %s', async (what, path, status) => {
    const { app } = await openMenu();
    await using _ = app;
    const headers = what.startsWith('a token') ? { authorization: 'Bearer x' } : {};

    const answer = await ask(app, path, { headers });

    expect(told(answer)).toEqual({ status, ...NO_STORE });
  });

  test.each([
    ['a query by POST', (app: TestApp) => post(app, LIST, { body: '{}' })],
    [
      'one told line by line',
      (app: TestApp) =>
        ask(app, `${LIST}?batch=1&input={}`, { headers: { 'trpc-accept': 'application/jsonl' } }),
    ],
  ])('is %s', async (_, asked) => {
    const { app } = await openMenu();
    await using __ = app;

    const { status, headers } = await asked(app);

    expect(status).toBe(200);
    expect(headers.get('etag')).toBeNull();
    expect(headers.get('cache-control') ?? '').not.toContain('public');
  });
});
