import { createTRPCUntypedClient } from '@trpc/client';
import type { Api } from './api.ts';
import { batch } from './links/batch.ts';
import { deadline } from './links/deadline.ts';
import { session } from './links/session.ts';
import type { ConnectOptions } from './options.ts';
import { proxyOf } from './proxy.ts';
import { fixedToken } from './session/fixed-token.ts';
import { transportTo } from './transport.ts';

export type { CallOptions } from './calls.ts';
export { CallError, isFault, refusedWith, safe } from './errors.ts';
export type { ConnectOptions } from './options.ts';

/**
 * A small client for scripts and edge functions that hold a device pass: calls, batches, deadlines
 * and typed refusals; no session of its own, no repeats, no streams.
 *
 * @example
 * const comanda = createClient({ url: 'http://localhost:4000', token: pass });
 */
export function createClient(options: ConnectOptions): Api {
  const untyped = createTRPCUntypedClient({
    links: [
      deadline(options.deadlineMs),
      session(fixedToken(options.token)),
      batch(transportTo(options)),
    ],
  });
  return proxyOf(untyped) as Api;
}
