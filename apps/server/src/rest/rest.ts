import type { House } from '@comanda/domains/context';
import { DomainError, isRefusal } from '@comanda/kernel/errors';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { transportErrors } from '@comanda/kernel/transport.errors';
import type { AnyTRPCRouter } from '@trpc/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { call, toldOf, untilGone } from '../calling.ts';
import { copiesFor, knows } from '../caching.ts';
import { contextOf } from '../context.ts';
import { jarOf, type Origins } from '../cookies.ts';
import { refuse } from '../refusing.ts';
import { answer } from './answer.ts';
import { formatFor } from './formats/negotiate.ts';
import { inputOf } from './input.ts';
import { MIRROR } from './mirror.ts';
import { OPENAPI, OPENAPI_TAG, type Operation, operationsOf } from './operations.ts';
import { METHODS, Places } from './places.ts';
import { problemOf } from './problem.ts';
import { LONGEST_MS, stream } from './stream.ts';

const { operations, types } = operationsOf(OPENAPI);
const places = new Places(operations);

interface Served {
  router: AnyTRPCRouter;
  origins: Origins;
}

/** The procedures for whoever does not speak tRPC; what there is and where, the document says. */
export function serveRest(app: FastifyInstance, house: House, served: Served): void {
  void app.register((mirror, _, done) => {
    // Read once the guard has let the caller in.
    mirror.addContentTypeParser('application/json', { parseAs: 'string' }, (_, body, read) =>
      read(null, body),
    );
    mirror.route({
      method: [...METHODS],
      url: `${MIRROR}/*`,
      exposeHeadRoute: true,
      handler: (_, reply) => mirrored(house, served, reply),
    });
    done();
  });
  app.get('/openapi.json', { exposeHeadRoute: true }, ({ headers }, reply) => {
    void reply.headers({ etag: OPENAPI_TAG, 'cache-control': 'no-cache' });
    if (knows(headers['if-none-match'], OPENAPI_TAG)) return reply.code(304).send();
    return reply.type('application/json').send(OPENAPI);
  });
}

async function mirrored(house: House, served: Served, reply: FastifyReply) {
  const { request } = reply;
  const { operation, params, allowed } = places.find(request.method, pathOf(request));
  if (!operation) {
    if (allowed.length === 0) throw transportErrors.NO_SUCH_PROCEDURE();
    void reply.header('allow', allowed.join(', '));
    throw transportErrors.METHOD_NOT_ALLOWED();
  }
  const format = formatOf(operation, request);
  const jar = jarOf({ req: request, res: reply }, served.origins, house.clock);
  const copies = format && copiesFor(request, { calls: 1, form: format.type });
  const ctx = await contextOf(house, request, { calls: 1, jar, copies });
  const read = inputOf(operation, types, { request, params });
  const asked = {
    path: operation.procedure,
    input: read.input,
    signal: untilGone(reply, operation.isStream ? LONGEST_MS : undefined),
  };
  try {
    const value = await call(served.router, ctx, asked);
    const budgets = ctx.announcement.headers();
    if (format) return await answer(reply, { operation, format, value, copies, budgets });
    void reply.headers(budgets);
    const late = (error: unknown) =>
      problemOf(toldOf(served.router, ctx, { path: asked.path, error }), request);
    const events = value as AsyncIterable<unknown>;
    return await stream(reply, events, { signal: asked.signal, late });
  } catch (error) {
    void reply.headers(ctx.announcement.headers());
    const isUnread =
      read.refused && error instanceof Error && isRefusal(error, kernelErrors.VALIDATION);
    if (isUnread && read.refused) return refuse(reply, read.refused);
    // It is logged already, where it has to be.
    if (error instanceof DomainError) return refuse(reply, error);
    throw error;
  }
}

/** None for streams, which are told in one way only. */
function formatOf({ columns, isStream }: Operation, { headers }: FastifyRequest) {
  if (isStream) return undefined;
  const format = formatFor(headers.accept, { list: columns !== undefined, columns });
  if (!format) throw transportErrors.NOT_ACCEPTABLE();
  return format;
}

function pathOf({ url }: FastifyRequest): string {
  return url.slice(MIRROR.length).split('?')[0] ?? '';
}
