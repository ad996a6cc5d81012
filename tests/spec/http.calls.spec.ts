import { appRouter } from '@comanda/domains/router';
import { anyone } from '@comanda/domains/trpc';
import { newId } from '@comanda/kernel/id';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { openApp } from '../app.ts';
import { ask, post, toldIn, withoutTable } from '../http.ts';

interface Told {
  error?: { json: { data: { reason: string } } };
}

const names = Object.keys(appRouter._def.procedures);
const longest = names.toSorted((a, b) => b.length - a.length)[0] ?? '';
const batch = (name: string, times: number, comma = ',') =>
  `/trpc/${Array(times).fill(name).join(comma)}?batch=1`;

describe('a batch', () => {
  test.each([',', '%2C', '%2c', '%252C'])('T4 of eleven joined by %s is refused', async (comma) => {
    await using app = await openApp();

    const answers = await Promise.all([
      ask(app, batch('people.list', 11, comma)),
      ask(app, batch(longest, 11, comma)),
      post(app, batch('people.list', 11, comma), { body: '{}' }),
      ask(app, batch('people.list', 801, comma).replace('?', '?x=1&')),
    ]);
    const told = await Promise.all(answers.map(toldIn));

    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
    expect(answers.map(({ headers }) => headers.get('content-type')?.split(';')[0])).toEqual(
      Array(4).fill('application/json'),
    );
    expect(told).toEqual(
      Array(4).fill(expect.objectContaining({ reason: 'BATCH_TOO_LARGE', details: { limit: 10 } })),
    );
  });

  test.each([',', '%2C', '%252C'])(
    'T4 of ten of the longest names joined by %s is answered call by call',
    async (comma) => {
      await using app = await openApp();

      const answer = await ask(app, batch(longest, 10, comma));
      const calls = (await answer.json()) as unknown[];

      expect(answer.status).toBeLessThan(429);
      expect(calls).toHaveLength(10);
    },
  );

  test('T4 of ten of the longest names is answered when every letter of it is encoded', async () => {
    await using app = await openApp();
    const encoded = longest.replaceAll(/./g, (letter) => `%${letter.charCodeAt(0).toString(16)}`);

    const answer = await ask(app, batch(encoded, 10));

    expect(await answer.json()).toHaveLength(10);
  });

  test('tells of each call what became of it', async () => {
    await using app = await openApp();

    const answer = await ask(app, '/trpc/permissions.matrix,permissions.mine,no.such?batch=1');
    const calls = (await answer.json()) as Told[];

    expect(answer.status).toBe(207);
    expect(calls.map(({ error }) => error?.json.data.reason)).toEqual([
      undefined,
      'UNAUTHENTICATED',
      'NO_SUCH_PROCEDURE',
    ]);
  });

  test('T5 T7 may not carry a sign-in, however its name is written', async () => {
    await using app = await openApp();
    const twice = '/trpc/auth.login,auth.logout?batch=1';

    const answers = await Promise.all(
      [twice, twice.replace('login', '%6cogin'), twice.replace('login', '%256cogin')].map((path) =>
        post(app, path, { body: '{"0":{"json":{"identifier":"x","password":"y"}}}' }),
      ),
    );
    const calls = (await Promise.all(answers.map((answer) => answer.json()))) as Told[][];

    expect(calls.flat().map(({ error }) => error?.json.data.reason)).toEqual(
      Array(6).fill('NOT_BATCHABLE'),
    );
  });

  test('T4 that mixes questions and changes is refused whole', async () => {
    await using app = await openApp();

    const answer = await post(app, '/trpc/people.create,people.list?batch=1', { body: '{}' });

    expect(await toldIn(answer)).toMatchObject({ reason: 'VALIDATION' });
  });

  test.each([
    ['a name that cannot be read', '/trpc/batch%25zz', {}],
    ['a stream of one call', '/trpc/permissions.matrix', { 'trpc-accept': 'application/jsonl' }],
  ])('is not what %s is taken for', async (_, path, headers) => {
    await using app = await openApp();

    const answer = await ask(app, path, { headers });

    expect(await toldIn(answer)).toMatchObject({ reason: 'VALIDATION' });
  });
});

