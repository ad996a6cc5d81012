import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { type Dialled, type Listening, listen, request } from './listening.ts';

const HEADERS_MS = 5_000;
const REQUEST_MS = 10_000;
/** The limits are looked at every second; the rest is for a machine that has other things to do. */
const GRACE_MS = 4_000;
const LOGIN = 'POST /trpc/auth.login';

describe.concurrent('a caller who is slow on purpose', () => {
  test.each([
    ['says nothing at all', ''],
    ['stops in the middle of a line', 'GET /hea'],
    ['stops before the end of the headers', 'GET /health HTTP/1.1\r\nHost: localhost\r\n'],
  ])('T22 and %s is sent away with 408', async (_, text) => {
    await using server = await listen();
    const started = performance.now();

    const answer = await server.dial(text).closed();
    const took = performance.now() - started;

    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(took).toBeGreaterThan(HEADERS_MS - 1_000);
    expect(took).toBeLessThan(HEADERS_MS + GRACE_MS);
  });

  test('T22 and sends a header letter by letter is sent away with 408', async () => {
    await using server = await listen();
    const started = performance.now();

    const call = server.dial('GET /health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
    drip(call.socket, 'a');
    const answer = await call.closed();

    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(performance.now() - started).toBeLessThan(HEADERS_MS + GRACE_MS);
  });

  test.each([
    ['stops in the middle of it', ['Content-Length: 1000'], undefined],
    ['sends it letter by letter', ['Content-Length: 1000'], 'a'],
    ['sends it chunk by chunk', ['Transfer-Encoding: chunked'], '1\r\na\r\n'],
  ])('T22 with the body and %s is sent away with 408', async (_, headers, piece) => {
    await using server = await listen();
    const started = performance.now();

    const call = server.dial(request(LOGIN, ['Content-Type: application/json', ...headers]));
    drip(call.socket, piece);
    const answer = await call.closed();

    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(performance.now() - started).toBeLessThan(REQUEST_MS + GRACE_MS);
  });

  test('T22 does not keep others waiting', async () => {
    await using server = await listen();
    const slow = Array.from({ length: 500 }, () => server.dial('GET /health HTTP/1.1\r\n'));

    const health = await server.dial(request('GET /health')).head();
    const answers = await Promise.all(slow.map((call) => call.closed()));

    expect(health).toMatch(/^HTTP\/1\.1 200 /);
    expect(answers.filter((answer) => answer.startsWith('HTTP/1.1 408 '))).toHaveLength(500);
  });
});

describe.concurrent('a connection', () => {
  test('answers one request after the other, and is kept for longer than a proxy keeps it', async () => {
    await using server = await listen();
    const health = request('GET /health');

    const call = server.dial(health);
    const first = await call.head();
    call.socket.write(health + health + request('GET /health', ['Connection: close']));
    const all = await call.closed();

    expect(first).toMatch(/\r\nKeep-Alive: timeout=65\r\n/);
    expect(all.match(/HTTP\/1\.1 200 /g)).toHaveLength(4);
  });

  test('is not mixed up after a body that was refused', async () => {
    await using server = await listen();
    const smuggled = request('GET /.well-known/jwks.json');
    const headers = ['Content-Type: text/plain', `Content-Length: ${smuggled.length}`];

    const answer = await server.dial(request(LOGIN, headers, smuggled)).closed();

    expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(answer).not.toContain('"keys"');
  });

  test('is not cut off later on for a preflight, whose body nobody waits for', async () => {
    await using server = await listen();
    const headers = ['Origin: http://localhost', 'Access-Control-Request-Method: POST'];

    const call = server.dial(request('OPTIONS /trpc/auth.login', headers));
    const preflight = await call.head();
    await pause(REQUEST_MS + 500);
    call.socket.write(request('GET /health', ['Connection: close']));
    const all = await call.closed();

    expect(preflight).toMatch(/^HTTP\/1\.1 204 /);
    expect(all).toContain('HTTP/1.1 200 ');
    expect(all).not.toContain('HTTP/1.1 408 ');
  });

  test('P28 beyond two thousand is not taken, and those that idle make room', async () => {
    await using server = await listen();
    const idle = await dialMany(server, 2_100);

    const answers = await Promise.all(idle.map((call) => call.closed()));
    const health = await server.dial(request('GET /health')).head();

    expect(answers.filter((answer) => answer.startsWith('HTTP/1.1 408 '))).toHaveLength(2_000);
    expect(answers.filter((answer) => answer === '')).toHaveLength(100);
    expect(health).toMatch(/^HTTP\/1\.1 200 /);
  });

  test('that idles does not keep the service from closing', async () => {
    const server = await listen();
    const call = server.dial(request('GET /health'));
    await call.head();

    await server[Symbol.asyncDispose]();

    expect(await call.closed()).toMatch(/^HTTP\/1\.1 200 /);
  });
});

/** Sends the same piece again and again, so that the socket never falls silent. */
function drip(socket: Socket, piece: string | undefined): void {
  if (piece === undefined) return;
  const timer = setInterval(() => socket.writable && socket.write(piece), 300);
  socket.once('close', () => clearInterval(timer));
}

/** Opens idle sockets in groups that fit the queue of the operating system. */
async function dialMany(server: Listening, count: number): Promise<Dialled[]> {
  const calls: Dialled[] = [];
  while (calls.length < count) {
    const group = Array.from({ length: 100 }, () => server.dial(''));
    calls.push(...group);
    await Promise.all(
      group.map(({ socket }) => new Promise((resolve) => socket.once('connect', resolve))),
    );
  }
  return calls;
}
