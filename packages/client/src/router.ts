import type { TRPCClient } from '@trpc/client';
import type { AppRouter } from './contract/router.ts';
import type { Client } from './create-client.ts';
import { proxyOf, type Untyped, untypedOf } from './proxy.ts';

export type { AppRouter } from './contract/router.ts';

/**
 * The same client, as the tools of tRPC take it.
 *
 * @example
 * const trpc = createTRPCOptionsProxy<AppRouter>({ client: trpcClient(comanda), queryClient });
 */
export function trpcClient(client: Client): RoutedClient {
  const untyped = untypedOf(client);
  const own: Untyped = Object.create(untyped, {
    query: {
      value: (path: string, input: unknown, options: object) =>
        untyped.query(path, withoutDirection(input), options),
    },
  });
  return proxyOf(own) as RoutedClient;
}

/** The client as tRPC types it. */
export interface RoutedClient extends TRPCClient<AppRouter> {}

/** What TanStack Query adds to every infinite query: lists here go one way, and refuse unknown fields. */
function withoutDirection(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || !('direction' in input)) return input;
  const { direction: _direction, ...asked } = input;
  return asked;
}
