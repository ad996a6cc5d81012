import type { House } from '@comanda/domains/context';
import { MAX_BATCH } from '@comanda/domains/telling';
import type { AnyTRPCRouter, TRPCError } from '@trpc/server';
import type { FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify';
import { copiesFor } from '../caching.ts';
import { contextOf } from '../context.ts';
import { jarOf, type Origins } from '../cookies.ts';
import { headersFor } from './headers.ts';

export interface Served {
  router: AnyTRPCRouter;
  origins: Origins;
}

type Stock = FastifyTRPCPluginOptions<AnyTRPCRouter>['trpcOptions'];

/** How tRPC's own handler serves our router: what is asked rarely, and by what the quick way is measured. */
export function stockOptions(house: House, { router, origins }: Served): Stock {
  const unopened = new WeakMap<object, TRPCError>();
  return {
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
      const body = eagerGeneration ? undefined : () => JSON.stringify(data);
      return { headers: headersFor({ ctx, errors, body }) };
    },
  } satisfies Stock;
}