describe('a procedure that is not there', () => {
  test.each([
    'no.such',
    'people',
    'people.list.list',
    'people.LIST',
    'people.list%20',
    '.',
    '..',
    '%00',
    '%2e%2e%2fetc%2fpasswd',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'prototype',
    'auth.__proto__',
    'auth.constructor',
    'auth.login.__proto__',
    '__proto__.auth.login',
    '_def',
    '_def.procedures',
    'createCaller',
  ])('T8 %s is told to be unknown', async (name) => {
    await using app = await openApp();

    const answers = [
      await ask(app, `/trpc/${name}`),
      await post(app, `/trpc/${name}`, { body: '{}' }),
    ];
    const told = await Promise.all(answers.map(toldIn));

    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    expect(told.map(({ reason }) => reason)).toEqual(['NO_SUCH_PROCEDURE', 'NO_SUCH_PROCEDURE']);
  });

  test('is refused in the shape that the client reads', async () => {
    await using app = await openApp();

    const answer = await ask(app, '/trpc/no.such');

    expect(await answer.json()).toEqual({
      error: {
        json: {
          message: 'There is no such procedure or address.',
          code: -32_004,
          data: {
            code: 'NOT_FOUND',
            httpStatus: 404,
            reason: 'NO_SUCH_PROCEDURE',
            details: {},
            path: 'no.such',
            requestId: answer.headers.get('x-request-id'),
          },
        },
      },
    });
  });

  test.each(['/', '/trpc', '/trpc/', '/trpc/people.list/', '/nothing', '//evil.example/health'])(
    'nothing is at %s',
    async (path) => {
      await using app = await openApp();

      const answer = await ask(app, path);

      expect(answer.status).toBe(404);
      expect(await toldIn(answer)).toMatchObject({ reason: 'NO_SUCH_PROCEDURE' });
    },
  );
});

describe('a call by the wrong method', () => {
  test('a change is not made by GET', async () => {
    await using app = await openApp();

    const answer = await ask(app, '/trpc/auth.logout');

    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST');
    expect(await toldIn(answer)).toMatchObject({ reason: 'METHOD_NOT_ALLOWED' });
  });

  test('a change is not made by GET in a batch', async () => {
    await using app = await openApp();

    const answer = await ask(app, '/trpc/people.create?batch=1&input={}');
    const [call] = (await answer.json()) as Told[];

    expect(answer.status).toBe(405);
    expect(call?.error?.json.data.reason).toBe('METHOD_NOT_ALLOWED');
  });

  test.each(['x-http-method-override', 'x-http-method', 'x-method-override'])(
    'the header %s changes nothing',
    async (name) => {
      await using app = await openApp();

      const answer = await ask(app, '/trpc/auth.logout', { headers: { [name]: 'POST' } });

      expect(answer.status).toBe(405);
    },
  );
});

describe('a question too long for an address', () => {
  const ids = Array.from({ length: 150 }, () => newId());
  const lab = {
    first: anyone()
      .input(z.strictObject({ ids: z.array(z.uuid()).max(200) }))
      .output(z.string())
      .query(({ input }) => input.ids[0] ?? ''),
  };

  test('is asked by POST', async () => {
    await using app = await openApp({ lab });
    const body = JSON.stringify({ json: { ids } });

    const answer = await post(app, '/trpc/lab.first', { body });

    expect(body.length).toBeGreaterThan(5_800);
    expect(await answer.json()).toEqual({ result: { data: { json: ids[0] } } });
  });

  test('is asked by POST in a batch, beside others', async () => {
    await using app = await openApp({ lab });
    const body = JSON.stringify({ 0: { json: { ids } }, 2: { json: { ids: ['x'] } } });

    const answer = await post(app, '/trpc/lab.first,permissions.matrix,lab.first?batch=1', {
      body,
    });
    const calls = (await answer.json()) as Told[];

    expect(calls[0]).toEqual({ result: { data: { json: ids[0] } } });
    expect(calls.map(({ error }) => error?.json.data.reason)).toEqual([
      undefined,
      undefined,
      'VALIDATION',
    ]);
  });

  test.each(['text/plain', 'multipart/form-data; boundary=x'])(
    'T1 is asked as JSON, not as %s',
    async (type) => {
      await using app = await openApp({ lab });

      const answer = await post(app, '/trpc/lab.first', {
        body: JSON.stringify({ json: { ids } }),
        headers: { 'content-type': type },
      });

      expect(answer.status).toBe(415);
    },
  );

  test('is taken from the body alone', async () => {
    await using app = await openApp({ lab });

    const input = encodeURIComponent(JSON.stringify({ json: { ids } }));
    const answer = await post(app, `/trpc/lab.first?input=${input}`, { body: '{"json":{}}' });

    expect(await toldIn(answer)).toMatchObject({ reason: 'VALIDATION' });
  });
});

