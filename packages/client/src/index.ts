import type { AppRouter } from '@comanda/domains/router';
import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  splitLink,
  type TRPCClient,
  TRPCClientError,
} from '@trpc/client';
import superjson from 'superjson';

/** Every procedure of the service, typed end to end. */
export type Client = TRPCClient<AppRouter>;

export interface ClientOptions {
  /** Where the service answers, such as `http://localhost:4000`. */
  url: string;
  /** Answers the access token or device pass to send, or nothing. */
  token?: () => Promise<string | undefined> | string | undefined;
  /** Used instead of the global `fetch`. */
  fetch?: typeof fetch;
}

const MAX_BATCH = 10;

/**
 * A client for the Comanda service at `url`.
 *
 * @example
 * const client = createClient({ url: 'http://localhost:4000' });
 * const { accessToken } = await client.auth.login.mutate({ identifier, password });
 */
export function createClient({ url, token, fetch }: ClientOptions): Client {
  const options = {
    url: new URL('/trpc', url).href,
    transformer: superjson,
    ...(fetch && { fetch: (at: URL | Request | string, init?: object) => fetch(at, init) }),
    headers: async () => {
      const shown = await token?.();
      const headers: Record<string, string> = shown ? { authorization: `Bearer ${shown}` } : {};
      return headers;
    },
  };
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ path }) => path.startsWith('auth.'),
        true: httpLink(options),
        false: httpBatchLink({ ...options, maxItems: MAX_BATCH }),
      }),
    ],
  });
}

/** Whether the service refused with this code. */
export function refusedWith(error: unknown, code: string): boolean {
  return error instanceof TRPCClientError && error.data?.reason === code;
}
