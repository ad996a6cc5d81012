import { createClient, safe } from '@comanda/client';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { recorded, times } from '../recording.ts';

describe('calls made in one go', () => {
  test('travel together, as many as the service takes', async () => {
    await using app = await openApp();
    const { client, requests } = recorded(app);

    const answers = await Promise.all(times(25, () => client.permissions.matrix.query()));

    expect(answers).toHaveLength(25);
    expect(requests.map(({ url }) => url.split('permissions.matrix').length - 1)).toEqual([
      10, 10, 5,
    ]);
  });

  test('get each the answer of their own, refusals among them', async () => {
    await using app = await openApp();
    const { accessToken } = await app.session('customer');
    const { client, requests } = recorded(app, { token: accessToken });

    const [me, people, again] = await Promise.all([
      client.permissions.mine.query(),
      safe(client.people.list.query({})),
      client.permissions.mine.query(),
    ]);

    expect(requests).toHaveLength(1);
    expect(me.role).toBe('customer');
    expect(again).toEqual(me);
    expect(people[1]?.reason).toBe('FORBIDDEN');
  });

  test('of auth travel alone, each by itself', async () => {
    await using app = await openApp();
    const { accessToken } = await app.session('chef');
    const { client, requests } = recorded(app, { token: accessToken });

    await Promise.all([
      client.auth.session.query(),
      client.auth.sessions.list.query(),
      client.permissions.mine.query(),
    ]);

    expect(requests.map(({ url }) => url.includes('batch=1'))).toEqual([false, false, false]);
  });

  test('with different tokens go apart, each with its own', async () => {
    await using app = await openApp();
    const sessions = await Promise.all([app.session('chef'), app.session('waiter')]);
    const tokens = sessions.map(({ accessToken }) => accessToken);
    const { client, requests } = recorded(app, { token: () => tokens.shift() });

    const roles = await Promise.all(times(2, () => client.permissions.mine.query()));

    expect(roles.map(({ role }) => role)).toEqual(['chef', 'waiter']);
    expect(requests).toHaveLength(2);
  });

  test('as a query and as a mutation go by their own methods', async () => {
    await using app = await openApp();
    const { accessToken } = await app.session('manager');
    const { client, requests } = recorded(app, { token: accessToken });

    const personId = app.home.staff.chef.id;
    await Promise.all([
      client.people.show.query({ personId }),
      client.people.setLevel.mutate({ personId, level: null }),
    ]);

    expect(requests.map(({ method }) => method).toSorted()).toEqual(['GET', 'POST']);
  });
});

describe('a call by itself', () => {
  test('waits for no timer', async () => {
    await using app = await openApp();
    const { client, requests } = recorded(app);
    const order: string[] = [];
    const timer = new Promise<void>((resolve) => {
      setTimeout(() => {
        order.push(`timer after ${requests.length} requests`);
        resolve();
      }, 0);
    });

    await Promise.all([client.permissions.matrix.query(), timer]);

    expect(order).toEqual(['timer after 1 requests']);
  });

  test('has a plain address, without a token and without a trace of a batch', async () => {
    await using app = await openApp();
    const { accessToken } = await app.session('chef');
    const { client, requests } = recorded(app, { token: accessToken });

    await client.permissions.mine.query();

    expect(requests.map(({ url }) => url)).toEqual(['http://localhost/trpc/permissions.mine']);
    expect(requests[0]?.headers.get('authorization')).toBe(`Bearer ${accessToken}`);
  });

  test('goes by POST when its input is long, and is answered all the same', async () => {
    await using app = await openApp();
    const { accessToken } = await app.session('manager');
    const { client, requests } = recorded(app, { token: accessToken });
    const search = 'é'.repeat(100);

    const short = await client.people.list.query({ search: 'a' });
    const long = await Promise.all(times(8, () => client.people.list.query({ search })));

    expect(short.items.length).toBeGreaterThan(0);
    expect(long.map(({ items }) => items)).toEqual(times(8, () => []));
    expect(requests.map(({ method }) => method)).toEqual(['GET', 'POST']);
  });

  test('goes below the path that the url carries', async () => {
    const asked: string[] = [];
    const fetch: typeof globalThis.fetch = (input) => {
      asked.push(new Request(input).url);
      return Promise.resolve(Response.json({ result: { data: { json: [] } } }));
    };

    await createClient({ url: 'http://localhost/kitchen/', fetch }).permissions.matrix.query();

    expect(asked).toEqual(['http://localhost/kitchen/trpc/permissions.matrix']);
  });

  test('carries the headers that the client was given, asked for anew each time', async () => {
    await using app = await openApp();
    let asked = 0;
    const headers = () => ({ 'x-request-id': `my-request-${(asked += 1)}` });
    const { client } = recorded(app, { headers });

    const errors = [
      (await safe(client.people.list.query({})))[1],
      (await safe(client.people.list.query({})))[1],
    ];

    expect(errors.map((error) => error?.requestId)).toEqual(['my-request-1', 'my-request-2']);
  });

  test.each(['http://localhost/trpc', 'http://localhost/trpc/', 'http://localhost'])(
    'finds its way from %s',
    async (url) => {
      await using app = await openApp();
      const { client, requests } = recorded(app, { url });

      await client.permissions.matrix.query();

      expect(requests.map((request) => request.url)).toEqual([
        'http://localhost/trpc/permissions.matrix',
      ]);
    },
  );

  test.each(['', '/', 'localhost:4000', 'ftp://localhost', 'not a url', undefined])(
    'is not made for the address %s',
    (url) => {
      expect(() => createClient({ url: url as string })).toThrow('url has to be like https://');
    },
  );

  test('uses a fetch that works for nobody but itself, as that of browsers', async () => {
    await using app = await openApp();
    const own = function (this: unknown, ...asked: Parameters<typeof globalThis.fetch>) {
      if (this !== undefined) throw new TypeError('Illegal invocation');
      return app.fetch(...asked);
    };
    const client = createClient({ url: 'http://localhost', fetch: own });

    expect(await client.permissions.matrix.query()).toBeDefined();
  });

  test('has headers of its own before those it was given, however they are written', async () => {
    await using app = await openApp();
    const { accessToken } = await app.session('chef');
    const headers = { Authorization: 'Bearer nonsense', 'Content-Type': 'text/plain' };
    const { client, requests } = recorded(app, { token: accessToken, headers });

    await client.people.list
      .query({ search: 'é'.repeat(100), cursor: 'x'.repeat(1_500) })
      .catch(() => null);

    expect(requests.map((request) => request.headers.get('authorization'))).toEqual([
      `Bearer ${accessToken}`,
    ]);
    expect(requests[0]?.headers.get('content-type')).toBe('application/json');
  });

  test('shows no token where there is an empty one', async () => {
    await using app = await openApp();
    const { client, requests } = recorded(app, { token: '' });

    await client.permissions.matrix.query();

    expect(requests[0]?.headers.has('authorization')).toBe(false);
  });

  test('tells which contract its client was made for', async () => {
    await using app = await openApp();
    const { client, requests } = recorded(app);

    await client.permissions.matrix.query();

    expect(requests[0]?.headers.get('x-comanda-contract')).toMatch(/^\d+(\.\d+)?\.[0-9a-f]{12}$/);
  });
});
