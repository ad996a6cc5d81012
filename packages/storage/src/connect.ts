import {
  type AnyEntity,
  type EntityClass,
  type LoggerOptions,
  type Options,
} from '@mikro-orm/core';
import { Migrator } from '@mikro-orm/migrations';
import { type SqlEntityManager, SqlMikroORM } from '@mikro-orm/sql';
import { AuditEntry } from './audit.entity.ts';
import { AuditSubscriber } from './audit.ts';
import { Edition } from './editions.entity.ts';
import { EditionSubscriber } from './editions.ts';
import { KeyedAnswer } from './keyed.entity.ts';
import { migrationsOf } from './migrations.ts';
import { OutboxEvent, StreamHead } from './outbox.entity.ts';
import { CONNECT_MS, limitWaiting } from './pooling.ts';
import { OneWriterDriver } from './sqlite.ts';
import { StatementLog } from './statements.ts';

export type Dialect = 'sqlite' | 'mysql' | 'mariadb';

/** Where the data lives: `sqlite:<file>`, `mysql://…`, `mariadb://…`, or a database image in memory. */
export type Address = string | Buffer;

/** Asks for an encrypted connection to a database server, and how far it has to prove who it is. */
export interface Tls {
  verify: 'nothing' | 'issuer' | 'identity';
  /** Who may have issued its certificate, as PEM; missing: whom Node trusts. */
  ca?: string;
}

export interface Database {
  orm: SqlMikroORM;
  dialect: Dialect;
  close(): Promise<void>;
}

function dialectOf(address: Address): Dialect {
  if (typeof address !== 'string' || address.startsWith('sqlite:')) return 'sqlite';
  return address.startsWith('mysql:') ? 'mysql' : 'mariadb';
}

export async function connect(
  address: Address,
  entities: EntityClass<AnyEntity>[],
  tls?: Tls,
): Promise<Database> {
  const dialect = dialectOf(address);
  const orm = await SqlMikroORM.init({
    entities: [...entities, AuditEntry, Edition, KeyedAnswer, OutboxEvent, StreamHead],
    subscribers: [new AuditSubscriber(), new EditionSubscriber()],
    extensions: [Migrator],
    migrations: migrationsOf(dialect),
    autoJoinRefsForFilters: false,
    ignoreUndefinedInQuery: false,
    metadataCache: { enabled: false },
    logger: () => undefined,
    loggerFactory: (options: LoggerOptions) => new StatementLog(options),
    ...(dialect === 'sqlite'
      ? sqliteOptions(address)
      : await serverOptions({ address: address as string, dialect, tls })),
  } as unknown as Options<never, never>);
  await orm.connect();
  if (dialect !== 'sqlite') limitWaiting(await poolOf(orm));
  return { orm: orm as unknown as SqlMikroORM, dialect, close: () => orm.close() };
}

/** The file of a `sqlite:` address; undefined for a database server. */
export function fileOf(address: string): string | undefined {
  return address.startsWith('sqlite:') ? address.slice('sqlite:'.length) : undefined;
}

function sqliteOptions(address: Address) {
  const file = typeof address === 'string' ? (fileOf(address) ?? '') : address;
  return {
    driver: OneWriterDriver,
    dbName: typeof file === 'string' ? file : ':memory:',
    driverOptions: () => ({ file }),
  };
}

interface Server {
  address: string;
  dialect: 'mysql' | 'mariadb';
  tls: Tls | undefined;
}

async function serverOptions({ address, dialect, tls }: Server) {
  return {
    driver: await driverFor(dialect),
    clientUrl: address,
    charset: 'utf8mb4',
    collate: 'utf8mb4_bin',
    timezone: 'Z',
    pool: { min: 0, max: 10 },
    driverOptions: { queueLimit: 200, connectTimeout: CONNECT_MS, ...(tls && { ssl: sslOf(tls) }) },
    onCreateConnection: askForStrictness,
  };
}

/** Loaded only where it is needed: on a file, it would take its part of every start and of the memory at rest. */
async function driverFor(dialect: Server['dialect']) {
  if (dialect === 'mysql') return (await import('@mikro-orm/mysql')).MySqlDriver;
  return (await import('@mikro-orm/mariadb')).MariaDbDriver;
}

function poolOf(orm: unknown): Promise<Parameters<typeof limitWaiting>[0]> {
  const { em } = orm as { em: { getConnection(): { getNativeClient(): Promise<never> } } };
  return em.getConnection().getNativeClient();
}

/** In the words of mysql2, which speaks to both kinds of servers. */
function sslOf({ verify, ca }: Tls) {
  return {
    ...(ca !== undefined && { ca }),
    rejectUnauthorized: verify !== 'nothing',
    verifyIdentity: verify === 'identity',
  };
}

const STRICTNESS = [
  'set session transaction isolation level read committed',
  'set session innodb_lock_wait_timeout = 3',
  "set session sql_mode = 'STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'",
];

/**
 * By itself MariaDB takes a place in an index for no better than its beginning, and reads all pages that
 * come before the one that is asked for.
 */
const SEEKING =
  "set session optimizer_adjust_secondary_key_costs = 'fix_reuse_range_for_ref,fix_card_multiplier,disable_max_seek'";

async function askForStrictness(connection: unknown): Promise<void> {
  const { executeQuery } = connection as { executeQuery: (query: object) => Promise<unknown> };
  const ask = (sql: string) => executeQuery.call(connection, { sql, parameters: [], query: {} });
  for (const sql of STRICTNESS) await ask(sql);
  // MySQL has no such setting, and neither have older servers: they plan as they always did.
  await ask(SEEKING).catch(() => undefined);
}

export type { SqlEntityManager as EntityManager };
