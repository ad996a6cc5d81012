import type { House } from '@comanda/domains/context';
import { appRouter, type AppRouter } from '@comanda/domains/router';
import { MAX_BATCH, refusalIn } from '@comanda/domains/telling';
import type { TRPCError } from '@trpc/server';
import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify';
import type { FastifyInstance } from 'fastify';
import { contextOf } from './context.ts';
import { retryAfter } from './refusing.ts';

/** The longest address of a batch: as many of the longest names as may travel together. */
export const MAX_PATH = longestName() * MAX_BATCH + (MAX_BATCH - 1) * '%2C'.length;

/** tRPC's own, and what CORS asks for, which tRPC would overwrite. */
const VARY = { vary: 'Origin, trpc-accept, accept' };
/** Left out by tRPC when it refuses before it knows which calls were asked for. */
const JSON_TEXT = { 'content-type': 'application/json' };

export function serveRpc(app: FastifyInstance, house: House): void {
  void app.register(fastifyTRPCPlugin, {
    prefix: '/trpc',
    trpcOptions: {
      router: appRouter,
      maxBatchSize: MAX_BATCH,
      createContext: ({ req, info }) => contextOf(house, req, info.calls.length),
      responseMeta: ({ errors, info }) => ({
        headers: { ...(info ? {} : JSON_TEXT), ...VARY, ...waitOf(errors) },
      }),
    } satisfies FastifyTRPCPluginOptions<AppRouter>['trpcOptions'],
  });
}

function waitOf(errors: TRPCError[]): Record<string, string> {
  const waits = errors.flatMap((error) => {
    const { retryAfterMs } = (refusalIn(error)?.details ?? {}) as { retryAfterMs?: number };
    return retryAfterMs === undefined ? [] : [retryAfterMs];
  });
  return waits.length > 0 ? { 'retry-after': retryAfter(Math.max(...waits)) } : {};
}

function longestName(): number {
  return Math.max(...Object.keys(appRouter._def.procedures).map((name) => name.length));
}
