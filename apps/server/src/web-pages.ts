import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { knows } from './caching.ts';

/** Nothing but what came with the page, and calls to this service. Pictures that are about to be sent are `blob:`. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const KINDS: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};

/** In order of preference. */
const PACKED = { br: '.br', gzip: '.gz' } as const;

/** Where the build of apps/web lies; nothing where nobody has built it. */
export function builtWeb(): string | undefined {
  const folder = fileURLToPath(new URL('../../web/dist', import.meta.url));
  return existsSync(join(folder, 'pages.json')) ? folder : undefined;
}

type Send = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/**
 * The web app: its files by their names, and its one page at every address that it has. Answers
 * with what sends that page, for addresses that nobody has.
 */
export function serveWeb(app: FastifyInstance, folder: string): Send {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => extname(name) in KINDS && name !== 'index.html');
  for (const name of files) {
    const send = sender(join(folder, name), name.startsWith('assets/'));
    app.get(`/${name}`, { exposeHeadRoute: true }, send);
  }
  const page = sender(join(folder, 'index.html'), false);
  for (const name of pagesOf(folder)) {
    app.get(`/${name}`, { exposeHeadRoute: true }, page);
    if (name !== '') app.get(`/${name}/*`, { exposeHeadRoute: true }, page);
  }
  return page;
}

/** Whether it is a person who went to an address, and not a program: they are told in a page. */
export function wantsPage({ method, headers }: FastifyRequest): boolean {
  return method === 'GET' && /\btext\/html\b/.test(headers.accept ?? '');
}

function pagesOf(folder: string): string[] {
  return JSON.parse(readFileSync(join(folder, 'pages.json'), 'utf8')) as string[];
}

interface Read {
  bytes: Buffer;
  tag: string;
}

/** Sends one file, packed as the browser likes it. A name in `assets/` is of its content, and kept for good. */
function sender(path: string, forGood: boolean): Send {
  const kind = KINDS[extname(path)] ?? '';
  const forms = new Map<string, Promise<Read>>();
  const formed = (ending: string) => {
    const known = forms.get(ending) ?? read(path + ending);
    forms.set(ending, known);
    return known;
  };
  return async (request, reply) => {
    const coding = wanted(request.headers['accept-encoding']);
    const { bytes, tag } = await formed(coding ? PACKED[coding] : '');
    void reply.headers({
      'cache-control': forGood ? 'public, max-age=31536000, immutable' : 'no-cache',
      vary: 'accept-encoding',
      etag: tag,
    });
    if (extname(path) === '.html') void reply.header('content-security-policy', POLICY);
    const isFound = reply.statusCode === 200;
    if (isFound && knows(request.headers['if-none-match'], tag)) return reply.code(304).send();
    if (coding) void reply.header('content-encoding', coding);
    return reply.type(kind).send(bytes);
  };
}

async function read(path: string): Promise<Read> {
  const bytes = await readFile(path);
  const digest = createHash('sha256').update(bytes).digest('base64url').slice(0, 16);
  return { bytes, tag: `"${digest}"` };
}

function wanted(accepted: string | undefined): keyof typeof PACKED | undefined {
  const asked = (accepted ?? '').split(',').map((one) => one.trim().split(/\s*;\s*/));
  const takes = (coding: string) =>
    asked.some(([name, quality = '']) => name === coding && !/^q=0(\.0*)?$/.test(quality));
  if (takes('br')) return 'br';
  return takes('gzip') ? 'gzip' : undefined;
}
