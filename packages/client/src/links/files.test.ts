import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { createClient } from '../create-client.ts';
import { createClient as minimal } from '../minimal.ts';
import type { ClientOptions } from '../options.ts';
import { pace } from '../pace.ts';
import { signedIn } from '../session/scripted.ts';

const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 255);
const PICTURE = new Blob([JPEG], { type: 'image/jpeg' });
const VIEW = { id: 'p1', width: 3, height: 4 };

type Answer = (response: ServerResponse) => void;

const said =
  (data: unknown): Answer =>
  (response) =>
    void response
      .writeHead(200, { ratelimit: '"customer.write";r=7', 'content-type': 'application/json' })
      .end(JSON.stringify({ result: { data } }));
const refused =
  (reason: string, httpStatus: number, details: object = {}): Answer =>
  (response) => {
    const error = { json: { message: 'No.', data: { code: 'X', reason, httpStatus, details } } };
    response.writeHead(httpStatus, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error }));
  };
const proxyPage: Answer = (response) => void response.writeHead(502).end('<h1>Bad gateway</h1>');
const cut: Answer = (response) => void response.destroy();
/** A sign-in as the service tells it, good for a quarter of an hour. */
const session = (nth: number): Answer =>
  said({ json: signedIn(nth, Date.now()), meta: { values: { expiresAt: ['Date'] } } });

