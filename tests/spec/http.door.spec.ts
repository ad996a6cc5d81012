import { Writable } from 'node:stream';
import { CONTRACT } from '@comanda/domains/contract';
import { type AppConfig, buildApp } from '@comanda/server/app';
import { GcraStore } from '@comanda/quotas/gcra-store';
import type { QuotaStore } from '@comanda/quotas/store';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { inside } from '../auth/looking.ts';
import { dial } from '../faults/listening.ts';
import { withoutTable } from '../http.ts';
import { onSqlite } from '../storage/store.ts';

const LIST = '/trpc/menu.list';
const SHOP = 'https://shop.example';
/** What a GET hardly has: with it, whatever is asked is answered by Fastify. */
const THE_OLD_WAY = 'Content-Length: 0';

interface Hall extends AsyncDisposable {
  app: TestApp;
  port: number;
  url: string;
  logs: string[];
  /** How many requests Fastify was asked. */
  inFastify: () => number;
  /** How many have come to it, answered or not. */
  begunInFastify: () => number;
}

interface Options {
  app?: Parameters<typeof openApp>[0];
  config?: Partial<AppConfig>;
  isDraining?: () => boolean;
}

/** The service behind a port, with something on its menu. */
async function openHall(options: Options = {}): Promise<Hall> {
  const app = await openApp(options.app);
  await app.given.item({ price: 900, name: 'Crème brûlée' });
  const logs: string[] = [];
  const sink = new Writable({
    write: (line: Buffer, _, done) => {
      logs.push(line.toString());
      done();
    },
  });
  const { isDraining = () => false } = options;
  const config = { ...CONFIG, ...options.config };
  const server = await buildApp(app.house, config, { logs: sink, isDraining });
  let [asked, begun] = [0, 0];
  server.addHook('onRequest', async () => void (begun += 1));
  server.addHook('onSend', async () => void (asked += 1));
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  return {
    app,
    logs,
    url,
    port: Number(new URL(url).port),
    inFastify: () => asked,
    begunInFastify: () => begun,
    [Symbol.asyncDispose]: async () => {
      server.server.closeAllConnections();
      await server.close();
      await app[Symbol.asyncDispose]();
    },
  };
}

const CONFIG: AppConfig = {
  allowedHosts: ['localhost', '127.0.0.1'],
  corsOrigins: [SHOP],
  floodLimit: 1_000_000,
  floodHoldMs: 0,
  logLevel: 'info',
  trustProxy: [],
};

/** What goes out for the second time is kept. */
async function keep({ url }: Hall): Promise<void> {
  for (let times = 0; times < 2; times += 1) await fetch(url + LIST);
}

const lines = (...all: string[]) => [...all, '', ''].join('\r\n');

/** What comes back for the same request twice on one connection, the second time as the last; but for the date. */
async function wholly({ port }: Hall, headers: string[]) {
  const line = `GET ${LIST} HTTP/1.1`;
  const once = lines(line, ...headers);
  const twice = once + lines(line, ...headers, 'Connection: close');
  return undated(await dial(port, twice).closed());
}

const undated = (said: string) => said.replaceAll(/^Date: .*$/gm, 'Date: today');

