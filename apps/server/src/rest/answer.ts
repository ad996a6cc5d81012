import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { Format } from './formats/format.ts';
import type { Operation } from './operations.ts';
import { plain } from './plain.ts';

interface Answered {
  nextCursor?: string | null;
  version?: number;
}

/** Says what came of it, in the format that the caller takes. */
export function answer(
  reply: FastifyReply,
  { operation, format, value }: { operation: Operation; format: Format; value: unknown },
): FastifyReply {
  const { request } = reply;
  const json = (plain(value) ?? {}) as Answered;
  const text = format.write(json);
  const tag = tagOf(json, text);
  if (operation.method === 'GET') {
    void reply.headers({ 'cache-control': 'private, no-cache', etag: tag, vary: VARY });
    if (typeof json.nextCursor === 'string') {
      void reply.header('link', `<${nextPage(request.url, json.nextCursor)}>; rel="next"`);
    }
    if (knows(request.headers['if-none-match'], tag)) return reply.code(304).send();
  } else if (json.version !== undefined) {
    void reply.header('etag', tag);
  }
  return reply.code(operation.status).type(format.type).send(text);
}

const VARY = 'Origin, Accept, Authorization, x-guest-token';

/** Begins with the version where there is one, so that `If-Match` can name it. */
function tagOf({ version }: Answered, text: string): string {
  const digest = createHash('sha256').update(text).digest('base64url').slice(0, 16);
  return version === undefined ? `"${digest}"` : `"${version}-${digest}"`;
}

/** Whether the caller has it: by one of their tags, or by saying that any will do. */
export function knows(tags: string | undefined, tag: string): boolean {
  const known = tags?.split(',').map((one) => one.trim().replace(/^W\//, '')) ?? [];
  return known.includes(tag) || known.includes('*');
}

function nextPage(url: string, cursor: string): string {
  const next = new URL(url, 'http://mirror');
  next.searchParams.set('cursor', cursor);
  return `${next.pathname}${next.search}`;
}
