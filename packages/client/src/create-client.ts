import { createTRPCUntypedClient } from '@trpc/client';
import type { Api } from './api.ts';
import { KEYED } from './contract/wire.ts';
import type { Files } from './files.ts';
import { batch } from './links/batch.ts';
import { deadline } from './links/deadline.ts';
import { guest } from './links/guest.ts';
import { filesAt } from './links/http.ts';
import { keys } from './links/keys.ts';
import { retry } from './links/retry.ts';
import { refreshThrough, session } from './links/session.ts';
import { stream } from './links/stream.ts';
import type { ClientOptions } from './options.ts';
import { proxyOf } from './proxy.ts';
import { type Quota, quotaSeen } from './quota.ts';
import { fixedToken } from './session/fixed-token.ts';
import { guestsIn } from './session/guests.ts';
import { memorySession } from './session/memory-session.ts';
import { openSession } from './session/open-session.ts';
import { transportTo } from './transport.ts';

/** Every procedure of the service, and what the client itself knows. */
export interface Client extends Api {
  /** Pictures: how they get in, and where they are shown. */
  readonly files: Files;
  /** What the service last told of this caller's quota; nothing before the first answer that tells. */
  readonly quota: readonly Quota[] | undefined;
}

/**
 * A client for the Comanda service at `url`. It keeps the session that `auth.login` starts, renews
 * it, repeats what may be repeated, sends calls that are made together in one request, and ends
 * every call that takes too long.
 *
 * @example
 * const comanda = createClient({ url: 'http://localhost:4000' });
 * await comanda.auth.login.mutate({ identifier: 'chef', password });
 * const me = await comanda.auth.session.query();
 */
export function createClient(options: ClientOptions): Client {
  return connect<Client>(options, KEYED);
}

/** A client of any contract; `keyed` are the paths that take an idempotency key. */
export function connect<Calls extends object>(
  options: ClientOptions,
  keyed: readonly string[],
): Calls {
  const { pace, onQuota = pace ? 'wait' : 'refuse', onSignedOut } = options;
  const quota = quotaSeen();
  const plain = transportTo(options);
  const fetch = pace ? pace.wrap(plain.fetch) : plain.fetch;
  const transport = { ...plain, fetch, onAnswer: quota.learn };
  const calls = batch(transport);
  const guests = guestsIn(options.guest);
  const held =
    options.token !== undefined
      ? fixedToken(options.token)
      : openSession({
          store: options.session ?? memorySession(),
          refresh: refreshThrough(batch(plain)), // ahead of whatever the pace holds back
          onSignedOut,
        });
  const untyped = createTRPCUntypedClient({
    links: [
      keys(keyed),
      deadline(options.deadlineMs),
      guest(guests),
      retry({ ...(options.retry === false ? { attempts: 0 } : options.retry), onQuota }),
      session(held),
      calls,
      stream(transport, held, { guests }),
    ],
  });
  const address: Files['url'] = (id, size = 'large') =>
    `${filesAt(plain)}/${encodeURIComponent(id)}/${size}`;
  return proxyOf(untyped, {
    files: proxyOf(untyped, { url: address }, ['files']),
    get quota() {
      return quota.seen;
    },
  }) as Calls;
}
