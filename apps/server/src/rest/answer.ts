import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { knows, type PublicCopies } from '../caching.ts';
import type { Format } from './formats/format.ts';
import type { Operation } from './operations.ts';
import { plain } from './plain.ts';

interface Answered {
  nextCursor?: string | null;
  version?: number;
}

interface Said {
  operation: Operation;
  format: Format;
  value: unknown;
  /** What caches may keep of it; undefined where it is for this caller alone. */
  copies: PublicCopies | undefined;
  /** What is told of the caller's own budgets. */
  budgets: Record<string, string>;
}

/** Says what came of it, in the format that the caller takes. */
export function answer(reply: FastifyReply, said: Said): FastifyReply {
  const { operation, format, value, copies } = said;
  const { request } = reply;
  const json = (plain(value) ?? {}) as Answered;
  const text = copies?.held ? '' : format.write(json);
  if (operation.method === 'GET') {
    const headers = headersOf(said, { json, text });
    void reply.headers(headers);
    if (typeof json.nextCursor === 'string') {
      void reply.header('link', `<${nextPage(request.url, json.nextCursor)}>; rel="next"`);
    }
    if (knows(request.headers['if-none-match'], headers.etag)) return reply.code(304).send();
  } else {
    void reply.headers(said.budgets);
    if (json.version !== undefined) void reply.header('etag', tagOf(json, text));
  }
  return reply.code(operation.status).type(format.type).send(text);
}

/** What a cache hands on is of nobody's budget. */
function headersOf({ copies, budgets }: Said, { json, text }: { json: Answered; text: string }) {
  const kept = copies?.headersOf({ calls: 1, body: text, version: json.version });
  return kept ?? { ...budgets, ...OWN, etag: tagOf(json, text) };
}

const OWN = {
  'cache-control': 'private, no-cache',
  vary: 'Origin, Accept, Authorization, x-guest-token',
};

/** Begins with the version where there is one, so that `If-Match` can name it. */
function tagOf({ version }: Answered, text: string): string {
  const digest = createHash('sha256').update(text).digest('base64url').slice(0, 16);
  return version === undefined ? `"${digest}"` : `"${version}-${digest}"`;
}

function nextPage(url: string, cursor: string): string {
  const next = new URL(url, 'http://mirror');
  next.searchParams.set('cursor', cursor);
  return `${next.pathname}${next.search}`;
}
