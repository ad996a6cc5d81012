import { initTRPC } from '@trpc/server';
import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify';
import fastify from 'fastify';
import superjson from 'superjson';
import { onOrder } from '../crew.ts';
import { HOST, type Serving } from './serving.ts';

export interface StockTrpcOrder {
  /** What `menu.list` answers, in the words of superjson; left out: there is only `hello`, and no superjson. */
  page?: string;
}

/** tRPC as its manual has it, by its plugin for Fastify. */
onOrder<StockTrpcOrder, Serving>(async ({ page }) => {
  const router = page === undefined ? helloRouter() : menuRouter(superjson.parse(page));
  const app = fastify({ routerOptions: { maxParamLength: 1_000 } });
  const trpcOptions: FastifyTRPCPluginOptions<typeof router>['trpcOptions'] = {
    router,
    createContext: () => ({}),
  };
  await app.register(fastifyTRPCPlugin, { prefix: '/trpc', trpcOptions });
  return { url: await app.listen({ port: 0, host: HOST }) };
});

function helloRouter() {
  const t = initTRPC.create();
  return t.router({ hello: t.procedure.query(() => 'hello') });
}

function menuRouter(constant: unknown) {
  const t = initTRPC.create({ transformer: superjson });
  return t.router({ menu: t.router({ list: t.procedure.query(() => constant) }) });
}
