import { EventEmitter, on } from 'node:events';
import { setImmediate as othersTurn } from 'node:timers/promises';
import type { OrderEvent } from '@comanda/domains/orders/orders.schema';
import { initTRPC, tracked } from '@trpc/server';
import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify';
import fastify from 'fastify';
import superjson from 'superjson';
import { HOST } from '../subjects/serving.ts';
import { heard } from './event.ts';
import { serveHall } from './hall.ts';

const news = new EventEmitter<{ order: [OrderEvent] }>().setMaxListeners(0);
const t = initTRPC.create({ transformer: superjson });
const router = t.router({
  watch: t.procedure.subscription(async function* ({ signal }) {
    for await (const [event] of on(news, 'order', signal ? { signal } : {})) {
      const told = event as OrderEvent;
      yield tracked('order' in told ? String(told.order.number) : '', told);
    }
  }),
});

/** As tRPC's manual has it. */
serveHall({
  open: async () => {
    const app = fastify();
    const trpcOptions: FastifyTRPCPluginOptions<typeof router>['trpcOptions'] = {
      router,
      createContext: () => ({}),
    };
    await app.register(fastifyTRPCPlugin, { prefix: '/trpc', trpcOptions });
    const address = await app.listen({ port: 0, host: HOST });
    return { url: `${address}/trpc/watch`, tokens: [''] };
  },
  tell: async (number, listeners) => {
    // Whoever has a connection may not listen yet.
    while (news.listenerCount('order') < listeners) await othersTurn();
    news.emit('order', heard(number));
  },
});