describe('an answer handed out at the door', () => {
  test.each([
    ['plain', []],
    ['to a page of an allowed origin', [`Origin: ${SHOP}`]],
    ['to the published client', [`x-comanda-contract: ${CONTRACT.version}.${CONTRACT.hash}`]],
    ['to a browser', ['Accept: */*', 'Accept-Language: de', 'Cookie: a=b', 'Sec-Fetch-Mode: cors']],
    ['to whoever has another', ['If-None-Match: "another"']],
    ['to whoever has any', ['If-None-Match: *']],
    ['to whoever has any, on a page', ['If-None-Match: *', `Origin: ${SHOP}`]],
  ])('is byte for byte what Fastify answers: %s', async (_, told) => {
    await using hall = await openHall();
    const headers = ['Host: localhost', 'x-request-id: of-this-test', ...told];
    await wholly(hall, [...headers, THE_OLD_WAY]);
    const first = await wholly(hall, [...headers, THE_OLD_WAY]);
    const asked = hall.inFastify();

    const handed = await wholly(hall, headers);

    expect(handed).toBe(first);
    expect(hall.inFastify()).toBe(asked);
  });

  test('is the same for who speaks HTTP/1.0', async () => {
    await using hall = await openHall();
    const asked = [`GET ${LIST} HTTP/1.0`, 'Host: localhost', 'x-request-id: of-this-test'];
    const said = async (...more: string[]) =>
      undated(await dial(hall.port, lines(...asked, ...more)).closed());
    await said(THE_OLD_WAY);
    const first = await said(THE_OLD_WAY);

    expect(await said()).toBe(first);
    expect(first).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(hall.inFastify()).toBe(2);
  });

  test('has an id of its own each time, or that of the caller', async () => {
    await using hall = await openHall();
    await wholly(hall, ['Host: localhost']);

    const ids = [...(await wholly(hall, ['Host: localhost'])).matchAll(/x-request-id: (\S+)/g)];
    const bad = await wholly(hall, ['Host: localhost', 'x-request-id: no']);

    expect(new Set(ids.map(([, id]) => id)).size).toBe(2);
    expect(bad).toMatch(/x-request-id: [\da-f-]{36}\r/);
    expect(hall.inFastify()).toBe(2);
  });

  test('is logged as Fastify logs it', async () => {
    await using hall = await openHall();
    const headers = ['Host: localhost', 'x-request-id: of-this-test'];
    const logged = async (told: string[]) => {
      hall.logs.length = 0;
      await wholly(hall, told);
      await expect.poll(() => hall.logs.length).toBe(4);
      return hall.logs.map((line) => line.replaceAll(/"(time|responseTime)":[\d.]+/g, '"$1":0'));
    };
    const before = await logged([...headers, THE_OLD_WAY]);

    expect((await logged(headers)).toSorted()).toEqual(before.toSorted());
    expect(hall.inFastify()).toBe(2);
  });

  test('is counted, and costs as much of a budget', async () => {
    await using hall = await openHall({ app: { quotas: 'preset' } });
    const statuses: number[] = [];

    for (let n = 0; n < 21; n += 1) statuses.push((await fetch(hall.url + LIST)).status);

    const { usage } = hall.app.house;
    expect(statuses).toEqual([...Array<number>(20).fill(200), 429]);
    expect(usage.totals.find(({ role }) => role === 'anonymous')?.reads).toBe(20);
    const metrics = await (await fetch(`${hall.url}/metrics`)).text();
    expect(metrics).toMatch(
      /procedure_calls_total\{procedure="menu.list",role="anonymous",outcome="ok"\} 20/,
    );
    expect(hall.inFastify()).toBe(4);
  });

  // On MariaDB nobody who reads waits for a transaction.
  test.each(onSqlite)('is paid for once, however long the database is busy, on %s', async () => {
    await using hall = await openHall({ app: { quotas: 'preset' } });
    await keep(hall);
    const other = inside(hall.app);
    await other.begin();

    const waiting = fetch(hall.url + LIST);
    await expect.poll(hall.begunInFastify, { timeout: 10_000 }).toBe(3);
    await other.commit();

    expect((await waiting).status).toBe(200);
    const { usage } = hall.app.house;
    expect(usage.totals.find(({ role }) => role === 'anonymous')?.reads).toBe(3);
  });

  test('costs the budget of whoever a trusted proxy names', async () => {
    const config = { trustProxy: ['127.0.0.0/8'] };
    await using hall = await openHall({ app: { quotas: 'preset' }, config });
    const from = async (address: string) =>
      (await fetch(hall.url + LIST, { headers: { 'x-forwarded-for': address } })).status;

    for (let n = 0; n < 20; n += 1) await from('203.0.113.1');

    expect([await from('203.0.113.1'), await from('203.0.113.2')]).toEqual([429, 200]);
  });

  test('counts as one request of a flood, also when it is not handed out after all', async () => {
    await using hall = await openHall({ config: { floodLimit: 5 } });
    const told = async () => (await fetch(hall.url + LIST)).status;

    const statuses = [await told(), await told(), await told()];
    await hall.app.given.item({ name: 'Another' });
    statuses.push(await told(), await told(), await told());

    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  });

  test('is counted where servers count together', async () => {
    const [counts, signIns] = [new GcraStore(() => 0), new GcraStore(() => 0)];
    const calls: QuotaStore = {
      consume: async (...asked) => counts.consume(...asked),
      refund: async (...asked) => counts.refund(...asked),
    };
    const app = { quotas: 'preset', stores: { calls, signIns } } as const;
    await using hall = await openHall({ app });
    const statuses: number[] = [];

    for (let n = 0; n < 21; n += 1) statuses.push((await fetch(hall.url + LIST)).status);

    expect(statuses).toEqual([...Array<number>(20).fill(200), 429]);
    expect(hall.inFastify()).toBe(3);
  });

  test('is not handed out where nobody knows what is on show', async () => {
    await using hall = await openHall();
    await keep(hall);

    const told = await withoutTable(hall.app, 'edition', () => fetch(hall.url + LIST));

    expect(told.status).toBe(500);
    expect(hall.inFastify()).toBe(3);
    expect((await fetch(hall.url + LIST)).status).toBe(200);
  });

  test('is told anew once something has changed', async () => {
    await using hall = await openHall();
    const told = async () => (await fetch(hall.url + LIST)).text();
    await keep(hall);
    expect(await told()).not.toContain('Another');

    await hall.app.given.item({ name: 'Another' });

    expect(await told()).toContain('Another');
  });

  test('is the last of its connection while the server drains', async () => {
    let draining = false;
    await using hall = await openHall({ isDraining: () => draining });
    await keep(hall);
    draining = true;

    const said = await dial(hall.port, lines(`GET ${LIST} HTTP/1.1`, 'Host: localhost')).closed();

    expect(said).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*connection: close\r\n/);
  });
});

