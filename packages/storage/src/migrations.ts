import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Database, Dialect } from './connect.ts';
import { MigratorByStatement } from './migrations-by-statement.ts';
import { withoutLimit } from './pooling.ts';

/** MySQL and MariaDB share their migrations. */
export function migrationsOf(dialect: Dialect) {
  const folder = dialect === 'sqlite' ? 'sqlite' : 'mysql';
  return {
    path: fileURLToPath(new URL(`./migrations/${folder}`, import.meta.url)),
    tableName: 'schema_migrations',
    emit: 'ts' as const,
    snapshotName: '.snapshot',
    snapshot: false,
    transactional: true,
    disableForeignKeys: false,
  };
}

export class NewerDatabase extends Error {
  override readonly name = 'NewerDatabase';
}

/**
 * Brings the schema up to date, once, however many processes start at the same time. Answers the names
 * of the steps it took.
 */
export function migrate(database: Database): Promise<string[]> {
  return database.dialect === 'sqlite'
    ? onSqlite(database)
    : withoutLimit(() => onServer(database));
}

async function onSqlite(database: Database): Promise<string[]> {
  const { migrator } = database.orm as unknown as { migrator: Migrator };
  const connection = database.orm.em.getConnection();
  // A rebuilt table is dropped first, and that would take its children with it; inside a transaction
  // the pragma does nothing.
  await connection.execute('pragma foreign_keys = off');
  try {
    const steps = await run(database, migrator);
    const orphans = await connection.execute('pragma foreign_key_check');
    if (orphans.length > 0) throw new Error(`The migration left ${orphans.length} orphaned rows.`);
    return steps;
  } finally {
    await connection.execute('pragma foreign_keys = on');
  }
}

function onServer(database: Database): Promise<string[]> {
  const client = database.orm.em.getConnection().getClient();
  return client.connection().execute(async (held) => {
    const ask = (sql: string) =>
      held.executeQuery<{ held: unknown }>({ sql, parameters: [], query: {} } as never);
    const { rows } = await ask("select get_lock('comanda.migrate', 120) as held");
    if (Number(rows[0]?.held) !== 1)
      throw new Error('Another server has been migrating for too long.');
    try {
      return await run(database, new MigratorByStatement(database.orm, held));
    } finally {
      await ask("select release_lock('comanda.migrate')");
    }
  });
}

/** Made by hand, because each database says them in its own way: what compares schemas wants to drop them. */
const TRIGGERS = ['audit_entry_is_kept', 'audit_entry_is_not_changed'];

/** Without what is there on purpose. */
export function withoutTriggers(sql: string): string {
  const isOurs = (line: string) =>
    TRIGGERS.some((name) => line.includes(`drop trigger if exists \`${name}\``));
  return sql
    .split('\n')
    .filter((line) => !isOurs(line.replaceAll('\\', '')))
    .join('\n');
}

/** Writes the step that is missing between the migrations and the entities; answers its file. */
export async function draftMigration({ orm }: Database, name: string): Promise<string> {
  const { migrator } = orm as unknown as { migrator: Migrator };
  const { fileName } = await migrator.create(undefined, false, false, name);
  const { path } = orm.config.get('migrations') as { path: string };
  const file = join(path, fileName);
  await writeFile(file, withoutTriggers(await readFile(file, 'utf8')));
  return fileName;
}

async function run({ orm }: Database, migrator: Migrator): Promise<string[]> {
  await refuseNewer(orm, migrator);
  return (await migrator.up()).map((step) => step.name);
}

interface Migrator {
  create(
    path: undefined,
    blank: false,
    initial: false,
    name: string,
  ): Promise<{ fileName: string }>;
  up(): Promise<{ name: string }[]>;
  getExecuted(): Promise<{ name: string }[]>;
}

async function refuseNewer(orm: Database['orm'], migrator: Migrator): Promise<void> {
  const own = new Set(await knownSteps(orm));
  const foreign = (await migrator.getExecuted()).find((step) => !own.has(bare(step.name)));
  if (!foreign) return;
  throw new NewerDatabase(
    `The database was written by a newer version of Comanda (it has the step ${foreign.name}). ` +
      'Start that version, or restore a backup made with this one.',
  );
}

async function knownSteps(orm: Database['orm']): Promise<string[]> {
  const { readdir } = await import('node:fs/promises');
  const { path } = orm.config.get('migrations') as { path: string };
  return (await readdir(path)).filter((file) => file.endsWith('.ts')).map(bare);
}

function bare(name: string): string {
  return name.replace(/\.ts$/, '');
}

export { Migration } from '@mikro-orm/migrations';
