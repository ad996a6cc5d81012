import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { type Client, type ClientOptions, createClient } from '@comanda/client';
import { type Given, PASSWORD, type Person } from '@comanda/testing/given';
import { vi } from 'vitest';
import { type Fleet, openFleet } from '../faults/fleet.ts';
import { HOST, type Nginx, type Passed, startNginx } from '../faults/nginx.ts';
import { untilAnswered } from '../orders/patience.ts';
import { type RedisServer, startRedis } from '../redis/server.ts';

const SERVERS = 4;
/** On a busy machine a crowd takes its time; what hangs is ended by the limit of the test. */
const HANG_LIMIT_MS = 60_000;

/** Little Lemon as it is in production: four servers behind a proxy, on one MariaDB and one Redis. */
export interface Site extends AsyncDisposable {
  readonly fleet: Fleet;
  readonly redis: RedisServer;
  readonly nginx: Nginx;
  /** Fetches by the proxy, whatever host is named. */
  readonly fetch: typeof fetch;
  /** A client at the proxy. */
  client(options?: Partial<ClientOptions>): Client;
  /** A client at that server, past the proxy. */
  clientAt(nth: number, options?: Partial<ClientOptions>): Promise<Client>;
  /** The access token of somebody who has signed in through the proxy. */
  signIn(person: Person): Promise<string>;
  furnish<What>(work: (given: Given) => Promise<What>): Promise<What>;
  /** Waits until each server has answered somebody at the proxy, from now on. */
  allServe(): Promise<unknown>;
  /** What the work came to, and what the proxy says of the requests that it took. */
  seen<What>(work: () => Promise<What>): Promise<Seen<What>>;
}

interface Seen<What> {
  outcome: What;
  /** How many servers answered. */
  servers: number;
  /** Failed, at a server or before any; 503 is what a busy one says to whoever may come back. */
  faults: Passed[];
}

export async function openSite(): Promise<Site> {
  await using stack = new AsyncDisposableStack();
  const redis = stack.use(await startRedis());
  const env = { REDIS_URL: redis.url, ALLOWED_HOSTS: HOST };
  const fleet = stack.use(await openFleet('MariaDB', { size: SERVERS, env }));
  const ports = await Promise.all(Array.from({ length: SERVERS }, (_, nth) => fleet.port(nth)));
  const nginx = stack.use(await startNginx(ports));
  setDefaultCACertificates([...getCACertificates('default'), nginx.certificate]);
  const common = { deadlineMs: HANG_LIMIT_MS };
  const client: Site['client'] = (options) =>
    createClient({ url: nginx.url, ...common, ...options });
  const all = stack.move();
  return {
    fleet,
    redis,
    nginx,
    fetch: (at, init) => {
      const { pathname, search } = new URL(at instanceof Request ? at.url : at);
      return fetch(`${nginx.url}${pathname}${search}`, init);
    },
    client,
    clientAt: async (nth, options) =>
      createClient({ url: `http://127.0.0.1:${await fleet.port(nth)}`, ...common, ...options }),
    signIn: async ({ username }) => {
      const credentials = { identifier: username, password: PASSWORD };
      const login = () => client().auth.login.mutate(credentials);
      return (await untilAnswered(login, ['OVERLOADED'])).accessToken;
    },
    furnish: fleet.premises.furnish,
    allServe: () => {
      const before = nginx.passed().length;
      const all = () => serversIn(nginx.passed().slice(before)) === SERVERS;
      return vi.waitUntil(all, { timeout: HANG_LIMIT_MS });
    },
    seen: async (work) => {
      const before = nginx.passed().length;
      const outcome = await work();
      const passed = nginx.passed().slice(before);
      const faults = passed.filter(({ status }) => status >= 500 && status !== 503);
      return { outcome, servers: serversIn(passed), faults };
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

function serversIn(passed: readonly Passed[]): number {
  const answered = passed.filter(({ status }) => status < 500);
  return new Set(answered.map(({ ports }) => ports.at(-1))).size;
}