describe('whoever brings something that could matter', () => {
  test.each([
    ['another host', ['Host: evil.example'], 400],
    ['two hosts', ['Host: localhost', 'Host: localhost'], 400],
    ['another version', ['Host: localhost', `x-comanda-contract: 0.${CONTRACT.hash}`], 426],
    ['a token', ['Host: localhost', 'Authorization: Bearer of bad news'], 401],
    ['a guest’s token', ['Host: localhost', 'x-guest-token: bad'], 200],
    ['a page of elsewhere', ['Host: localhost', 'Origin: https://evil.example'], 200],
    ['a wish for lines', ['Host: localhost', 'trpc-accept: application/jsonl'], 400],
  ])('is answered by Fastify, every time: %s', async (_, headers, status) => {
    await using hall = await openHall();
    await wholly(hall, ['Host: localhost']);
    await wholly(hall, ['Host: localhost', `Origin: ${SHOP}`]);
    const asked = hall.inFastify();

    const said = await wholly(hall, headers);

    expect([...said.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, told]) => Number(told))).toEqual([
      status,
      status,
    ]);
    expect(hall.inFastify() - asked).toBe(2);
  });

  test.each(['HEAD', 'POST'])('is answered by Fastify: %s', async (method) => {
    await using hall = await openHall();
    await keep(hall);

    await fetch(hall.url + LIST, { method, headers: { 'content-type': 'application/json' } });

    expect(hall.inFastify()).toBe(3);
  });

  test('is given no answer of another origin’s', async () => {
    await using hall = await openHall();
    const told = async (origin?: string) => {
      const answer = await fetch(hall.url + LIST, { headers: origin ? { origin } : {} });
      return answer.headers.get('access-control-allow-origin');
    };

    const first = [await told(), await told(SHOP), await told('https://evil.example')];
    const again = [await told(), await told(SHOP), await told('https://evil.example')];

    expect(first).toEqual([null, SHOP, null]);
    expect(again).toEqual(first);
  });
});

describe('who hangs up before the answer', () => {
  test('does the others no harm', async () => {
    await using hall = await openHall();
    await keep(hall);

    for (let n = 0; n < 20; n += 1) {
      const gone = dial(hall.port, lines(`GET ${LIST} HTTP/1.1`, 'Host: localhost').repeat(5));
      gone.socket.once('ready', () => gone.socket.resetAndDestroy());
      await gone.closed();
    }

    expect((await fetch(hall.url + LIST)).status).toBe(200);
    expect(hall.inFastify()).toBe(2);
  });
});
