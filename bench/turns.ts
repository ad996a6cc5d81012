import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '@comanda/kernel/id';
import type { Answer, Connection, Request } from './connection.ts';
import { type Place, pagePath } from './menu-pages.ts';

/** What one caller does once; answers the status. */
export type TurnOf = (connection: Connection) => Promise<number>;

/** Which of how many callers. */
type Caller = [nth: number, of: number];

export interface FlowTold {
  /** One customer for each caller. */
  tokens: string[];
  itemIds: string[];
}

export interface LoginTold {
  /** One for each caller. */
  identifiers: string[];
  password: string;
}

export interface RefreshTold {
  /** One for each sign-in: a sign-in has a budget of its own. */
  refreshTokens: string[];
}

const LINES = 3;
const BUSY = 503;
const UNTIL_AGAIN_MS = 100;

/** What a crowd can be told to do. */
export const TURNS = {
  /** The same again and again. */
  ask: (request: Request) => async (connection: Connection) =>
    (await connection.ask(request)).status,

  /** A page of the menu that nobody has asked for by that path before, so that nobody has kept it. */
  page:
    ({ place, headers }: { place: Place; headers?: Record<string, string> }) =>
    async (connection: Connection) =>
      (await connection.ask({ path: pagePath(place, newId()), ...(headers && { headers }) }))
        .status,

  /** Three things into the cart, and an order of them. */
  flow: ({ tokens, itemIds }: FlowTold, [nth]: Caller) => {
    const headers = bearer(tokens, nth);
    let at = nth * 7;
    return async (connection: Connection) => {
      let cartVersion = 0;
      for (let line = 0; line < LINES; line += 1) {
        const itemId = itemIds[(at += 31) % itemIds.length];
        const cart = await mutated(connection, {
          path: '/trpc/cart.add',
          headers,
          body: { json: { itemId, quantity: 2 } },
        });
        cartVersion = (cart as { version: number }).version;
      }
      const json = { idempotencyKey: newId(), cartVersion, type: 'pickup' };
      await mutated(connection, { path: '/trpc/orders.place', headers, body: { json } });
      return 200;
    };
  },

  /** Whoever is told that too many sign in just now comes again, as the client does. */
  login: ({ identifiers, password }: LoginTold, [nth]: Caller) => {
    const json = { identifier: identifiers[nth % identifiers.length], password };
    // Guessing is slowed down by address.
    const headers = { 'x-forwarded-for': `203.0.113.${nth + 1}` };
    return async (connection: Connection) => {
      const request = {
        method: 'POST',
        path: '/trpc/auth.login',
        headers,
        body: { json },
      } as const;
      for (;;) {
        const { status } = await connection.ask(request);
        if (status !== BUSY) return status;
        await pause(UNTIL_AGAIN_MS);
      }
    };
  },

  /** Each caller keeps some sign-ins alive in turn. */
  refresh: ({ refreshTokens }: RefreshTold, [nth, of]: Caller) => {
    const own = refreshTokens.filter((_, at) => at % of === nth);
    return async (connection: Connection) => {
      const refreshToken = own.shift() ?? '';
      const session = await mutated(connection, {
        path: '/trpc/auth.refresh',
        body: { json: { refreshToken } },
      });
      own.push((session as { refreshToken: string }).refreshToken);
      return 200;
    };
  },
};

export type Turn = keyof typeof TURNS;

function bearer(tokens: readonly string[], nth: number): Record<string, string> {
  return { authorization: `Bearer ${tokens[nth % tokens.length] ?? ''}` };
}

/** What a mutation answers, without what superjson says of it. */
async function mutated(connection: Connection, request: Request): Promise<unknown> {
  const answer: Answer = await connection.ask({ method: 'POST', ...request });
  if (answer.status !== 200) throw new Error(`${request.path}: ${answer.status} ${answer.body}`);
  return (JSON.parse(answer.body) as { result: { data: { json: unknown } } }).result.data.json;
}
