import type { Context, House } from '@comanda/domains/context';
import { assertPrices } from '@comanda/domains/quotas/quotas.charge';
import { MAX_BATCH, refusalIn } from '@comanda/domains/telling';
import type { AnyTRPCRouter, TRPCError } from '@trpc/server';
import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify';
import type { FastifyInstance } from 'fastify';
import { copiesFor, leaveOutKnown, PublicCopies } from './caching.ts';
import { contextOf } from './context.ts';
import { jarOf, type Origins } from './cookies.ts';
import { retryAfter } from './refusing.ts';

/** tRPC's own, and what CORS asks for, which tRPC would overwrite. */
const VARY = { vary: 'Origin, trpc-accept, accept' };
/** Of an answer that caches keep: and whether the client is of this version. */
const KEPT_VARY = ['trpc-accept', 'x-comanda-contract'];
/** Left out, or left over from a stream, where tRPC refuses early. */
const AT_ONCE = { 'content-type': 'application/json', 'cache-control': 'no-store' };

/** The longest address of a batch: as many of the longest names as may travel together. */
export function longestPath({ _def }: AnyTRPCRouter): number {
  const longest = Math.max(...Object.keys(_def.procedures).map((name) => name.length));
  return longest * MAX_BATCH + (MAX_BATCH - 1) * '%2C'.length;
}

interface Served {
  router: AnyTRPCRouter;
  origins: Origins;
}

export function serveRpc(app: FastifyInstance, house: House, { router, origins }: Served): void {
  assertPrices(
    router._def.procedures as Parameters<typeof assertPrices>[0],
    house.roleBudgets.preset,
  );
  const unopened = new WeakMap<object, TRPCError>();
  const trpcOptions = {
    router,
    maxBatchSize: MAX_BATCH,
    allowMethodOverride: true, // queries by POST: an address has room for about 8 KB
    createContext: ({ req, res, info }) => {
      const jar = jarOf({ req, res }, origins, house.clock);
      const calls = info.calls.length;
      const isWhole = info.accept !== 'application/jsonl';
      const copies = isWhole ? copiesFor(req, { calls, form: 'trpc' }) : undefined;
      return contextOf(house, req, { calls, jar, copies });
    },
    onError: ({ error, ctx, type }) => {
      if (ctx && type === 'subscription') unopened.set(ctx, error);
    },
    responseMeta: ({ errors, ctx, eagerGeneration, data }) => {
      const refused = ctx && eagerGeneration ? unopened.get(ctx) : undefined;
      // tRPC would tell it in the middle of a 200; thrown here, it is told like that of any other call.
      if (refused) throw refused;
      const kept = eagerGeneration || errors.length > 0 ? undefined : keptOf(ctx, data);
      return {
        headers: {
          ...(eagerGeneration ? {} : AT_ONCE),
          // What a cache hands on is of nobody's budget.
          ...(kept ?? { ...VARY, ...ctx?.announcement.headers() }),
          ...waitOf(errors),
        },
      };
    },
  } satisfies FastifyTRPCPluginOptions<AnyTRPCRouter>['trpcOptions'];
  void app.register((door, _, done) => {
    door.addHook('onSend', leaveOutKnown);
    void door.register(fastifyTRPCPlugin, { prefix: '/trpc', trpcOptions });
    done();
  });
}

function keptOf(ctx: Context | undefined, data: unknown[]): Record<string, string> | undefined {
  const { copies, calls } = ctx ?? {};
  if (!(copies instanceof PublicCopies) || calls === undefined) return undefined;
  return copies.headersOf({ calls, body: JSON.stringify(data), vary: KEPT_VARY });
}

function waitOf(errors: TRPCError[]): Record<string, string> {
  const waits = errors.flatMap((error) => {
    const { retryAfterMs } = (refusalIn(error)?.details ?? {}) as { retryAfterMs?: number };
    return retryAfterMs === undefined ? [] : [retryAfterMs];
  });
  return waits.length > 0 ? { 'retry-after': retryAfter(Math.max(...waits)) } : {};
}
