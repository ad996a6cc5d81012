import { get, type RequestOptions } from 'node:http';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { ask, post, toldIn } from '../http.ts';

const SCRIPTS = ['/docs/page.js', '/docs/swagger-ui-bundle.js'];
const STYLES = ['/docs/page.css', '/docs/swagger-ui.css'];
const ALL = ['/docs', '/docs/', ...SCRIPTS, ...STYLES];

describe('S2-18 the page at /docs', () => {
  test.each([
    ['text/html; charset=utf-8', ['/docs', '/docs/']],
    ['text/javascript; charset=utf-8', SCRIPTS],
    ['text/css; charset=utf-8', STYLES],
  ])('is %s at %j', async (type, addresses) => {
    await using app = await openApp();

    const answers = await Promise.all(addresses.map((address) => ask(app, address)));

    expect(answers.map(({ status }) => status)).toEqual(addresses.map(() => 200));
    expect(answers.map(({ headers }) => headers.get('content-type'))).toEqual(
      addresses.map(() => type),
    );
  });

  test('names its title, its language and how wide it is', async () => {
    await using app = await openApp();

    const text = await (await ask(app, '/docs')).text();

    expect(text).toContain('<html lang="en">');
    expect(text).toContain('<title>Comanda API</title>');
    expect(text).toContain('name="viewport" content="width=device-width, initial-scale=1"');
  });

  test('loads what is served beside it, and has no script and no style in itself', async () => {
    await using app = await openApp();

    const text = await (await ask(app, '/docs')).text();
    const loaded = [...text.matchAll(/(?:src|href)="(\/docs\/[^"]+)"/g)].map(
      ([, address]) => address,
    );

    expect(new Set(loaded)).toEqual(new Set([...SCRIPTS, ...STYLES]));
    expect(text).not.toMatch(/<script(?![^>]* src=)|<style|style=|\son\w+=/);
  });

  test('lets in no script, style or call but its own, and nobody frames it', async () => {
    await using app = await openApp();

    const answer = await ask(app, '/docs');

    expect(answer.headers.get('content-security-policy')?.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(answer.headers.get('x-frame-options')).toBe('DENY');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test.each(['/docs/page.js', '/docs/nothing', '/openapi.json', '/health'])(
    'leaves the policy of %s as it is everywhere',
    async (address) => {
      await using app = await openApp();

      const answer = await ask(app, address);

      expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'");
    },
  );

  test.each([
    '/docs/index.html',
    '/docs/page.html',
    '/docs/package.json',
    '/docs/swagger-ui.css.map',
    '/docs/swagger-ui-es-bundle.js',
    '/docs//page.js',
    '/docs/page.js/',
    '/docs/PAGE.JS',
    '/docs/%2e%2e%2fapp.ts',
    '/docs/..%2fapp.ts',
    '/docs/..%5capp.ts',
    '/docs/page.js%00',
    '/docs/constructor',
    '/docs/__proto__',
    '/Docs',
  ])('has nothing at %s', async (address) => {
    await using app = await openApp();

    const answer = await ask(app, address);

    expect(answer.status).toBe(404);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await toldIn(answer)).toMatchObject({ reason: 'NO_SUCH_PROCEDURE' });
  });

  // As sent by hand: `fetch` would have taken the dots out of them.
  test.each(['/docs/../apps/server/package.json', '/docs/./page.js', '/docs/../docs', '/docs/%zz'])(
    'has nothing at %s, dots and all',
    async (path) => {
      await using app = await openApp();
      const { port } = new URL(await app.listen());

      const status = await statusOf({ host: '127.0.0.1', port, path });

      expect(status).toBe(404);
    },
  );

  test.each(ALL)('HEAD of %s says how long it is', async (address) => {
    await using app = await openApp();

    const head = await ask(app, address, { method: 'HEAD' });
    const got = await ask(app, address);

    expect(head.status).toBe(200);
    expect(head.headers.get('content-length')).toBe(String((await got.arrayBuffer()).byteLength));
    expect(head.headers.get('etag')).toBe(got.headers.get('etag'));
    expect(await head.text()).toBe('');
  });

  test.each(ALL)(
    '%s may be kept for an hour, and is not sent again to who has it',
    async (address) => {
      await using app = await openApp();

      const first = await ask(app, address);
      const tag = first.headers.get('etag') ?? '';
      const known = await ask(app, address, { headers: { 'if-none-match': tag } });
      const other = await ask(app, address, { headers: { 'if-none-match': '"another"' } });

      expect(tag).toMatch(/^"[\w-]{16}"$/);
      expect(first.headers.get('cache-control')).toBe('public, max-age=3600');
      expect(known.status).toBe(304);
      expect(known.headers.get('etag')).toBe(tag);
      expect(known.headers.get('cache-control')).toBe('public, max-age=3600');
      expect(await known.text()).toBe('');
      expect(other.status).toBe(200);
    },
  );

  test.each(ALL)('T20 POST to %s is refused with the methods that are used', async (address) => {
    await using app = await openApp();

    const answer = await post(app, address, { body: '{}' });

    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, HEAD');
    expect(await toldIn(answer)).toMatchObject({ reason: 'METHOD_NOT_ALLOWED' });
  });

  test.each(['PUT', 'PATCH', 'DELETE'])('T20 %s is refused', async (method) => {
    await using app = await openApp();

    const answer = await ask(app, '/docs', { method });

    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toContain('GET');
  });

  test('is shown under no foreign name', async () => {
    await using app = await openApp();

    const answer = await ask(app, '/docs', { headers: { host: 'evil.example' } });

    expect(await toldIn(answer)).toMatchObject({ reason: 'BAD_HOST' });
  });

  test('counts against the flood limit as any request', async () => {
    await using app = await openApp({ config: { floodLimit: 2, floodHoldMs: 0 } });

    const answers = [
      await ask(app, '/docs'),
      await ask(app, '/docs/page.js'),
      await ask(app, '/docs'),
    ];

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
  });
});

describe('the document that the page shows', () => {
  test('refers to nothing outside of itself, and in no circle: the page follows without an end', async () => {
    await using app = await openApp();
    const document = (await (await ask(app, '/openapi.json')).json()) as Node;

    const seen = walked(document, document, []);

    expect(seen).toBeGreaterThan(1_000);
  });
});

function statusOf(asked: RequestOptions): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(asked, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode));
    }).once('error', reject);
  });
}

type Node = { [name: string]: unknown };

/** How many references there are, followed to their ends. */
function walked(document: Node, node: unknown, on: string[]): number {
  if (typeof node !== 'object' || node === null) return 0;
  const { $ref } = node as { $ref?: unknown };
  const below = Object.values(node).reduce(
    (sum: number, one) => sum + walked(document, one, on),
    0,
  );
  if (typeof $ref !== 'string') return below;
  if (on.includes($ref)) throw new Error(`a circle: ${[...on, $ref].join(' → ')}`);
  const target = at(document, $ref);
  if (target === undefined) throw new Error(`${$ref} points nowhere`);
  return below + 1 + walked(document, target, [...on, $ref]);
}

function at(document: Node, reference: string): unknown {
  return reference
    .replace(/^#\//, '')
    .split('/')
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((node, name) => (node as Node | undefined)?.[name], document);
}
