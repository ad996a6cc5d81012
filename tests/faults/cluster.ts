import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newKeySet } from '@comanda/domains/auth/credentials/keys';
import { connect } from '@comanda/storage/connect';
import type { Mariadb } from '../mariadb/server.ts';
import { command, dataFolder, type Server, startServer } from './server.ts';

interface Held {
  /** How many servers have come to that point. */
  waiting(): Promise<number>;
  release(): Promise<void>;
}

/** Several servers in production on one database, with the same keys. */
export interface Cluster extends AsyncDisposable {
  readonly keyFile: string;
  /** All at once. */
  start(count: number): Promise<Server[]>;
  /** An admin of the first restaurant; answers the password. */
  createAdmin(username: string): Promise<string>;
  command(args: string[]): ReturnType<typeof command>;
  /** Lets no server past the point where one sets up the database and the others wait. */
  holdMigrations(): Promise<Held>;
  /** Asks the database itself. */
  ask(sql: string): Promise<Record<string, unknown>[]>;
}

export async function openCluster(mariadb: Mariadb): Promise<Cluster> {
  const folder = dataFolder();
  const url = await freshDatabase(mariadb);
  const keyFile = join(folder.path, 'keys.json');
  writeFileSync(keyFile, JSON.stringify(await newKeySet(new Date())), { mode: 0o600 });
  const env = { NODE_ENV: 'production', DATABASE_URL: url, AUTH_KEYS_FILE: keyFile };
  const options = { dataDir: folder.path, env };
  const database = await connect(url, []);
  const started: Server[] = [];
  const run = (args: string[]) => command(args, options);
  return {
    keyFile,
    command: run,
    start: async (count) => {
      const servers = await Promise.all(Array.from({ length: count }, () => startServer(options)));
      started.push(...servers);
      return servers;
    },
    createAdmin: async (username) => {
      const { output } = await run(['create-admin', username]);
      return /shown this once: (\S+)/.exec(output)?.[1] ?? '';
    },
    holdMigrations: () => holdMigrations(url),
    ask: (sql) => database.orm.em.getConnection().execute(sql),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(started.map((server) => server[Symbol.asyncDispose]()));
      await database.close();
      folder[Symbol.dispose]();
    },
  };
}

/** An empty database and a user of its own: production refuses one without a password. */
async function freshDatabase({ url }: Mariadb): Promise<string> {
  const name = `cluster_${randomBytes(4).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  const root = await connect(new URL('mysql', url).href, []);
  const connection = root.orm.em.getConnection();
  await connection.execute(`create database ${name}`);
  await connection.execute(`create user ${name}@'%' identified by '${password}'`);
  await connection.execute(`grant all on ${name}.* to ${name}@'%'`);
  await root.close();
  const address = new URL(name, url);
  return Object.assign(address, { username: name, password }).href;
}

/** On a connection of its own: the lock belongs to the connection, and goes with it. */
async function holdMigrations(url: string): Promise<Held> {
  const [holder, looker] = [await connect(url, []), await connect(url, [])];
  const ask = (of: typeof holder, sql: string) => of.orm.em.getConnection().execute(sql);
  await ask(holder, "select get_lock('comanda.migrate', 0)");
  const waiters =
    "select id from information_schema.processlist where info like 'select get_lock%'";
  return {
    waiting: async () => (await ask(looker, waiters)).length,
    release: async () => {
      await Promise.all([holder.close(), looker.close()]);
    },
  };
}
