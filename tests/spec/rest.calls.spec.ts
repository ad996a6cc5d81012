import { newId } from '@comanda/kernel/id';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { ask } from '../http.ts';
import { askRest, problemIn } from '../rest/asking.ts';
import { MIRROR } from '../rest/document.ts';

const JSON_BODY = { 'content-type': 'application/json' };

async function tokenOf(app: TestApp, who: Parameters<TestApp['session']>[0] = 'manager') {
  return (await app.session(who)).accessToken;
}

/** A call as it is written by hand. */
async function send(
  app: TestApp,
  [method, path]: [method: string, path: string],
  { body, headers }: { body?: string; headers?: Record<string, string> } = {},
) {
  const token = await tokenOf(app);
  return ask(app, `${MIRROR}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && JSON_BODY),
      ...headers,
    },
    ...(body !== undefined && { body }),
  });
}

const issuesIn = async (answer: Response) => (await problemIn(answer)).details.issues;

describe('verbs and paths', () => {
  test('a task is made by POST, read by GET, changed by PATCH and removed by DELETE', async () => {
    await using app = await openApp();

    const made = await send(app, ['POST', '/tasks'], { body: '{"title":"Order flour"}' });
    const { id, ...task } = (await made.json()) as Record<string, unknown>;
    const at = `/tasks/${String(id)}`;
    const changed = await send(app, ['PATCH', at], { body: '{"done":true}' });
    const read = await send(app, ['GET', at]);
    const listed = await send(app, ['GET', '/tasks?done=true']);
    const removed = await send(app, ['DELETE', at]);
    const gone = await send(app, ['GET', at]);

    const all = [made, changed, read, listed, removed, gone];
    expect(all.map(({ status }) => status)).toEqual([201, 200, 200, 200, 200, 404]);
    expect(task).toMatchObject({ title: 'Order flour', doneAt: null });
    expect(await read.json()).toMatchObject({ id, doneAt: app.clock.now().toISOString() });
    expect(await listed.json()).toMatchObject({ items: [{ id }], nextCursor: null });
    expect(await problemIn(gone)).toMatchObject({ code: 'NOT_FOUND', status: 404 });
  });

  test('the same is answered as to tRPC, with moments as texts', async () => {
    await using app = await openApp();
    const bookId = await app.given.book({ ownerId: app.home.staff.chef.id });

    const answer = await ask(app, `${MIRROR}/books/${bookId}`);
    const byTrpc = await app.as('anonymous').books.show.query({ bookId });

    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await answer.json()).toEqual(JSON.parse(JSON.stringify(byTrpc)));
  });

  test('HEAD tells the headers of GET, and nothing else', async () => {
    await using app = await openApp();

    const get = await send(app, ['GET', '/profile']);
    const head = await send(app, ['HEAD', '/profile']);

    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
    expect(head.headers.get('content-length')).toBe(String((await get.text()).length));
    expect(head.headers.get('etag')).toBe(get.headers.get('etag'));
  });

  test.each([
    ['DELETE', '/profile', 'HEAD, GET, PATCH'],
    ['GET', '/cart/lines', 'POST'],
    ['HEAD', '/cart/lines', 'POST'],
    ['HEAD', '/kitchen/watch', 'GET'],
    ['POST', '/kitchen/watch', 'GET'],
    ['PUT', '/books', 'HEAD, GET, POST'],
  ])('%s %s is told which methods there are: %s', async (method, path, allowed) => {
    await using app = await openApp();

    const answer = await send(app, [method, path]);

    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe(allowed);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  test.each([
    '',
    '/',
    '?x=1',
    '/nothing',
    '//books',
    '/books//',
    '/BOOKS',
    '/books/%zz',
    '/..%2ftrpc/books.list',
    '/__proto__',
    '/constructor',
    `/books/${'a'.repeat(600)}`,
    '/files/upload',
  ])('there is nothing at %s', async (path) => {
    await using app = await openApp();

    const answer = await ask(app, `${MIRROR}${path}`);

    expect(await problemIn(answer)).toMatchObject({ status: 404, code: 'NO_SUCH_PROCEDURE' });
  });
});

describe('what stands in a query', () => {
  test('numbers, lists, yes and no, and moments are read as what they stand for', async () => {
    await using app = await openApp();
    const orders = [
      await app.given.order({ state: 'pending' }),
      await app.given.order({ state: 'preparing' }),
    ];
    await app.given.order({ state: 'completed' });
    const query = 'limit=5&state=pending&state=preparing&mine=false&count=true';

    const some = await send(app, ['GET', `/orders?${query}&from=2026-06-01T00:00:00Z`]);
    const one = await send(app, ['GET', '/orders?state=completed']);
    const none = await send(app, ['GET', '/orders?from=2026-06-01T15:00:00%2B02:00']);
    const found = (await some.json()) as { items: { id: string }[]; total: number };

    expect(found.items.map(({ id }) => id).toSorted()).toEqual(
      orders.map(({ orderId }) => orderId).toSorted(),
    );
    expect(found.total).toBe(2);
    expect(await one.json()).toMatchObject({ items: [{ state: 'completed' }] });
    expect(await none.json()).toMatchObject({ items: [] });
  });

  test.each([
    ['/books?limit=ten', 'limit'],
    ['/books?limit=', 'limit'],
    ['/books?limit=1e1', 'limit'],
    ['/books?limit=0x10', 'limit'],
    ['/books?limit=1.5', 'limit'],
    ['/books?limit=999999999999999999999', 'limit'],
    ['/books?limit=1&limit=2', 'limit'],
    ['/books?unknown=1', ''],
    ['/books?__proto__=1', ''],
    ['/books?search=', 'search'],
    ['/books?cursor=nonsense', 'cursor'],
    ['/books?ownerId=1', 'ownerId'],
    ['/tasks?done=yes', 'done'],
    ['/tasks?done=1', 'done'],
    ['/tasks?dueBefore=tomorrow', 'dueBefore'],
    ['/tasks?dueBefore=2026-06-01', 'dueBefore'],
    ['/tasks?dueBefore=2026-06-01T12:00:00', 'dueBefore'],
    ['/tasks?dueBefore=2026-02-30T12:00:00Z', 'dueBefore'],
    ['/tasks?dueBefore=1780315200000', 'dueBefore'],
    ['/orders?state=nonsense', 'state.0'],
  ])('%s is refused, and told where', async (path, where) => {
    await using app = await openApp();

    const answer = await send(app, ['GET', path]);

    expect(answer.status).toBe(400);
    expect(await issuesIn(answer)).toMatchObject([{ path: where }]);
  });
});

describe('what stands in two places', () => {
  test.each([
    ['GET', `/books/${newId()}?bookId=${newId()}`, undefined, {}, 'bookId'],
    ['PATCH', `/books/${newId()}`, `{"bookId":"${newId()}"}`, {}, 'bookId'],
    [
      'PATCH',
      '/profile',
      '{"expectedVersion":0,"bio":"x"}',
      { 'if-match': '"0"' },
      'expectedVersion',
    ],
    [
      'POST',
      '/shifts/clock-in',
      '{"idempotencyKey":"key-1"}',
      { 'idempotency-key': 'key-1' },
      'idempotencyKey',
    ],
  ] as const)('%s %s is refused, though both were the same', async (...row) => {
    const [method, path, body, headers, where] = row;
    await using app = await openApp();

    const answer = await send(app, [method, path], { headers, ...(body && { body }) });

    expect(await issuesIn(answer)).toEqual([
      { path: where, message: 'the path or a header says it already' },
    ]);
  });
});

describe('a body', () => {
  test.each([
    ['', 400, 'name'],
    ['{', 400, ''],
    ['nonsense', 400, ''],
    ['[]', 400, ''],
    ['"text"', 400, ''],
    ['null', 400, ''],
    ['\uFEFF{}', 400, ''],
    ['{"name":"T1","seatsMax":4}{}', 400, ''],
    ['{"name":"T1","seatsMax":4,"unknown":1}', 400, ''],
    ['{"name":"T1","seatsMax":4,"__proto__":{"x":1}}', 400, ''],
    ['{"name":"T1","seatsMax":"4"}', 400, 'seatsMax'],
    ['{"name":"T1","seatsMax":null}', 400, 'seatsMax'],
    [`{"name":${'['.repeat(500)}${']'.repeat(500)},"seatsMax":4}`, 400, ''],
  ])('%s is refused, and told where', async (body, status, where) => {
    await using app = await openApp();

    const answer = await send(app, ['POST', '/tables'], { body });

    expect(answer.status).toBe(status);
    expect((await issuesIn(answer))?.[0]).toMatchObject({ path: where });
  });

  test.each(['{', '', '[]', '{"unknown":1}'])(
    'P13 nobody is told what is wrong with %s who may not ask at all',
    async (body) => {
      await using app = await openApp();
      const url = `${MIRROR}/tables`;
      const sent = { method: 'POST', body, headers: JSON_BODY };
      const authorization = `Bearer ${await tokenOf(app, 'customer')}`;

      const stranger = await ask(app, url, sent);
      const customer = await ask(app, url, { ...sent, headers: { ...JSON_BODY, authorization } });

      expect(await problemIn(stranger)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
      expect(await problemIn(customer)).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    },
  );

  test('P13 nor what is wrong with a query', async () => {
    await using app = await openApp();

    const answers = await Promise.all(
      ['/people?limit=x', '/people?unknown=1', '/people/1?personId=2'].map((path) =>
        ask(app, `${MIRROR}${path}`).then(problemIn),
      ),
    );

    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
  });

  test('may be left out, with its kind or without, where nothing has to be said', async () => {
    await using app = await openApp();
    const at = `/restaurants/${app.home.restaurantId}/resume`;

    const answers = [
      await send(app, ['POST', at]),
      await send(app, ['POST', at], { body: '' }),
      await send(app, ['POST', at], { body: '{}' }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  test('of a DELETE is refused: nobody would read it', async () => {
    await using app = await openApp();

    const answer = await send(app, ['DELETE', '/cart'], { body: '{"restaurantId":"x"}' });

    expect(await issuesIn(answer)).toEqual([{ path: '', message: 'this call takes no body' }]);
  });

  test('holds moments with their zone, and no days that there are not', async () => {
    await using app = await openApp();
    const due = (dueAt: string) =>
      send(app, ['POST', '/tasks'], { body: JSON.stringify({ title: 'Flour', dueAt }) });

    const good = await due('2026-06-03T10:00:00+02:00');
    const bad = await due('2026-02-30T10:00:00Z');

    expect(await good.json()).toMatchObject({ dueAt: '2026-06-03T08:00:00.000Z' });
    expect(await issuesIn(bad)).toMatchObject([{ path: 'dueAt' }]);
  });

  test.each([
    ['POST', 'text/plain', '{}'],
    ['POST', 'application/x-www-form-urlencoded', 'title=x'],
    ['POST', 'multipart/form-data; boundary=x', '--x--'],
    ['PATCH', 'application/merge-patch+json', '{}'],
    ['PUT', 'application/json; charset=latin1', '{}'],
    ['DELETE', 'text/plain', 'x'],
  ])('by %s as %s is not read', async (method, type, body) => {
    await using app = await openApp();

    const answer = await send(app, [method, '/profile'], {
      body,
      headers: { 'content-type': type },
    });

    expect(await problemIn(answer)).toMatchObject({ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' });
  });

  test('of more than 64 KiB is refused', async () => {
    await using app = await openApp();

    const answer = await send(app, ['PATCH', '/profile'], {
      body: JSON.stringify({ bio: 'x'.repeat(70_000) }),
    });

    expect(await problemIn(answer)).toMatchObject({ status: 413, code: 'PAYLOAD_TOO_LARGE' });
  });
});

describe('what is written down of a call', () => {
  test('P36 S0-44 the audit log names the same action, and the request id that the caller brought', async () => {
    await using app = await openApp();
    const token = await tokenOf(app, 'waiter');

    const answer = await askRest(app, 'tables.create', {
      input: { name: 'T1', seatsMax: 4 },
      token,
      headers: { 'x-request-id': 'my-own-request-1' },
    });
    const { items } = await app.as('manager').audit.list.query({ action: 'tables.create' });

    expect(answer.headers.get('x-request-id')).toBe('my-own-request-1');
    expect(items).toMatchObject([
      { action: 'tables.create', requestId: 'my-own-request-1', role: 'waiter', change: 'created' },
    ]);
  });

  test('a problem has the request id of its answer', async () => {
    await using app = await openApp();

    const answer = await ask(app, `${MIRROR}/people`);

    expect((await problemIn(answer)).requestId).toBe(answer.headers.get('x-request-id'));
  });
});
