import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { transportErrors } from '@comanda/kernel/transport.errors';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { refuse } from './refusing.ts';
import { knows } from './caching.ts';

/** No script but ours, no call but to this service; Swagger UI draws its arrows from `data:`. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const KINDS = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
};

interface File {
  kind: keyof typeof KINDS;
  /** Where it lies; looked for when it is asked for. */
  where(): string;
}

const ours = (name: string) => () => new URL(`docs/${name}`, import.meta.url).href;

const PAGE: File = { kind: 'html', where: ours('page.html') };

/** All there is, by address: no name that a caller sends becomes a path. */
const FILES: Record<string, File> = {
  '/docs': PAGE,
  '/docs/': PAGE,
  '/docs/page.css': { kind: 'css', where: ours('page.css') },
  '/docs/page.js': { kind: 'js', where: ours('page.js') },
  '/docs/swagger-ui.css': {
    kind: 'css',
    where: () => import.meta.resolve('swagger-ui-dist/swagger-ui.css'),
  },
  '/docs/swagger-ui-bundle.js': {
    kind: 'js',
    where: () => import.meta.resolve('swagger-ui-dist/swagger-ui-bundle.js'),
  },
};

/** The page on which the mirror can be read and tried: Swagger UI as it comes, in our colours. */
export function serveDocs(app: FastifyInstance): void {
  for (const [address, file] of Object.entries(FILES)) {
    const read = readOnce(file);
    app.get(address, { exposeHeadRoute: true }, async (_, reply) =>
      shown(reply, file, await read()),
    );
    app.post(address, (_, reply) =>
      refuse(reply.header('allow', 'GET, HEAD'), transportErrors.METHOD_NOT_ALLOWED()),
    );
  }
}

interface Read {
  bytes: Buffer;
  tag: string;
}

/** Nothing before somebody asks, then kept: all who ask are sent the same bytes. */
function readOnce({ where }: File): () => Promise<Read> {
  let kept: Read | undefined;
  return async () => {
    if (kept) return kept;
    const bytes = await readFile(new URL(where()));
    const digest = createHash('sha256').update(bytes).digest('base64url').slice(0, 16);
    return (kept = { bytes, tag: `"${digest}"` });
  };
}

function shown(reply: FastifyReply, { kind }: File, { bytes, tag }: Read): FastifyReply {
  void reply.headers({ 'cache-control': 'public, max-age=3600', etag: tag });
  if (kind === 'html') void reply.header('content-security-policy', POLICY);
  if (knows(reply.request.headers['if-none-match'], tag)) return reply.code(304).send();
  return reply.type(KINDS[kind]).send(bytes);
}
