import { entities } from '@comanda/domains/entities';
import { connect, type Database } from '@comanda/storage/connect';
import { migrate } from '@comanda/storage/migrations';
import { createSchema, empty, imageOf } from '@comanda/storage/scratch';

/** Where a test's data lives: in memory, or on a server that the test run has started. */
export type Where = 'memory' | { url: string };

export interface Leased {
  database: Database;
  release(): Promise<void>;
}

let image: Promise<Buffer> | undefined;

/** A database with the whole schema and nothing in it. */
export async function leaseDatabase(where: Where): Promise<Leased> {
  if (where !== 'memory') return leaseOnServer(where.url);
  const database = await openCopy();
  return {
    database,
    release: async () => {
      await database.close();
      closed.push(database);
    },
  };
}

const closed: Database[] = [];

/** The mapping of entities is kept from test to test; the connection and all data are new. */
async function openCopy(): Promise<Database> {
  image ??= migratedImage();
  const database = closed.pop();
  if (!database) return connect(await image, entities);
  await database.orm.reconnect();
  return database;
}

/** Migrated once in a process; every test opens a copy of the bytes. */
async function migratedImage(): Promise<Buffer> {
  const database = await connect('sqlite::memory:', entities);
  await migrate(database);
  const bytes = await imageOf(database);
  await database.close();
  return bytes;
}

const free: Database[] = [];
let made = 0;

/** A schema of this process that no test holds, emptied after each. */
async function leaseOnServer(url: string): Promise<Leased> {
  const database = free.pop() ?? (await newSchema(url));
  return {
    database,
    release: async () => {
      await empty(database);
      free.push(database);
    },
  };
}

async function newSchema(url: string): Promise<Database> {
  const address = await createSchema(url, `comanda_${process.pid}_${++made}`);
  const database = await connect(address, entities);
  await migrate(database);
  return database;
}
