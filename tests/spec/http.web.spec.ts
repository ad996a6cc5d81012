import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, brotliCompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { buildApp } from '@comanda/server/app';
import type { TestApp } from '@comanda/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';

const QUIET = {
  allowedHosts: ['localhost'],
  corsOrigins: [],
  floodLimit: 1_000_000,
  logLevel: 'silent',
  trustProxy: [],
};
const PAGE = '<!doctype html><title>Comanda</title>';
const SCRIPT = 'export const hello = "hello, hello, hello";';

let web: string;
beforeAll(() => {
  web = mkdtempSync(join(tmpdir(), 'comanda-web-'));
  mkdirSync(join(web, 'assets'));
  const files = { 'index.html': PAGE, 'assets/main-1a2b.js': SCRIPT, 'icon.svg': '<svg/>' };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(web, name), text);
    writeFileSync(join(web, `${name}.br`), brotliCompressSync(text));
    writeFileSync(join(web, `${name}.gz`), gzipSync(text));
  }
  writeFileSync(join(web, 'pages.json'), JSON.stringify(['', 'orders']));
});
afterAll(() => rmSync(web, { recursive: true }));

/** The server of an app, with pages. */
const opened = (app: TestApp) => buildApp(app.house, QUIET, { web });

describe('the web app', () => {
  test.each(['/', '/orders', '/orders/123', '/orders/a/b?c=d'])(
    'is the page at %s, asked for every time',
    async (url) => {
      await using app = await openApp();
      const server = await opened(app);

      const answer = await server.inject(url);

      expect(answer.statusCode).toBe(200);
      expect(answer.body).toBe(PAGE);
      expect(answer.headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
        vary: 'accept-encoding',
      });
    },
  );

  test('lets in no script, style, picture or call but its own, and nobody frames it', async () => {
    await using app = await openApp();
    const server = await opened(app);

    const { headers } = await server.inject('/');

    expect(String(headers['content-security-policy']).split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' blob:",
      "connect-src 'self'",
      "manifest-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  test.each([
    ['br, gzip', 'br', brotliDecompressSync],
    ['gzip, deflate', 'gzip', gunzipSync],
    ['br;q=0, gzip', 'gzip', gunzipSync],
  ])('is packed as %s asks: %s', async (accepted, coding, unpacked) => {
    await using app = await openApp();
    const server = await opened(app);

    const headers = { 'accept-encoding': accepted };
    const answer = await server.inject({ url: '/assets/main-1a2b.js', headers });

    expect(answer.headers['content-encoding']).toBe(coding);
    expect(unpacked(answer.rawPayload).toString()).toBe(SCRIPT);
  });

  test.each([undefined, 'deflate', 'br;q=0.0, gzip;q=0'])(
    'comes as it is where %s is accepted',
    async (accepted) => {
      await using app = await openApp();
      const server = await opened(app);

      const headers = accepted === undefined ? {} : { 'accept-encoding': accepted };
      const answer = await server.inject({ url: '/assets/main-1a2b.js', headers });

      expect(answer.headers['content-encoding']).toBeUndefined();
      expect(answer.body).toBe(SCRIPT);
    },
  );

  test('has files that are kept for good, because their names tell what is in them', async () => {
    await using app = await openApp();
    const server = await opened(app);

    const script = await server.inject('/assets/main-1a2b.js');
    const icon = await server.inject('/icon.svg');

    expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(icon.headers['cache-control']).toBe('no-cache');
  });

  test('is not sent again to whoever has it, in the form that they have', async () => {
    await using app = await openApp();
    const server = await opened(app);
    const asking = async (headers: Record<string, string>) =>
      server.inject({ url: '/', headers: { 'accept-encoding': 'br', ...headers } });

    const first = await asking({});
    const tag = String(first.headers.etag);
    const known = await asking({ 'if-none-match': tag });
    const plain = await server.inject({ url: '/', headers: { 'if-none-match': tag } });

    expect([known.statusCode, known.rawPayload.length]).toEqual([304, 0]);
    expect(plain.statusCode).toBe(200);
  });

  test('HEAD says how long it is', async () => {
    await using app = await openApp();
    const server = await opened(app);

    const answer = await server.inject({ method: 'HEAD', url: '/' });

    expect([answer.statusCode, answer.headers['content-length'], answer.body]).toEqual([
      200,
      String(PAGE.length),
      '',
    ]);
  });
});

describe('an address that nobody has', () => {
  test('is told to a person in a page, to a program in its words', async () => {
    await using app = await openApp();
    const server = await opened(app);

    const headers = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
    const person = await server.inject({ url: '/nowhere', headers });
    const program = await server.inject('/nowhere');

    expect([person.statusCode, person.body]).toEqual([404, PAGE]);
    expect(person.headers['content-security-policy']).toContain("default-src 'none'");
    expect(program.statusCode).toBe(404);
    expect(program.body).toContain('NO_SUCH_PROCEDURE');
  });

  test.each([
    '/index.html',
    '/pages.json',
    '/assets',
    '/assets/',
    '/assets/main-1a2b.js.br',
    '/assets/main-1a2b.js.gz',
    '/assets/..%2fpages.json',
    '/assets/%2e%2e/pages.json',
    '/assets/main-1a2b.js%00',
    '/ORDERS',
    '/__proto__',
  ])('is %s', async (url) => {
    await using app = await openApp();
    const server = await opened(app);

    const answer = await server.inject(url);

    expect(answer.statusCode).toBe(404);
    expect(answer.body).toContain('NO_SUCH_PROCEDURE');
  });

  test('is every page where the web app was not built, and everything else is as it was', async () => {
    await using app = await openApp();
    const server = await buildApp(app.house, QUIET);

    const page = await server.inject({ url: '/', headers: { accept: 'text/html' } });
    const health = await server.inject('/health');

    expect(page.statusCode).toBe(404);
    expect(page.body).toContain('NO_SUCH_PROCEDURE');
    expect(health.statusCode).toBe(200);
  });

  test('takes nothing: a page is not posted to', async () => {
    await using app = await openApp();
    const server = await opened(app);

    const headers = { 'content-type': 'application/json' };
    const answer = await server.inject({ method: 'POST', url: '/orders', headers, payload: '{}' });

    expect(answer.statusCode).toBe(404);
    expect(answer.body).toContain('NO_SUCH_PROCEDURE');
  });
});
