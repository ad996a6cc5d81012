import { readdir } from 'node:fs/promises';
import type { Database } from './connect.ts';
import { migrationsOf, withoutTriggers } from './migrations.ts';

// How a database stands, found without changing anything in it.

type Row = Record<string, unknown>;

/** Migrations that are still to come, and those that only a newer version knows. */
export async function stepsOf(
  database: Database,
): Promise<{ pending: string[]; foreign: string[] }> {
  const known = (await readdir(migrationsOf(database.dialect).path))
    .filter((file) => file.endsWith('.ts'))
    .map(bare)
    .toSorted();
  const hasTable = (await tablesIn(database)).includes('schema_migrations');
  const rows = hasTable ? await ask(database, 'select name from schema_migrations') : [];
  const taken = new Set(rows.map(({ name }) => bare(String(name))));
  return {
    pending: known.filter((step) => !taken.has(step)),
    foreign: [...taken].filter((step) => !known.includes(step)),
  };
}

/** What the entities ask for and the database has not, as statements; empty when it has all. */
export async function driftIn({ orm }: Database): Promise<string> {
  const { schema } = orm as unknown as { schema: { getUpdateSchemaSQL(): Promise<string> } };
  const missing = withoutTriggers(await schema.getUpdateSchemaSQL());
  return missing.replace('set names utf8mb4;', '').trim();
}

const GUARDS = ['audit_entry_is_kept', 'audit_entry_is_not_changed'];

/** Triggers that keep the audit log as it is, and are not there. */
export async function missingGuards(database: Database): Promise<string[]> {
  const sql =
    database.dialect === 'sqlite'
      ? "select name from sqlite_master where type = 'trigger'"
      : 'select trigger_name as name from information_schema.triggers where trigger_schema = database()';
  const found = new Set((await ask(database, sql)).map(({ name }) => name));
  return GUARDS.filter((name) => !found.has(name));
}

/** Whether a server with a binary log lets only administrators make triggers. */
export async function keepsTriggersOut(database: Database): Promise<boolean> {
  if (database.dialect === 'sqlite') return false;
  const [row] = await ask(
    database,
    'select @@log_bin as log_bin, @@log_bin_trust_function_creators as trusted',
  );
  return Number(row?.['log_bin']) === 1 && Number(row?.['trusted']) === 0;
}

/** The clock of a database server; SQLite has none of its own. */
export async function clockOf(database: Database): Promise<Date | undefined> {
  if (database.dialect === 'sqlite') return undefined;
  const [row] = await ask(database, 'select cast(unix_timestamp(now(3)) * 1000 as unsigned) as ms');
  return new Date(Number(row?.['ms']));
}

/** What SQLite finds wrong when it looks briefly; a database server looks after that itself. */
export async function brieflyFlawsIn(database: Database): Promise<string[]> {
  if (database.dialect !== 'sqlite') return [];
  const said = (await ask(database, 'pragma quick_check')).map((row) => Object.values(row)[0]);
  const orphans = await ask(database, 'pragma foreign_key_check');
  const flaws = said.filter((is) => is !== 'ok').map(String);
  return orphans.length === 0 ? flaws : [...flaws, `${orphans.length} rows refer to nothing`];
}

/** By id, whether a picture hangs somewhere; one that does not may be without its files. */
export async function picturesIn(database: Database): Promise<Map<string, boolean>> {
  if (!(await tablesIn(database)).includes('picture')) return new Map();
  const rows = await ask(database, 'select id, loose_since from picture');
  return new Map(rows.map(({ id, loose_since: since }) => [String(id), since === null]));
}

async function tablesIn(database: Database): Promise<string[]> {
  const sql =
    database.dialect === 'sqlite'
      ? "select name from sqlite_master where type = 'table'"
      : 'select table_name as name from information_schema.tables where table_schema = database()';
  return (await ask(database, sql)).map(({ name }) => String(name));
}

function ask({ orm }: Database, sql: string): Promise<Row[]> {
  return orm.em.getConnection().execute<Row[]>(sql);
}

function bare(name: string): string {
  return name.replace(/\.ts$/, '');
}
