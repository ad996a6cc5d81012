import { createServer } from 'node:http';
import { type ClientOptions, createClient, isFault, refusedWith, safe } from '@comanda/client';
import { describe, expect, test, vi } from 'vitest';
import { openApp } from '../app.ts';
import { recorded, times } from '../recording.ts';

describe('what goes wrong', () => {
  test('a refusal has its code, its details and the id of its request', async () => {
    await using app = await openApp();
    const { client } = recorded(app);

    const error: unknown = await client.people.list.query({}).catch((error: unknown) => error);

    expect(refusedWith(error, 'UNAUTHENTICATED')).toBe(true);
    expect(error).toMatchObject({ details: {}, requestId: expect.stringMatching(/^[\w-]{8,}$/) });
  });

  test("a proxy's page is a fault with its status, kind and request id", async () => {
    const page = '<html>502 Bad Gateway</html>';
    const headers = {
      'content-type': 'text/html',
      'x-request-id': 'proxy-0815',
      'retry-after': '7',
    };
    const fetch = () => Promise.resolve(new Response(page, { status: 502, headers }));
    const client = createClient({ url: 'http://localhost', fetch, retry: false });

    const [, error] = await safe(client.permissions.matrix.query());

    expect(error).toMatchObject({
      reason: 'FAULT',
      details: {
        because: 'answer',
        status: 502,
        contentType: 'text/html',
        retryAfterMs: 7_000,
      },
      requestId: 'proxy-0815',
    });
  });

  test('JSON that is not of the service is a fault as well', async () => {
    const fetch = () => Promise.resolve(Response.json({ hello: 'world' }));
    const client = createClient({ url: 'http://localhost', fetch, retry: false });

    const outcomes = await Promise.all(times(2, () => safe(client.permissions.matrix.query())));

    expect(outcomes.map(([, error]) => error?.details)).toEqual([
      { because: 'answer', status: 200, contentType: 'application/json' },
      { because: 'answer', status: 200, contentType: 'application/json' },
    ]);
  });

  test('an answer that breaks off is a fault, and says that nobody was reached', async () => {
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-length': '1000', 'content-type': 'application/json' });
      response.write('{"result":');
      response.socket?.destroySoon();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const client = createClient({ url: `http://127.0.0.1:${port}`, retry: false });

    const [, error] = await safe(client.permissions.matrix.query());
    await new Promise((resolve) => server.close(resolve));

    expect(error?.details).toEqual({ because: 'unreachable' });
  });

  test('a code that this client does not know is a fault with that code', async () => {
    await using app = await openApp();
    const { client } = recorded(app);
    const unknown = client as unknown as Record<string, Record<string, typeof client.auth.session>>;

    const error: unknown = await unknown['nothing']?.['here']?.query().catch((e: unknown) => e);

    expect(isFault(error) && error.details).toEqual({
      because: 'server',
      code: 'NO_SUCH_PROCEDURE',
      status: 404,
    });
  });

  const bug = () => {
    throw new Error('a bug of mine');
  };
  test.each<[string, Partial<ClientOptions>]>([
    ['token', { token: bug }],
    ['headers', { headers: bug }],
    ['store', { session: { read: bug, write: () => undefined } }],
  ])(
    "what the caller's own %s throws is a fault of the client, and is not repeated",
    async (_, own) => {
      await using app = await openApp();
      const { client, requests } = recorded(app, { retry: { attempts: 3 }, ...own });

      const [, error] = await safe(client.permissions.matrix.query());

      expect(error).toMatchObject({ reason: 'FAULT', details: { because: 'client' } });
      expect(error?.message).toContain('a bug of mine');
      expect(requests).toEqual([]);
    },
  );

  test('a service that is not there is named, with the reason', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
    await new Promise((resolve) => server.close(resolve));

    const [, error] = await safe(createClient({ url, retry: false }).permissions.matrix.query());

    expect(error?.message).toBe(`${url}/trpc cannot be reached (ECONNREFUSED).`);
  });

  test('an address that sends elsewhere is not followed, with whatever the call carries', async () => {
    const reached: string[] = [];
    const server = createServer((request, response) => {
      reached.push(`${request.method} ${request.url}`);
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const client = createClient({ url: `http://127.0.0.1:${port}`, retry: false });

    const login = client.auth.login.mutate({ identifier: 'chef', password: 'secret' });
    const [, error] = await safe(login);
    await new Promise((resolve) => server.close(resolve));

    expect(error?.details).toEqual({ because: 'unreachable' });
    expect(reached).toEqual(['POST /trpc/auth.login']);
  });

  test('a wait that a proxy asks for as a date is understood', async () => {
    const headers = { 'retry-after': new Date(Date.now() + 60_000).toUTCString() };
    const fetch = () => Promise.resolve(new Response('busy', { status: 503, headers }));
    const client = createClient({ url: 'http://localhost', fetch, retry: false });

    const [, error] = await safe(client.permissions.matrix.query());

    expect(error?.details).toMatchObject({ retryAfterMs: expect.closeTo(60_000, -4) });
  });

  test('a code that the service gives for other calls is a fault of this one', async () => {
    const told = { code: 'CONFLICT', httpStatus: 409, reason: 'LEVEL_TOO_HIGH', details: {} };
    const error = { json: { message: 'No.', code: -32009, data: told } };
    const fetch = () => Promise.resolve(Response.json({ error }, { status: 409 }));
    const client = createClient({ url: 'http://localhost', fetch, retry: false });

    const [, odd] = await safe(client.permissions.matrix.query());
    const level = client.people.setLevel.mutate({ personId: 'x', level: 1 });

    expect(odd?.details).toEqual({ because: 'server', code: 'LEVEL_TOO_HIGH', status: 409 });
    expect((await safe(level))[1]?.reason).toBe('LEVEL_TOO_HIGH');
  });

  test('an input that cannot be sent is a fault of its own call and of no other', async () => {
    await using app = await openApp();
    const { client } = recorded(app);

    const [bad, good] = await Promise.all([
      safe(client.restaurants.list.query({ search: (() => 1) as never })),
      safe(client.permissions.matrix.query()),
    ]);

    expect(bad[1]).toMatchObject({ reason: 'FAULT', details: { because: 'client' } });
    expect(good[1]).toBeUndefined();
  });
});

describe('the client itself', () => {
  test('is no promise, so that an async function may answer a part of it', async () => {
    await using app = await openApp();
    const { client } = recorded(app);

    const { auth } = await Promise.resolve({ auth: client.auth });

    expect(await Promise.resolve(auth)).toBe(client.auth);
  });

  test('says what it is where a text is expected, and takes any name for a call', async () => {
    await using app = await openApp();
    const { client } = recorded(app);
    const names = client as unknown as Record<string, typeof client.auth>;

    expect([client, client.auth.session].map((part: unknown) => String(part)).join(' ')).toBe(
      '[comanda] [comanda.auth.session]',
    );
    await expect(names['constructor']?.session.query()).rejects.toMatchObject({
      details: { code: 'NO_SUCH_PROCEDURE' },
    });
  });

  test('has safe() let pass what no call rejects with', async () => {
    const mistake = Promise.reject(new TypeError('of the caller'));

    await expect(safe(mistake)).rejects.toThrow('of the caller');
  });
});

describe('aborting', () => {
  test('ends the one call; those who travel with it arrive', async () => {
    await using app = await openApp();
    const { client, requests } = recorded(app);
    const stop = new AbortController();

    const aborted = safe(client.permissions.matrix.query(undefined, { signal: stop.signal }));
    const other = safe(client.permissions.matrix.query());
    stop.abort();

    expect((await aborted)[1]).toMatchObject({ reason: 'FAULT', details: { because: 'aborted' } });
    expect((await other)[1]).toBeUndefined();
    expect(requests.length).toBeLessThanOrEqual(1);
  });

  test('ends the request once nobody waits for it any more', async () => {
    const signals: AbortSignal[] = [];
    const fetch: typeof globalThis.fetch = (_, init) => {
      const { signal } = init as { signal: AbortSignal };
      signals.push(signal);
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      });
    };
    const client = createClient({ url: 'http://localhost', fetch });
    const stops = times(3, () => new AbortController());
    const calls = stops.map(({ signal }) =>
      safe(client.permissions.matrix.query(undefined, { signal })),
    );
    await vi.waitFor(() => expect(signals).toHaveLength(1));

    stops[0]?.abort();
    stops[1]?.abort();
    const before = signals[0]?.aborted;
    stops[2]?.abort();
    await Promise.all(calls);

    expect([before, signals[0]?.aborted]).toEqual([false, true]);
  });
});
