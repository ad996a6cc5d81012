import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { ask, toldIn } from '../http.ts';

const behindProxy = { floodLimit: 2, trustProxy: ['127.0.0.1/32', '10.0.0.0/8'] };

describe('a flood from one address', () => {
  test('is turned away beyond the limit, and told how long', async () => {
    await using app = await openApp({ config: { floodLimit: 5 } });

    const answers = [];
    answers.push(await Promise.all(Array.from({ length: 5 }, () => ask(app, '/health'))));
    const refused = await ask(app, '/trpc/permissions.matrix');
    const { reason, details } = await toldIn(refused);

    expect(answers.flat().map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('ratelimit-policy')).toBe('"address";q=5;w=60');
    expect(refused.headers.get('ratelimit')).toMatch(/^"address";r=0;t=\d+$/);
    expect(reason).toBe('QUOTA_EXCEEDED');
    expect(details).toEqual({
      scope: 'address',
      limit: 5,
      resetAt: expect.any(Date),
      retryAfterMs: expect.any(Number),
    });
  });

  test('is kept waiting for its no, while others are served', async () => {
    const config = { floodLimit: 1, floodHoldMs: 1_000, trustProxy: ['127.0.0.1/32'] };
    await using app = await openApp({ config });
    const from = (address: string) =>
      ask(app, '/health', { headers: { 'x-forwarded-for': address } });
    const answered: string[] = [];
    const noted = async (address: string) => {
      const { status } = await from(address);
      answered.push(`${address} ${status}`);
    };
    await from('203.0.113.7');

    const flood = ['203.0.113.7', '203.0.113.7'].map(noted);
    await noted('203.0.113.8');
    await Promise.all(flood);

    expect(answered).toEqual(['203.0.113.8 200', '203.0.113.7 429', '203.0.113.7 429']);
  });

  test('P32 is told to wait whole seconds, at least one, that fit the details', async () => {
    await using app = await openApp({ config: { floodLimit: 1 } });
    await ask(app, '/health');

    const refused = await ask(app, '/health');
    const { retryAfterMs } = (await toldIn(refused)).details as { retryAfterMs: number };

    expect(refused.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    expect(refused.headers.get('retry-after')).toBe(String(Math.ceil(retryAfterMs / 1_000)));
  });

  test('counts what is answered, unknown or refused alike', async () => {
    await using app = await openApp({ config: { floodLimit: 3 } });
    const paths = ['/health', '/nothing', '/trpc/permissions.mine', '/health'];

    const answers = await Promise.all(paths.map((path) => ask(app, path)));

    expect(answers.map(({ status }) => status)).toEqual([200, 404, 401, 429]);
  });
});

describe('the address of a caller', () => {
  const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });

  test('P33 is not what a header says, when no proxy is trusted', async () => {
    await using app = await openApp({ config: { floodLimit: 2 } });

    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) => ask(app, '/health', from(`203.0.113.${i}`))),
    );

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
  });

  test.each(['forwarded', 'x-real-ip', 'cf-connecting-ip', 'true-client-ip', 'x-client-ip'])(
    'P33 is not what %s says, even behind a trusted proxy',
    async (name) => {
      await using app = await openApp({ config: behindProxy });

      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, i) =>
          ask(app, '/health', { headers: { [name]: `203.0.113.${i}` } }),
        ),
      );

      expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
    },
  );

  test('P33 is the one that a trusted proxy names', async () => {
    await using app = await openApp({ config: behindProxy });
    const callers = ['203.0.113.1', '203.0.113.2', '203.0.113.1', '203.0.113.1', '203.0.113.2'];

    const answers = await Promise.all(callers.map((caller) => ask(app, '/health', from(caller))));

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429, 200]);
  });

  test('P33 is the last one that no trusted proxy has added, whatever stands before it', async () => {
    await using app = await openApp({ config: behindProxy });
    const chains = Array.from(
      { length: 1_000 },
      (_, i) => `198.51.100.${i % 250}, 203.0.113.9, 10.0.0.7`,
    );

    const answers = await Promise.all(chains.map((chain) => ask(app, '/health', from(chain))));

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
  });

  test('P33 counts by its /64 when it is an IPv6 address', async () => {
    await using app = await openApp({ config: behindProxy });
    const callers = [
      '2001:db8:1:2::1',
      '2001:db8:1:2:ffff:ffff:ffff:ffff',
      '2001:0DB8:0001:0002::abcd',
      '2001:db8:1:3::1',
    ];

    const answers = await Promise.all(callers.map((caller) => ask(app, '/health', from(caller))));

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429, 200]);
  });

  test.each([
    '',
    ' ',
    'unknown',
    '<script>',
    "' or 1=1",
    'a'.repeat(2_000),
    '203.0.113.1:8080',
    '::ffff:',
  ])('P33 may be %j without doing harm', async (chain) => {
    await using app = await openApp({ config: behindProxy });

    const answer = await ask(app, '/trpc/permissions.matrix', from(chain));

    expect(answer.status).toBe(200);
  });
});

describe('a sign-in that comes too often', () => {
  test('P32 is told how long to wait in the header too', async () => {
    await using app = await openApp();
    const guess = () =>
      ask(app, '/trpc/auth.login', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"json":{"identifier":"chef","password":"wrong password"}}',
      });

    const answers = [await guess(), await guess(), await guess(), await guess(), await guess()];
    const refused = await guess();

    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
  });
});
