import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Account, Membership } from '@comanda/domains/auth/auth.entity';
import { Session } from '@comanda/domains/auth/auth.session.entity';
import { entities } from '@comanda/domains/entities';
import { Restaurant } from '@comanda/domains/restaurants/restaurants.entity';
import { AuditEntry } from '@comanda/storage/audit.entity';
import { connect, type Database, type EntityManager } from '@comanda/storage/connect';
import { migrate } from '@comanda/storage/migrations';
import { createSchema } from '@comanda/storage/scratch';
import { acrossRestaurants, within } from '@comanda/storage/tenancy';
import { TestClock } from '@comanda/testing/clock';
import { leaseDatabase } from '@comanda/testing/databases';
import { inject } from 'vitest';

/** For `describe.each`: what only one of the databases has does not exist on the other. */
export const onSqlite = inject('mariadbUrl') ? [] : ['SQLite'];
export const onMariadb = [inject('mariadbUrl')].filter((url) => url !== null);

/** Somebody at work, as the audit log names them. */
export const author = {
  actorId: '01900000-0000-7000-8000-000000000001',
  actorName: 'Ann Author',
  role: 'manager',
  action: 'test.act',
  requestId: 'request-1',
  address: '192.0.2.7',
};

/** What every account needs and no test looks at. */
export const blank = {
  username: null,
  email: null,
  phone: null,
  passwordHash: 'secret-hash',
  firstName: 'Some',
  lastName: 'Body',
  lastLoginAt: null,
  deactivatedAt: null,
};

export interface Place {
  restaurantId: string;
  accountId: string;
  membershipId: string;
  sessionId: string;
}

/** Two restaurants with one waiter each, who is signed in. */
export interface Store extends AsyncDisposable {
  database: Database;
  clock: TestClock;
  behind: { clock: TestClock; author: typeof author };
  lemon: Place;
  lime: Place;
  /** Sees everything: for looking at what was stored. */
  everywhere(): EntityManager;
  within(place: Place): EntityManager;
  /** What was written to the audit log since the store was opened, oldest first. */
  audited(): Promise<AuditEntry[]>;
}

export async function openStore(): Promise<Store> {
  const url = inject('mariadbUrl');
  const { database, release } = await leaseDatabase(url ? { url } : 'memory');
  return furnished(database, release);
}

async function furnished(database: Database, release: () => Promise<void>): Promise<Store> {
  const clock = new TestClock();
  const behind = { clock, author };
  const everywhere = () => acrossRestaurants(database, behind);
  const lemon = await plant(everywhere(), { name: 'Lemon', clock });
  const lime = await plant(everywhere(), { name: 'Lime', clock });
  const planted = await everywhere().count(AuditEntry);
  return {
    database,
    clock,
    behind,
    lemon,
    lime,
    everywhere,
    within: ({ restaurantId }) => within(database, restaurantId, behind),
    audited: () =>
      everywhere().find(AuditEntry, {}, { orderBy: { id: 'asc' }, offset: planted, limit: 1_000 }),
    [Symbol.asyncDispose]: release,
  };
}

async function plant(
  em: EntityManager,
  { name, clock }: { name: string; clock: TestClock },
): Promise<Place> {
  const now = clock.now();
  const restaurant = em.create(Restaurant, {
    name,
    slug: name.toLowerCase(),
    address: null,
    phone: null,
    timeZone: 'UTC',
    currency: 'EUR',
  });
  const account = em.create(Account, { ...blank, username: `waiter.${name.toLowerCase()}` });
  await em.flush();
  const membership = em.create(Membership, {
    account,
    restaurantId: restaurant.id,
    role: 'waiter',
    level: null,
    hiredAt: now,
    deactivatedAt: null,
  });
  const session = em.create(Session, {
    account,
    membership,
    tokenHash: 'secret-token',
    parentHash: null,
    childSalt: null,
    familyKey: 'secret-key',
    rotatedAt: now,
    idleUntil: now,
    expiresAt: now,
    endedAt: null,
    endReason: null,
    userAgent: null,
    address: null,
  });
  await em.flush();
  return {
    restaurantId: restaurant.id,
    accountId: account.id,
    membershipId: membership.id,
    sessionId: session.id,
  };
}

/** A folder of its own, gone with the test. */
export function openFolder(): { path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'comanda-storage-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** A furnished SQLite database in a file, to which others can connect as well. */
export async function openFileStore(folder: string): Promise<Store & { address: string }> {
  const address = `sqlite:${join(folder, 'data.sqlite')}`;
  const database = await connect(address, entities);
  await migrate(database);
  return { address, ...(await furnished(database, () => database.close())) };
}

let schemas = 0;

/** An address of an empty schema on the run's MariaDB. */
export function newSchema(url: string): Promise<string> {
  return createSchema(url, `storage_${process.pid}_${++schemas}`);
}

/** The error that `call` ends with. */
export async function errorOf(call: Promise<unknown>): Promise<Error> {
  const outcome = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (outcome instanceof Error) return outcome;
  throw new Error('the call did not fail');
}
