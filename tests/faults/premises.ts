import { join } from 'node:path';
import { newKeySet } from '@comanda/domains/auth/credentials/keys';
import { type HashCost, RECOMMENDED_COST } from '@comanda/domains/auth/credentials/passwords';
import { entities } from '@comanda/domains/entities';
import { RoleBudget } from '@comanda/domains/quotas/quotas.entity';
import { CALLERS, type Role } from '@comanda/kernel/access';
import { openHouse } from '@comanda/server/house';
import { picturesIn } from '@comanda/server/picture-folder';
import { connect, type Database } from '@comanda/storage/connect';
import { migrate } from '@comanda/storage/migrations';
import { createSchema } from '@comanda/storage/scratch';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import { behind } from '@comanda/testing/author';
import { Given, type Home, PASSWORD, type Person, plantHome } from '@comanda/testing/given';
import { findMariadbd, type Mariadb, startMariadb } from '../mariadb/server.ts';
import { dataFolder } from './server.ts';

const mariadbd = findMariadbd();
/** For `describe.each`: SQLite, and MariaDB where there is one. */
export const KINDS: readonly Kind[] = mariadbd === null ? ['SQLite'] : ['SQLite', 'MariaDB'];
export type Kind = 'SQLite' | 'MariaDB';

type Row = Record<string, unknown>;
export type Ask = (sql: string) => Promise<Row[]>;

/** Little Lemon in a database of its own, for real servers that come and go; quotas and shifts let everything through. */
export interface Premises extends AsyncDisposable {
  readonly kind: Kind;
  readonly home: Home;
  readonly dataDir: string;
  /** What every server on it is told. */
  readonly env: Record<string, string>;
  /** One person of each of these roles. */
  hire(roles: readonly Role[]): Promise<Person[]>;
  /** Puts more into it. */
  furnish<What>(work: (given: Given) => Promise<What>): Promise<What>;
  /** Looks into the database, past every server. */
  look<What>(work: (ask: Ask, database: Database) => Promise<What>): Promise<What>;
}

/** For a house in which nobody signs in. */
const CHEAP_HASH = { memoryKiB: 1_024, passes: 2, lanes: 1 };
const PLENTY = ['1000000/s'];

/** In a schema of its own, on a MariaDB of its own unless there is one. */
export async function openPremises(kind: Kind, mariadb?: Mariadb): Promise<Premises> {
  const folder = dataFolder();
  const { url, stop } = await addressOf(kind, folder.path, mariadb);
  const keys = await newKeySet(new Date());
  // Closed again at once: a file that is open elsewhere would need no recovery after a crash.
  const opened = async <What>(work: (database: Database) => Promise<What>): Promise<What> => {
    const database = await connect(url, entities);
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  };
  const common = { keys, issuer: 'comanda', preset: 'service' } as const;
  const pictures = picturesIn(`${folder.path}/files`);
  const housed = (database: Database, hashCost: HashCost) =>
    openHouse({ ...common, database, pictures, hashCost });
  const { home, hash } = await opened(async (database) => {
    await migrate(database);
    const house = await housed(database, RECOMMENDED_COST);
    const em = acrossRestaurants(database, behind(house.clock));
    for (const caller of CALLERS) em.create(RoleBudget, { caller, reads: PLENTY, writes: PLENTY });
    await em.flush();
    const hash = await house.passwords.hash(PASSWORD);
    return { hash, home: await plantHome(house, hash) };
  });
  const furnish: Premises['furnish'] = (work) =>
    opened(async (database) =>
      work(new Given(await housed(database, CHEAP_HASH), home.restaurantId, hash)),
    );
  let hired = 0;
  return {
    kind,
    home,
    furnish,
    hire: (roles) =>
      furnish(async (given) => {
        const people: Person[] = [];
        for (const role of roles) {
          people.push(await given.person({ role, username: `person.${++hired}` }));
        }
        return people;
      }),
    dataDir: folder.path,
    env: {
      PORT: '0',
      DATA_DIR: folder.path,
      DATABASE_URL: url,
      AUTH_KEYS: JSON.stringify(keys),
      FLOOD_LIMIT: '1000000',
      SHIFT_GATE: 'off',
      TRUST_PROXY: '127.0.0.1/32',
    },
    look: (work) =>
      opened((database) => {
        const ask: Ask = (sql) => database.orm.em.getConnection().execute<Row[]>(sql);
        return work(ask, database);
      }),
    [Symbol.asyncDispose]: async () => {
      await stop();
      folder[Symbol.dispose]();
    },
  };
}

async function addressOf(kind: Kind, folder: string, mariadb?: Mariadb) {
  if (kind === 'SQLite' || mariadbd === null) {
    return { url: `sqlite:${join(folder, 'comanda.sqlite')}`, stop: async () => undefined };
  }
  if (mariadb)
    return { url: await createSchema(mariadb.url, 'comanda'), stop: async () => undefined };
  const { url, stop } = await startMariadb(mariadbd, { durable: false });
  return { url: await createSchema(url, 'comanda'), stop };
}
