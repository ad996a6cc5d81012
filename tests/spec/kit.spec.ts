import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';

/** Of the line, or of the moment, and not of the answer. */
const OF_THE_LINE = ['connection', 'date', 'keep-alive', 'ratelimit', 'transfer-encoding'];

/** The same request by a socket and without: each with all that its answer says. */
async function bothWays(app: TestApp, address: string, init: RequestInit = {}) {
  const url = await app.listen();
  const id = { 'x-request-id': 'the-same-request', host: 'localhost' };
  const headers = { ...id, ...(init.headers as Record<string, string>) };
  const answers = [
    await fetch(`${url}${address}`, { ...init, headers }),
    await app.fetch(`http://localhost${address}`, { ...init, headers }),
  ];
  return Promise.all(
    answers.map(async (answer) => ({
      status: answer.status,
      headers: [...answer.headers].filter(([name]) => !OF_THE_LINE.includes(name)),
      body: Buffer.from(await answer.arrayBuffer()).toString('base64'),
    })),
  );
}

describe('the kit without a socket', () => {
  const json = { 'content-type': 'application/json' };
  const named = { 'x-session': 'cookie', origin: 'https://evil.example' };
  const login = '{"json":{"identifier":"chef","password":"wrong"}}';

  test.each<[string, string, RequestInit?]>([
    ['a query', '/trpc/permissions.matrix'],
    ['a refusal', '/trpc/people.list'],
    ['a batch of both', '/trpc/permissions.matrix,people.list?batch=1'],
    ['dates', '/trpc/restaurants.list'],
    ['bad input', '/trpc/restaurants.list?input=%7B%22json%22%3A%7B%22x%22%3A1%7D%7D'],
    ['a wrong password', '/trpc/auth.login', { method: 'POST', headers: json, body: login }],
    ['a denied origin', '/trpc/auth.refresh', { method: 'POST', headers: { ...json, ...named } }],
    ['a preflight', '/trpc/auth.login', { method: 'OPTIONS', headers: named }],
    ['no procedure', '/trpc/nothing.here'],
    ['no address', '/nowhere'],
    ['a body of another kind', '/trpc/auth.login', { method: 'POST', body: 'name=chef' }],
    ['health', '/health'],
  ])('answers %s byte for byte as over HTTP', async (_, address, init) => {
    await using app = await openApp();

    const [overHttp, inProcess] = await bothWays(app, address, init);

    expect(inProcess).toEqual(overHttp);
  });
});
