import { type Client, cookieSession, createClient, localStorageGuest } from '@comanda/client';
import { type AppRouter, trpcClient } from '@comanda/client/router';
import { QueryClient } from '@tanstack/react-query';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { inTab } from './kept.ts';

const store = cookieSession();
const ENDED = 'comanda.ended';
/** Where the token of a guest is kept: the client puts it there, pages ask whether there is one. */
export const guest = localStorageGuest();

/** The service, of the same origin. The refresh token is in a cookie that no script can read. */
export const comanda: Client = createClient({
  url: '',
  session: store,
  guest,
  // A visitor shares the budget of their address with everybody in the house: seconds, mostly.
  onQuota: 'wait',
  // What was read in somebody's name is not shown to whoever comes next.
  onSignedOut: (why) => {
    if (why === 'ended' || why === 'reused') inTab.set(ENDED, why);
    void startAfresh();
  },
});

/** The client repeats by itself, so a query that failed here has failed for good. */
export const kept = new QueryClient({
  defaultOptions: {
    queries: { retry: false, staleTime: 15_000, refetchOnReconnect: true },
    mutations: { retry: false, networkMode: 'always' },
  },
});

/** Every call, as TanStack Query takes it. */
export const calls = createTRPCOptionsProxy<AppRouter>({
  client: trpcClient(comanda),
  queryClient: kept,
});

/** Whether somebody is signed in here, without asking the service. */
export async function isSignedIn(): Promise<boolean> {
  return (await store.read()) !== undefined;
}

/** Forgets what was read; what is on the screen is read anew. */
export async function startAfresh(): Promise<void> {
  await kept.cancelQueries();
  await kept.resetQueries();
}

/** Reads again what is on the screen of these routers, such as `cart`. */
export async function readAnew(routers: readonly string[]): Promise<void> {
  await kept.invalidateQueries({
    predicate: ({ queryKey: [path] }) =>
      Array.isArray(path) && typeof path[0] === 'string' && routers.includes(path[0]),
  });
}

/** Whether the service ended the session that was here, and nobody has signed in since. */
export const wasEnded = (): boolean => inTab.get(ENDED) !== null;
export const forgetEnd = (): void => inTab.remove(ENDED);
