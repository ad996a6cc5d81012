import { randomUUID } from 'node:crypto';
import { createServer, type Server as Listener } from 'node:net';
import { PASSWORD } from '@comanda/testing/given';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { times } from '../recording.ts';
import { HOST, type Nginx, startNginx, triedNginx } from './nginx.ts';
import { listening } from './nginx-machine.ts';
import { openPremises, type Premises } from './premises.ts';
import { type Server, startServer } from './server.ts';

const METRICS_TOKEN = 'a token for this test';
const HANG_LIMIT = { timeout: 60_000 };
const MIB = 1_024 * 1_024;

let premises: Premises;
let server: Server;
let nginx: Nginx;
beforeAll(async () => {
  premises = await openPremises('SQLite');
  const env = { ...premises.env, ALLOWED_HOSTS: HOST, METRICS_TOKEN };
  server = await startServer({ dataDir: premises.dataDir, env });
  nginx = await startNginx([server.port]);
});
afterAll(async () => {
  await nginx?.[Symbol.asyncDispose]();
  await server?.[Symbol.asyncDispose]();
  await premises?.[Symbol.asyncDispose]();
});

const JSON_TYPE = { 'content-type': 'application/json' };
const bearing = (token: string) => ({ authorization: `Bearer ${token}` });
const login = () => ({
  path: '/trpc/auth.login',
  method: 'POST',
  headers: JSON_TYPE,
  body: JSON.stringify({
    json: { identifier: premises.home.staff.manager.username, password: PASSWORD },
  }),
});

async function manager({ headers = {}, from = '127.0.0.1' } = {}): Promise<string> {
  const { body } = await nginx.ask({ ...login(), headers: { ...JSON_TYPE, ...headers }, from });
  return JSON.parse(body).result.data.json.accessToken;
}

/** A picture that nothing makes smaller, of about 2 MB. */
async function noise(): Promise<Buffer> {
  const create = { width: 840, height: 840, channels: 3 } as const;
  const drawn = sharp({
    create: { ...create, background: 'black', noise: { type: 'gaussian', mean: 128, sigma: 60 } },
  });
  return drawn.png().toBuffer();
}

describe('the example for nginx', () => {
  test('is taken by nginx', async () => {
    const { code, output } = await triedNginx();

    expect(output).toContain('syntax is ok');
    expect(code).toBe(0);
  });

  test('T19 keeps the host that was asked for, and the server judges it', async () => {
    const known = await nginx.ask({ path: '/trpc/menu.list' });
    const stranger = await nginx.ask({
      path: '/trpc/menu.list',
      headers: { host: 'evil.example' },
    });

    expect(known.status).toBe(200);
    expect(stranger.status).toBe(400);
    expect(stranger.body).toContain('"reason":"BAD_HOST"');
  });

  test('says that the caller came by https: the session cookie is one of a safe line', async () => {
    const headers = { ...JSON_TYPE, 'x-session': 'cookie', origin: `https://${HOST}` };

    const { status, headers: told } = await nginx.ask({ ...login(), headers });

    expect(status).toBe(200);
    expect(told['set-cookie']?.[0]).toMatch(/^__Host-comanda-session=.*; Secure$/);
  });

  test('S1-32 sends who comes without TLS to where it is', async () => {
    const url = `http://127.0.0.1:${nginx.plainPort}/trpc/menu.list?x=1`;

    const answer = await fetch(url, { redirect: 'manual' });

    expect(answer.status).toBe(308);
    expect(answer.headers.get('location')).toMatch(/^https:\/\/[^/]+\/trpc\/menu\.list\?x=1$/);
  });

  test('keeps what is measured to the inside', async () => {
    const headers = bearing(METRICS_TOKEN);

    const inside = await fetch(`${server.url}/metrics`, { headers });
    const outside = await nginx.ask({ path: '/metrics', headers });

    expect([inside.status, outside.status]).toEqual([200, 404]);
  });
});

