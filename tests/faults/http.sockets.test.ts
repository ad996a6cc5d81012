import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { listen, request } from './listening.ts';

const LOGIN = 'POST /trpc/auth.login';
const JSON_TYPE = 'Content-Type: application/json';
const MIB = 1_024 * 1_024;

describe('a body that is not wanted', () => {
  test.each([
    ['multipart', ['Content-Type: multipart/form-data; boundary=x']],
    ['text', ['Content-Type: text/plain']],
    ['of no kind', []],
    ['compressed', [JSON_TYPE, 'Content-Encoding: gzip']],
  ])('T1 T3 %s is refused before its first byte', async (_, headers) => {
    await using server = await listen();

    const announced = server.dial(request(LOGIN, [...headers, 'Content-Length: 1000']));
    const chunked = server.dial(request(LOGIN, [...headers, 'Transfer-Encoding: chunked']));
    const answers = await Promise.all([announced.closed(), chunked.closed()]);

    expect(answers).toEqual([
      expect.stringMatching(/^HTTP\/1\.1 415 [^]*"reason":"UNSUPPORTED_MEDIA_TYPE"/),
      expect.stringMatching(/^HTTP\/1\.1 415 [^]*"reason":"UNSUPPORTED_MEDIA_TYPE"/),
    ]);
  });

  test('T2 that is announced as too large is refused before its first byte', async () => {
    await using server = await listen();

    const answer = await server.dial(request(LOGIN, [JSON_TYPE, 'Content-Length: 65537'])).closed();

    expect(answer).toMatch(/^HTTP\/1\.1 413 [^]*"reason":"PAYLOAD_TOO_LARGE"/);
  });

  test('T2 that turns out too large is refused as soon as it is', async () => {
    await using server = await listen();
    const headers = [JSON_TYPE, 'Transfer-Encoding: chunked'];

    const call = server.dial(request(LOGIN, headers, `10001\r\n${'a'.repeat(0x1_0001)}\r\n`));
    const answer = await call.closed();

    expect(answer).toMatch(/^HTTP\/1\.1 413 [^]*"reason":"PAYLOAD_TOO_LARGE"/);
  });

  test.each([
    ['JSON', JSON_TYPE],
    ['multipart', 'Content-Type: multipart/form-data; boundary=x'],
  ])('T2 of 200 MiB of %s without a length is cut off, and not kept', async (_, type) => {
    await using server = await listen();
    const before = process.memoryUsage().rss;

    const call = server.dial(request(LOGIN, [type, 'Transfer-Encoding: chunked']));
    const sent = await pour(call.socket, 200 * MIB);
    await call.closed();
    const health = await server.dial(request('GET /health')).head();

    expect(sent).toBeLessThan(50 * MIB);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * MIB);
    expect(health).toMatch(/^HTTP\/1\.1 200 /);
  });

  test('T2 on a query is not read, and the service goes on', async () => {
    await using server = await listen();
    const query = request('GET /trpc/permissions.matrix', ['Transfer-Encoding: chunked']);

    const call = server.dial(query);
    await pour(call.socket, 20 * MIB);
    call.socket.destroy();
    const health = await server.dial(request('GET /health')).head();

    expect(health).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe('a request of two readings', () => {
  const login = (...headers: string[]) => request(LOGIN, [JSON_TYPE, ...headers], '0\r\n\r\n');
  test.each([
    ['length and chunks', login('Content-Length: 5', 'Transfer-Encoding: chunked')],
    ['chunks and length', login('Transfer-Encoding: chunked', 'Content-Length: 5')],
    ['two lengths', login('Content-Length: 5', 'Content-Length: 6')],
    ['two equal lengths', login('Content-Length: 5', 'Content-Length: 5')],
    ['two lengths in one', login('Content-Length: 5, 6')],
    ['a negative length', login('Content-Length: -1')],
    ['a length with a sign', login('Content-Length: +5')],
    ['a length in hex', login('Content-Length: 0x5')],
    ['another coding', login('Transfer-Encoding: gzip')],
    ['chunked twice', login('Transfer-Encoding: chunked, chunked')],
    ['chunked and more', login('Transfer-Encoding: chunked, identity')],
    ['a space before the colon', login('Transfer-Encoding : chunked')],
    ['a folded header', login('X-Folded: a\r\n b', 'Content-Length: 5')],
    ['a NUL in a header', login('X-Nul: a\0b', 'Content-Length: 5')],
    ['a lone CR in a header', login('X-Cr: a\rb', 'Content-Length: 5')],
    ['lone LFs', 'GET /health HTTP/1.1\nHost: localhost\n\n'],
    ['a chunk of no size', request(LOGIN, [JSON_TYPE, 'Transfer-Encoding: chunked'], 'zz\r\n')],
    [
      'a chunk with a lone LF',
      request(LOGIN, [JSON_TYPE, 'Transfer-Encoding: chunked'], '2\n{}\n0\n\n'),
    ],
    ['a space in the address', 'GET /he alth HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['an unknown method', 'JUNK /health HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['another protocol', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['bytes', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ])('T21 %s is refused, and its connection closed', async (_, text) => {
    await using server = await listen();
    const smuggled = request('GET /.well-known/jwks.json');

    const answer = await server.dial(text + smuggled).closed();

    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(answer).not.toMatch(/"keys"|stack|node_modules|\bat /);
  });

  test.each([
    ['one header too long', [`X-Long: ${'a'.repeat(9_000)}`]],
    ['headers without end', Array.from({ length: 2_000 }, (_, i) => `X-${i}: a`)],
  ])('T21 %s is refused, and its connection closed', async (_, headers) => {
    await using server = await listen();

    const answer = await server.dial(request('GET /health', headers)).closed();

    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
  });
});

describe('a request for elsewhere', () => {
  test.each([
    ['no host', 'GET /health HTTP/1.1\r\n\r\n'],
    ['no host, in HTTP/1.0', 'GET /health HTTP/1.0\r\n\r\n'],
    ['an empty host', 'GET /health HTTP/1.1\r\nHost:\r\n\r\n'],
    ['two hosts', request('GET /health', ['Host: evil.example'])],
    ['the same host twice', request('GET /health', ['Host: localhost'])],
    ['another host', 'GET /.well-known/jwks.json HTTP/1.1\r\nHost: evil.example\r\n\r\n'],
    ['bytes for a host', 'GET /health HTTP/1.1\r\nHost: \xff\xfe\r\n\r\n'],
    ['a whole address', request('GET http://localhost/health')],
    ['the whole address of another', request('GET http://evil.example/health')],
    ['every address', request('OPTIONS *')],
  ])('T19 %s is refused', async (_, text) => {
    await using server = await listen();

    const answer = await server.dial(text).head();

    expect(answer).toMatch(/^HTTP\/1\.1 400 [^]*"reason":"BAD_HOST"/);
    expect(answer).toMatch(/x-request-id: [0-9a-f-]{36}/);
  });
});

describe('a method that is not used', () => {
  test.each([
    ['TRACE', request('TRACE /health')],
    ['TRACE of a procedure', request('TRACE /trpc/permissions.matrix', ['Cookie: a=canary'])],
    ['CONNECT', request('CONNECT localhost:443')],
    ['CONNECT to elsewhere', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n'],
    ['PUT', request('PUT /health', ['Content-Length: 1000'])],
    ['DELETE', request('DELETE /trpc/people.list')],
  ])('T20 %s is refused with the list of those that are', async (_, text) => {
    await using server = await listen();

    const answer = await server.dial(text).closed();

    expect(answer).toMatch(/^HTTP\/1\.1 405 /);
    expect(answer).toMatch(/\r\nallow: GET, HEAD, POST, OPTIONS\r\n/);
    expect(answer).toMatch(/\r\nx-request-id: [0-9a-f-]{36}\r\n/);
    expect(answer).not.toContain('canary');
  });

  test('T20 a tunnel that is reset at once does no harm', async () => {
    await using server = await listen();

    const tunnels = Array.from({ length: 50 }, () =>
      server.dial(request('CONNECT localhost:443', [], 'x'.repeat(10_000))),
    );
    await Promise.all(
      tunnels.map(({ socket }) => new Promise((resolve) => socket.once('connect', resolve))),
    );
    for (const { socket } of tunnels) socket.resetAndDestroy();
    const health = await server.dial(request('GET /health')).head();

    expect(health).toMatch(/^HTTP\/1\.1 200 /);
  });

  test('an upgrade to something else is answered as if it had not been asked for', async () => {
    await using server = await listen();
    const headers = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];

    const answer = await server.dial(request('GET /health', headers)).head();

    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  });
});

/** Sends chunk after chunk until `bytes` are sent or the other side has closed; answers how many went. */
async function pour(socket: Socket, bytes: number): Promise<number> {
  const data = 'a'.repeat(64 * 1_024);
  const chunk = `${data.length.toString(16)}\r\n${data}\r\n`;
  let sent = 0;
  while (sent < bytes && socket.writable) {
    sent += chunk.length;
    const { promise, resolve } = Promise.withResolvers<unknown>();
    if (socket.write(chunk)) setImmediate(resolve);
    else for (const event of ['drain', 'close']) socket.once(event, resolve);
    await promise;
  }
  return sent;
}