describe('an input that cannot be read', () => {
  test.each([
    ['half an object', '{'],
    ['no JSON', 'identifier=x'],
    ['two objects', '{}{}'],
    ['a text', '"text"'],
    ['a number', '1'],
    ['null', 'null'],
    ['a list', '[]'],
    ['an input without its wrapping', '{"identifier":"x","password":"y"}'],
    ['NaN', '{"json":NaN}'],
    ['a lone bracket', ']'],
    ['bytes that are no text', new Uint8Array([0xff, 0xfe, 0x7b])],
    ['a byte order mark', '\uFEFF{}'],
    ['a number beyond all numbers', '{"json":{"identifier":1e999}}'],
    ['lists without end', '['.repeat(60_000)],
    ['lists without end that do end', `{"json":${'['.repeat(30_000)}${']'.repeat(30_000)}}`],
    ['a key of the prototype', '{"json":{"__proto__":{"polluted":true}}}'],
    ['meta of the prototype', '{"json":{},"meta":{"values":{"__proto__.polluted":["Date"]}}}'],
    ['a typed array', '{"json":[1],"meta":{"values":[["typed-array","Float64Array"]]}}'],
    ['a set', '{"json":{"identifier":["x"]},"meta":{"values":{"identifier":["set"]}}}'],
    [
      'a value annotated twice',
      '{"json":{"a":{"b":"1"}},"meta":{"values":{"a.b":["bigint"],"a":{"b":["Date"]}}}}',
    ],
  ])('T8 T9 %s is refused', async (_, body) => {
    await using app = await openApp();

    const answer = await post(app, '/trpc/auth.login', { body });

    expect(answer.status).toBe(400);
    expect(await toldIn(answer)).toMatchObject({ reason: 'VALIDATION' });
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test.each(['{', '%7B', '%zz', '%00', 'undefined', '[]', '"x"', '{"json":{"limit":"1"}}', '%FF'])(
    'T10 a query with input=%s is refused, and the input is not repeated',
    async (input) => {
      await using app = await openApp();

      const answer = await ask(app, `/trpc/restaurants.list?input=${input}`);

      expect(answer.status).toBe(400);
      expect(await toldIn(answer)).toMatchObject({ reason: 'VALIDATION' });
    },
  );

  test('T10 of sixty thousand mistakes twenty are told, in less than 4 KiB', async () => {
    await using app = await openApp();
    const keys = Array.from({ length: 5_000 }, (_, i) => `"k${i}":0`).join();

    const answer = await post(app, '/trpc/auth.login', { body: `{"json":{${keys}}}` });
    const text = await answer.text();

    expect(answer.status).toBe(400);
    expect(text.length).toBeLessThan(4 * 1_024);
    expect(text).not.toContain('k4999');
  });
});

describe('a fault', () => {
  afterEach(() => vi.unstubAllEnvs());

  test.each(['production', 'development', 'test', ''])(
    'T10 tells the caller nothing but an id, with NODE_ENV at %j',
    async (mode) => {
      vi.stubEnv('NODE_ENV', mode);
      await using app = await openApp();

      const answer = await withoutTable(app, 'restaurant', () =>
        ask(app, '/trpc/restaurants.list'),
      );

      expect(await answer.json()).toEqual({
        error: {
          json: {
            message: 'Something went wrong on our side.',
            code: -32_603,
            data: {
              code: 'INTERNAL_SERVER_ERROR',
              httpStatus: 500,
              reason: 'INTERNAL',
              details: {},
              path: 'restaurants.list',
              requestId: answer.headers.get('x-request-id'),
            },
          },
        },
      });
    },
  );

  test('T10 tells nothing in an answer that is streamed either', async () => {
    await using app = await openApp();

    const headers = { 'trpc-accept': 'application/jsonl' };

    const text = await withoutTable(app, 'restaurant', async () => {
      const answer = await ask(app, '/trpc/restaurants.list?batch=1', { headers });
      return answer.text();
    });

    expect(text).toContain('"reason":"INTERNAL"');
    expect(text).not.toMatch(/select|table|\/src\/|stack/i);
  });

  test('is in the log with its request id and its stack, without the statement', async () => {
    await using app = await openApp();

    const answer = await withoutTable(app, 'restaurant', () => ask(app, '/trpc/restaurants.list'));
    const id = answer.headers.get('x-request-id');
    const faults = app.logs.filter((line) => line.includes('"msg":"fault"'));

    expect(faults).toHaveLength(1);
    expect(JSON.parse(faults[0] ?? '')).toMatchObject({
      requestId: id,
      path: 'restaurants.list',
      err: { message: 'the database refused a statement', stack: expect.stringContaining('at ') },
    });
    expect(faults[0]).not.toMatch(/no such table|doesn't exist|select .* from/i);
  });
});
