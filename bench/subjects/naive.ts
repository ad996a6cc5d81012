import { randomUUID } from 'node:crypto';
import { initTRPC, TRPCError } from '@trpc/server';
import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify';
import argon2 from 'argon2';
import fastify, { type FastifyRequest } from 'fastify';
import { jwtVerify, SignJWT } from 'jose';
import superjson from 'superjson';
import { onOrder } from '../crew.ts';
import { NaiveShop, type Stock } from './naive-shop.ts';
import {
  AddToCart,
  Cart,
  Items,
  ListItems,
  ListOrders,
  Login,
  Orders,
  OrderView,
  Refresh,
  Session,
} from './naive-schema.ts';
import { HOST, type Serving } from './serving.ts';

export type NaiveOrder = Stock;

export interface NaiveReport extends Serving {
  /** Of each person, in their order. */
  tokens: string[];
  refreshTokens: string[];
}

const key = new TextEncoder().encode(randomUUID());
const ALGORITHM = 'HS256';
/** As ours hash. */
const HASH = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The stack as its manuals have it: every layer does its work on every call. */
onOrder<NaiveOrder, NaiveReport>(async (stock) => {
  const shop = await NaiveShop.open(stock, await argon2.hash(stock.password, HASH));
  const router = routerOf(shop);
  const app = fastify({ routerOptions: { maxParamLength: 1_000 } });
  const trpcOptions: FastifyTRPCPluginOptions<typeof router>['trpcOptions'] = {
    router,
    createContext: ({ req }) => ({ req }),
  };
  await app.register(fastifyTRPCPlugin, { prefix: '/trpc', trpcOptions });
  const signed = (length: string) =>
    Promise.all(stock.people.map(({ id, role }) => sign({ id, role }, length)));
  return {
    url: await app.listen({ port: 0, host: HOST }),
    tokens: await signed('1h'),
    refreshTokens: await signed('1d'),
  };
});

function routerOf(shop: NaiveShop) {
  const t = initTRPC.context<{ req: FastifyRequest }>().create({ transformer: superjson });
  const signedIn = t.procedure.use(async ({ ctx, next }) =>
    next({
      ctx: { person: await personIn(ctx.req.headers.authorization?.slice('Bearer '.length)) },
    }),
  );
  const session = async (person: Signed) => ({
    accessToken: await sign(person, '1h'),
    refreshToken: await sign(person, '1d'),
  });
  return t.router({
    hello: t.procedure.query(() => 'hello'),
    menu: t.router({
      list: t.procedure
        .input(ListItems)
        .output(Items)
        .query(({ input }) => shop.items(input)),
    }),
    cart: t.router({
      add: signedIn
        .input(AddToCart)
        .output(Cart)
        .mutation(({ ctx, input }) => shop.add(ctx.person.id, input)),
    }),
    orders: t.router({
      place: signedIn.output(OrderView).mutation(({ ctx }) => shop.place(ctx.person.id)),
      list: signedIn
        .input(ListOrders)
        .output(Orders)
        .query(({ ctx, input }) => shop.orders(ctx.person, input)),
    }),
    auth: t.router({
      login: t.procedure
        .input(Login)
        .output(Session)
        .mutation(async ({ input }) => {
          const person = await shop.person(input.identifier);
          if (!person || !(await argon2.verify(person.passwordHash, input.password))) refuse();
          return session(person);
        }),
      refresh: t.procedure
        .input(Refresh)
        .output(Session)
        .mutation(async ({ input }) => session(await personIn(input.refreshToken))),
    }),
  });
}

interface Signed {
  id: string;
  role: string;
}

function sign({ id, role }: Signed, length: string): Promise<string> {
  return new SignJWT({ role })
    .setProtectedHeader({ alg: ALGORITHM })
    .setSubject(id)
    .setIssuedAt()
    .setExpirationTime(length)
    .sign(key);
}

async function personIn(token = ''): Promise<Signed> {
  const { payload } = await jwtVerify(token, key, { algorithms: [ALGORITHM] }).catch(refuse);
  return { id: payload.sub ?? '', role: String(payload['role']) };
}

function refuse(): never {
  throw new TRPCError({ code: 'UNAUTHORIZED' });
}