describe('a caller behind nginx', () => {
  const forged = {
    'x-forwarded-for': '203.0.113.9',
    'x-real-ip': '203.0.113.9',
    forwarded: 'for=203.0.113.9',
  };

  test.each([
    ['127.0.0.2', {}],
    ['127.0.0.2', forged],
    ['127.0.0.1', forged],
  ])(
    'P33 T23 is known by the address %s that they have, with headers %j',
    async (from, headers) => {
      const token = await manager({ from, headers });

      const { body } = await nginx.ask({
        path: '/trpc/auth.sessions.list',
        headers: bearing(token),
      });

      const { items } = JSON.parse(body).result.data.json;
      expect(items).toContainEqual(expect.objectContaining({ current: true, address: from }));
    },
  );

  test('T2 is refused a body that is too large: a little by the server, a lot by nginx', async () => {
    const post = { path: '/trpc/auth.login', method: 'POST', headers: JSON_TYPE };

    const little = await nginx.ask({ ...post, body: 'x'.repeat(100_000) });
    const lot = await nginx.ask({ ...post, body: 'x'.repeat(2 * MIB) });

    expect([little.status, lot.status]).toEqual([413, 413]);
    expect(little.body).toContain('"reason":"PAYLOAD_TOO_LARGE"');
    expect(lot.body).toContain('nginx');
  });

  test.each(['/trpc/orders.watch', '/api/v1/orders/watch'])(
    'hears an order on %s as soon as it is there, on a stream that goes on',
    async (path) => {
      const headers = bearing(await manager());
      const itemId = await premises.furnish((given) => given.item());
      const stream = await nginx.open({
        path,
        headers: { ...headers, accept: 'text/event-stream' },
      });
      let heard = '';
      stream.setEncoding('utf8').on('data', (piece: string) => (heard += piece));
      const body = JSON.stringify({ json: { idempotencyKey: randomUUID(), lines: [{ itemId }] } });
      const taking = { path: '/trpc/orders.take', method: 'POST', body };

      const taken = await nginx.ask({ ...taking, headers: { ...headers, ...JSON_TYPE } });
      const { id } = JSON.parse(taken.body).result.data.json;
      await vi.waitUntil(() => heard.includes(id), HANG_LIMIT);

      expect(stream.headers['content-type']).toMatch(/^text\/event-stream/);
      expect(stream.complete).toBe(false);
      stream.destroy();
    },
  );

  test('sends a picture of 2 MB, and is shown it while no server is there', async () => {
    const picture = await noise();
    const headers = { ...bearing(await manager()), 'content-type': 'image/png' };
    await using second = await startNginx([server.port]);

    const sent = await nginx.ask({ path: '/files', method: 'POST', headers, body: picture });
    const { id } = JSON.parse(sent.body).result.data.json;
    const shown = await second.ask({ path: `/files/${id}/small` });
    server.kill('SIGSTOP');
    const again = await second.ask({ path: `/files/${id}/small` });
    server.kill('SIGCONT');

    expect(picture.length).toBeGreaterThan(1.5 * MIB);
    expect([sent.status, shown.status, again.status]).toEqual([200, 200, 200]);
    expect(again.headers['content-type']).toBe('image/webp');
    expect(again.body).toBe(shown.body);
  });
});

describe('a server that is gone', () => {
  const post = { method: 'POST', headers: JSON_TYPE, body: JSON.stringify({ json: {} }) };

  test('P29 is asked nothing: every call, by POST too, goes to the next', async () => {
    const closed = createServer();
    const port = await listening(closed);
    await new Promise((resolve) => closed.close(resolve));
    await using both = await startNginx([port, server.port]);

    const answers = await Promise.all(
      times(10, () => both.ask({ path: '/trpc/menu.list', ...post })),
    );

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  });

  test.each([
    ['once for a change', post, ['POST']],
    ['and then the next for a query', {}, ['GET', 'GET']],
  ])('P4 while it worked was asked %s', async (_, call, expected) => {
    const asked: string[] = [];
    const dying = times(2, () => breakingOff(asked));
    await using both = await startNginx(await Promise.all(dying.map(listening)));

    const { status } = await both.ask({ path: '/trpc/menu.list', ...call });
    for (const one of dying) one.close();

    expect(status).toBe(502);
    expect(asked).toEqual(expected);
  });
});

/** Takes a request and dies over it. */
function breakingOff(asked: string[]): Listener {
  return createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (head) => {
      asked.push(head.toString('latin1').split(' ', 1)[0] ?? '');
      socket.destroy();
    });
  });
}