/** Gives these answers, one a request, then the view of a picture; and what it was sent. */
async function openService(...answers: Answer[]) {
  const received: { line: string; headers: IncomingHttpHeaders; body: Buffer }[] = [];
  const server = createServer((request, response) => {
    const answer = answers.shift() ?? said({ json: VIEW });
    void request.toArray().then((parts: Buffer[]) => {
      const line = `${request.method} ${request.url}`;
      received.push({ line, headers: request.headers, body: Buffer.concat(parts) });
      answer(response);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    received,
    lines: () => received.map(({ line }) => line),
    options: { url, retry: { baseMs: 1 } } satisfies ClientOptions,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}

describe('S1-26 a picture', () => {
  test.each([
    ['the client', createClient],
    ['the small client', minimal],
  ])('travels as it is, beside the procedures, with what every call carries: %s', async (_, to) => {
    await using service = await openService();
    const { url } = service.options;
    const comanda = to({ url, token: 'a pass', headers: { 'x-till': '1' } });

    const view = await comanda.files.upload.mutate(PICTURE);

    expect(view).toEqual(VIEW);
    expect(service.received).toMatchObject([
      {
        line: 'POST /files',
        headers: {
          authorization: 'Bearer a pass',
          'content-length': String(JPEG.length),
          'content-type': 'image/jpeg',
          'x-comanda-contract': expect.stringMatching(/^\d/),
          'x-till': '1',
        },
      },
    ]);
    expect([...(service.received[0]?.body ?? [])]).toEqual([...JPEG]);
  });

  test.each(['', 'jpg', 'image/'])(
    'of no kind, or of one that is none, is sent as bytes: "%s"',
    async (type) => {
      await using service = await openService();
      const comanda = createClient(service.options);

      await comanda.files.upload.mutate(new Blob([JPEG], { type }));

      expect(service.received[0]?.headers['content-type']).toBe('application/octet-stream');
    },
  );

  test('goes below the path that the url carries', async () => {
    await using service = await openService();
    const { url } = service.options;

    await createClient({ url: `${url}/kitchen/trpc/` }).files.upload.mutate(PICTURE);

    expect(service.lines()).toEqual(['POST /kitchen/files']);
  });

  test('travels alone, whatever is said with it', async () => {
    await using service = await openService();
    const comanda = createClient(service.options);

    await Promise.all([
      comanda.cart.clear.mutate({}),
      comanda.files.upload.mutate(PICTURE),
      comanda.files.upload.mutate(PICTURE),
    ]);

    expect(service.lines().toSorted()).toEqual([
      'POST /files',
      'POST /files',
      'POST /trpc/cart.clear',
    ]);
  });

  test('is sent again, as it is, once its token was refused and renewed', async () => {
    await using service = await openService(session(1), refused('TOKEN_INVALID', 401), session(2));
    const comanda = createClient(service.options);
    await comanda.auth.login.mutate({ identifier: 'mia', password: 'a window' });

    const view = await comanda.files.upload.mutate(PICTURE);

    expect(view).toEqual(VIEW);
    expect(service.lines().slice(1)).toEqual([
      'POST /files',
      'POST /trpc/auth.refresh',
      'POST /files',
    ]);
    const [, first, , second] = service.received;
    expect(second?.body).toEqual(first?.body);
    expect(second?.headers.authorization).not.toBe(first?.headers.authorization);
  });

  test.each([
    ['cut off', cut],
    ["a proxy's page", proxyPage],
    ['busy', refused('OVERLOADED', 503, { retryAfterMs: 1 })],
  ])('has no key, and is sent once: %s', async (_, failure) => {
    await using service = await openService(failure);

    await expect(createClient(service.options).files.upload.mutate(PICTURE)).rejects.toMatchObject({
      name: 'CallError',
    });

    expect(service.lines()).toEqual(['POST /files']);
  });

  test('waits for its quota where the client does', async () => {
    await using service = await openService(refused('QUOTA_EXCEEDED', 429, { retryAfterMs: 1 }));
    const comanda = createClient({ ...service.options, onQuota: 'wait' });

    await comanda.files.upload.mutate(PICTURE);

    expect(service.received.map(({ body }) => [...body])).toEqual([[...JPEG], [...JPEG]]);
  });

  test('passes a pace, and tells the quota that came with its answer', async () => {
    await using service = await openService((response) => {
      response.writeHead(429, { 'retry-after': '0' }).end();
    });
    const comanda = createClient({ ...service.options, pace: pace() });

    await comanda.files.upload.mutate(PICTURE);

    expect(service.received.map(({ body }) => [...body])).toEqual([[...JPEG], [...JPEG]]);
    expect(comanda.quota).toMatchObject([{ name: 'customer.write', remaining: 7 }]);
  });

  test('that is none ends with its refusal', async () => {
    const kinds = ['image/png'];
    await using service = await openService(refused('NOT_A_PICTURE', 415, { kinds }));

    const upload = createClient(service.options).files.upload.mutate(PICTURE);

    await expect(upload).rejects.toMatchObject({ reason: 'NOT_A_PICTURE', details: { kinds } });
  });

  test.each([
    ['aborted', (stop: AbortController) => ({ signal: stop.signal })],
    ['deadline', () => ({ deadlineMs: 100 })],
  ])('ends with its request: %s', async (because, options) => {
    const stop = new AbortController();
    let closed: Promise<unknown> = Promise.resolve();
    await using service = await openService((response) => {
      closed = once(response, 'close');
      stop.abort();
    });

    const upload = createClient(service.options).files.upload.mutate(PICTURE, options(stop));

    await expect(upload).rejects.toMatchObject({ reason: 'FAULT', details: { because } });
    await closed;
  });
});

describe('what is no picture', () => {
  const UNFIT = [
    JPEG,
    JPEG.buffer,
    'data:,',
    new FormData(),
    { stream: () => JPEG },
    null,
    undefined,
  ];

  test.each(UNFIT.flatMap((given) => [createClient, minimal].map((to) => ({ given, to }))))(
    'is a fault of the client, and is not sent: $given',
    async ({ given, to }) => {
      await using service = await openService();
      const { url } = service.options;

      const upload = to({ url, token: 'a pass' }).files.upload.mutate(given as never);

      await expect(upload).rejects.toMatchObject({
        message: 'A picture is sent as a Blob, such as new Blob([bytes]).',
        details: { because: 'client' },
      });
      expect(service.lines()).toEqual([]);
    },
  );

  test('nor is a picture an input of any other call', async () => {
    await using service = await openService();
    const comanda = createClient(service.options);

    const bare = comanda.cart.clear.mutate(PICTURE as never);
    const inside = comanda.profile.update.mutate({ bio: PICTURE } as never);

    await expect(bare).rejects.toMatchObject({ message: 'a Blob cannot be sent' });
    await expect(inside).rejects.toMatchObject({ message: 'a Blob cannot be sent (bio)' });
    expect(service.lines()).toEqual([]);
  });
});

describe('the address of a picture', () => {
  test.each([
    ['http://localhost:4000', 'http://localhost:4000/files/p1/'],
    ['https://lemon.example/kitchen/trpc/', 'https://lemon.example/kitchen/files/p1/'],
  ])('is beside the procedures of %s, in the size that is asked for', (url, where) => {
    const { files } = createClient({ url });

    const addresses = [files.url('p1'), files.url('p1', 'large'), files.url('p1', 'small')];

    expect(addresses).toEqual([`${where}large`, `${where}large`, `${where}small`]);
  });

  test('is one of the page where the service is', () => {
    vi.stubGlobal('location', new URL('https://lemon.example'));
    const { files } = createClient({ url: '' });
    vi.unstubAllGlobals();

    expect(files.url('p1', 'small')).toBe('/files/p1/small');
  });

  test('stands beside the calls, and hides none', () => {
    const { files } = createClient({ url: 'http://localhost' });

    const names = [files, files.upload].map((part: unknown) => String(part));

    expect(names).toEqual(['[comanda.files]', '[comanda.files.upload]']);
  });
});
