import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { type Client, type ClientOptions, createClient } from '@comanda/client';
import type { HashCost } from '@comanda/domains/auth/credentials/passwords';
import { newKeySet } from '@comanda/domains/auth/credentials/keys';
import { signed, startSession } from '@comanda/domains/auth/auth.sessions';
import { Membership } from '@comanda/domains/auth/auth.entity';
import type { House, Settings } from '@comanda/domains/context';
import { procedures } from '@comanda/domains/procedures';
import { router } from '@comanda/domains/trpc';
import { CALLERS, type Role } from '@comanda/kernel/access';
import { newId } from '@comanda/kernel/id';
import { type AppConfig, buildApp } from '@comanda/server/app';
import { openHouse, type QuotaStores } from '@comanda/server/house';
import { picturesIn } from '@comanda/server/picture-folder';
import { type RolePolicies, rolePolicies, withRates } from '@comanda/quotas/role-policies';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import { inTransaction } from '@comanda/storage/transaction';
import { behind } from './author.ts';
import { TestClock } from './clock.ts';
import { leaseDatabase, type Where } from './databases.ts';
import { fetchFrom } from './fetching.ts';
import { Given, type Home, PASSWORD, type Person, plantHome } from './given.ts';

export interface OpenOptions {
  where?: Where;
  settings?: Partial<Settings>;
  config?: Partial<AppConfig>;
  preset?: House['preset'];
  clock?: TestClock;
  /** Left out: `open`, so many for every role that a test never meets them. `preset`: those of the service. */
  quotas?: 'open' | 'preset';
  /** Where quotas are counted. Left out: in this process, by the test's clock. */
  stores?: QuotaStores;
  /** Left out: so cheap that signing in takes a millisecond. */
  hashCost?: HashCost;
  /** Procedures of the test's own, served as `lab.…` beside the real ones. */
  lab?: Parameters<typeof router>[0];
}

/** The whole service without a socket: the real handler, limits and wire format. */
export interface TestApp extends AsyncDisposable {
  readonly clock: TestClock;
  readonly given: Given;
  /** Little Lemon and its staff, one person of every role. */
  readonly home: Home;
  readonly house: House;
  /** Everything that was logged, line by line. */
  readonly logs: string[];
  /** A client of somebody of that role, or of nobody; each call of it goes through the whole service. */
  as(who: Role | 'anonymous' | Person): Client;
  /** A client that shows this token. */
  withToken(token: string): Client;
  /** Signs somebody in, without the cost of a hash. */
  session(who: Role | Person): Promise<{ accessToken: string; refreshToken: string }>;
  /** Where uploads lie. */
  files(part: 'incoming' | 'pictures'): string;
  /** Like the global one, but answered by this app. */
  fetch: typeof fetch;
  /** Serves on a port of its own as well, and answers the address. */
  listen(): Promise<string>;
  /** A test that provokes a fault says so; any other fault fails the test. */
  expectFaults(): void;
}

const CHEAP_HASH = { memoryKiB: 1_024, passes: 2, lanes: 1 };
const keys = newKeySet(new Date('2020-01-01T00:00:00Z'));
let hashed: Promise<string> | undefined;

export async function openApp(options: OpenOptions = {}): Promise<TestApp> {
  const { where = 'memory', clock = new TestClock() } = options;
  const { database, release } = await leaseDatabase(where);
  const files = filesFolder();
  const house = await openHouse({
    database,
    clock,
    keys: await keys,
    issuer: 'comanda-test',
    preset: options.preset ?? 'service',
    pictures: picturesIn(files.path),
    policies: policiesFor(options),
    ...(options.stores && { stores: options.stores }),
    hashCost: options.hashCost ?? CHEAP_HASH,
    ...(options.settings && { settings: options.settings }),
  });
  const passwordHash = options.hashCost
    ? await house.passwords.hash(PASSWORD)
    : await (hashed ??= house.passwords.hash(PASSWORD));
  const home = await plantHome(house, passwordHash);
  const logs: string[] = [];
  const server = await serverOf(house, options, logs);
  const fetch = fetchFrom(server);
  let faultsExpected = false;

  const withToken = (token: string) => clientOf(fetch, () => token);
  const session = async (who: Role | Person) => sessionOf(house, personIn(home, who));
  return {
    clock,
    home,
    house,
    logs,
    fetch,
    files: (part) => join(files.path, part),
    listen: () => server.listen({ host: '127.0.0.1', port: 0 }),
    withToken,
    session,
    given: new Given(house, home.restaurantId, passwordHash),
    as: (who) => {
      if (who === 'anonymous') return clientOf(fetch, () => undefined);
      let token: Promise<string> | undefined;
      const shown = () => (token ??= session(who).then(({ accessToken }) => accessToken));
      return clientOf(fetch, shown);
    },
    expectFaults: () => {
      faultsExpected = true;
    },
    [Symbol.asyncDispose]: async () => {
      await server.close();
      await house.live.close();
      await release();
      await files.remove();
      const faults = logs.filter((line) => line.includes('"level":50'));
      if (faults.length > 0 && !faultsExpected)
        throw new Error(`The app had faults:\n${faults.join('')}`);
    },
  };
}

function serverOf(house: House, { config, lab }: OpenOptions, lines: string[]) {
  const logs = sinkInto(lines);
  return buildApp(
    house,
    { ...CONFIG, ...config },
    { logs, ...(lab && { router: router({ ...procedures, lab }) }) },
  );
}

/** Made with the first upload. */
function filesFolder() {
  const path = join(tmpdir(), `comanda-files-${newId()}`);
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

const ORIGIN = 'http://localhost';
const CONFIG: AppConfig = {
  allowedHosts: ['localhost', '127.0.0.1'],
  corsOrigins: ['https://shop.example'],
  floodLimit: 1_000_000,
  floodHoldMs: 0,
  logLevel: 'info',
  trustProxy: [],
};

function policiesFor({ quotas = 'open', preset = 'service' }: OpenOptions): RolePolicies {
  return quotas === 'preset' ? rolePolicies[preset] : openToAll;
}

const PLENTY = ['1000000/s'];
const openToAll = Object.fromEntries(
  CALLERS.map((caller) => [
    caller,
    withRates(caller, rolePolicies.service[caller], { reads: PLENTY, writes: PLENTY }),
  ]),
) as unknown as RolePolicies;

/** Keeps no session and repeats nothing: each call of a test is one call. */
function clientOf(fetch: TestApp['fetch'], token: NonNullable<ClientOptions['token']>): Client {
  return createClient({ url: ORIGIN, fetch, token, retry: false });
}

function personIn(home: Home, who: Role | Person): Person {
  return typeof who === 'string' ? home.staff[who] : who;
}

async function sessionOf(house: House, { id: accountId, restaurantId }: Person) {
  const em = acrossRestaurants(house.database, behind(house.clock));
  const membership = restaurantId
    ? await em.findOne(Membership, { account: accountId, restaurantId })
    : null;
  const afterCommit = (effect: () => void) => effect();
  const ctx = { ...house, em, address: '127.0.0.1', userAgent: null, afterCommit };
  return signed(
    house,
    await inTransaction(ctx, (ctx) => startSession(ctx as never, { accountId, membership })),
  );
}

function sinkInto(lines: string[]): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
}
