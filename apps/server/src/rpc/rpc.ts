import type { House } from '@comanda/domains/context';
import { assertPrices } from '@comanda/domains/quotas/quotas.charge';
import { MAX_BATCH } from '@comanda/domains/telling';
import type { AnyTRPCRouter } from '@trpc/server';
import { fastifyRequestHandler } from '@trpc/server/adapters/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { copiesFor, knows, leaveOutKnown, type PublicCopies } from '../caching.ts';
import { untilGone } from '../calling.ts';
import { contextOf, networkOf } from '../context.ts';
import { jarOf } from '../cookies.ts';
import { streamsOf } from '../streams/streaming.ts';
import { answered } from './answered.ts';
import { type Asked, askedOf } from './asked.ts';
import type { Finished, FinishedAnswers } from './finished.ts';
import { FinishedHead } from './finished.head.ts';
import { headersFor } from './headers.ts';
import { type Served, stockOptions } from './stock.ts';

/** The longest address of a batch: as many of the longest names as may travel together. */
export function longestPath({ _def }: AnyTRPCRouter): number {
  const longest = Math.max(...Object.keys(_def.procedures).map((name) => name.length));
  return longest * MAX_BATCH + (MAX_BATCH - 1) * '%2C'.length;
}

/**
 * Answers calls in tRPC's words. Queries and mutations go the quick way, without the objects of fetch that
 * tRPC makes of every request, and streams are written out; whatever is not as it should be goes through
 * tRPC's own handler.
 */
export function serveRpc(
  app: FastifyInstance,
  house: House,
  served: Served & { finished: FinishedAnswers },
): void {
  const { router, finished } = served;
  assertPrices(
    router._def.procedures as Parameters<typeof assertPrices>[0],
    house.roleBudgets.preset,
  );
  const stock = stockOptions(house, served);
  const isStreamed = streamsOf(house, served);
  void app.register((door, _, done) => {
    door.removeContentTypeParser('application/json');
    door.addContentTypeParser('application/json', { parseAs: 'string' }, (_, body, read) =>
      read(null, body),
    );
    door.addHook('onSend', leaveOutKnown);
    door.all('/trpc/:path', async (request, reply) => {
      const known = await keptFor(request, { house, finished });
      if (known) return handOut(request, reply, { known, served });
      const asked = askedOf(request, router);
      if (asked) return answerQuickly({ house, served, request, reply, asked, finished });
      if (await isStreamed(request, reply)) return reply;
      const { path } = request.params as { path: string };
      return fastifyRequestHandler({ ...stock, req: request, res: reply, path });
    });
    done();
  });
}

interface Exchange {
  house: House;
  served: Served;
  request: FastifyRequest;
  reply: FastifyReply;
  asked: Asked;
  finished: FinishedAnswers;
}

async function answerQuickly(exchange: Exchange): Promise<FastifyReply> {
  const { house, served, request, reply, asked } = exchange;
  const calls = asked.calls.length;
  const jar = jarOf({ req: request, res: reply }, served.origins, house.clock);
  const copies = copiesFor(request, { calls, form: 'trpc' });
  const ctx = await contextOf(house, request, { calls, jar, copies });
  const signal = untilGone(reply);
  const { status, body, errors } = await answered({ router: served.router, ctx, asked, signal });
  const headers = headersFor({ ctx, errors, body: () => body });
  void reply.code(status);
  const known = keptOf(exchange, { headers, body, madeOf: copies?.madeOf(calls) });
  return known
    ? handOut(request, reply, { known, served })
    : tell(request, reply, { headers, body });
}

interface Made extends Told {
  body: string;
  madeOf: ReturnType<PublicCopies['madeOf']>;
}

/** What was just written, if it is kept for whoever asks next. */
function keptOf(
  { request: { url }, asked, finished }: Exchange,
  { headers, body, madeOf }: Made,
): Finished | undefined {
  const { etag } = headers;
  if (etag === undefined || !madeOf) return undefined;
  const make = () => ({
    ...madeOf,
    paths: asked.calls.map(({ path }) => path),
    body: Buffer.from(body),
    headers: { ...headers, etag },
    heads: new Map<string, FinishedHead>(),
  });
  return finished.kept(url, { etag, make });
}

/** What was kept, if this request may have it. */
async function keptFor(
  { raw, ip, id, watch }: FastifyRequest,
  { house, finished }: Pick<Exchange, 'house' | 'finished'>,
): Promise<Finished | undefined> {
  const kept = finished.of(raw);
  if (!kept) return undefined;
  const { promise: may, resolve: told } = Promise.withResolvers<boolean>();
  const charged = { network: networkOf(ip), requestId: id, watch: watch ?? house.watch };
  finished.ask({ ...charged, url: raw.url ?? '', finished: kept, told });
  return (await may) ? kept : undefined;
}

/** What is handed out here once is handed out at the door from then on, to pages of the same origin. */
function handOut(
  request: FastifyRequest,
  reply: FastifyReply,
  { known, served }: { known: Finished; served: Served },
): FastifyReply {
  void reply.headers(known.headers);
  const { origin = '' } = request.headers;
  if (origin === '' || served.origins.corsOrigins.includes(origin)) {
    known.heads.set(origin, new FinishedHead(reply.getHeaders(), known.body.length));
  }
  return tell(request, reply, known);
}

interface Told {
  headers: Record<string, string>;
  body: string | Buffer;
}

/** The body stays here where the caller has it already. */
function tell(request: FastifyRequest, reply: FastifyReply, { headers, body }: Told): FastifyReply {
  const { etag } = headers;
  const known = etag !== undefined && knows(request.headers['if-none-match'], etag);
  void reply.headers(headers);
  if (known) return reply.code(304).removeHeader('content-type').send();
  return etag === undefined ? reply.send(body) : reply.serializer(asWritten).send(body);
}

/** What is kept says the same as what is new: Fastify would name the letters of one and not of the other. */
const asWritten = (body: string) => body;
