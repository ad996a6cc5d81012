import type { AnyEntity, EntityClass, EntityKey } from '@mikro-orm/core';
import type { InsertQueryBuilder, InsertResult } from 'kysely';
import { base } from './base.entity.ts';
import type { Database } from './connect.ts';
import { backstage, CHUNK, forgetRows } from './forgetting.ts';
import { type Tables, tablesOf } from './tables.ts';
import { inTransaction } from './transaction.ts';

// Statistics: their sums matter and no single change does, so nothing here is audited.

type Row<Entity> = { [Name in EntityKey<Entity>]: Entity[Name] };
type Insert = InsertQueryBuilder<Tables, string, InsertResult>;

interface Statistic {
  name: string;
  key: string;
  counters: string[];
}

/** Inserts rows; where one with the same key is there, its counters grow by those given. All or none. */
export async function addUp<Entity extends AnyEntity>(
  database: Database,
  entity: EntityClass<Entity>,
  rows: readonly Row<Entity>[],
): Promise<void> {
  const statistic = statisticOf(database, entity);
  if (rows.length === 0) return;
  const add = database.dialect === 'sqlite' ? addOnConflict : addOnDuplicate;
  const chunks = chunksOf(inOrder(rows, statistic));
  await inTransaction(backstage(database), async ({ em }) => {
    for (const chunk of chunks) {
      await add(tablesOf(em).insertInto(statistic.name).values(chunk), statistic).execute();
    }
  });
}

/** Takes out rows from before a point in time: a few at a time, so that others get their turn. */
export async function forgetBefore<Entity extends AnyEntity>(
  database: Database,
  entity: EntityClass<Entity>,
  { property, before }: { property: EntityKey<Entity>; before: Date },
): Promise<void> {
  const { name, key } = statisticOf(database, entity);
  await forgetRows(database, { name, key, property, before });
}

/** Refuses what is more than a statistic: its changes belong in the audit log. */
function statisticOf({ orm }: Database, entity: EntityClass<AnyEntity>): Statistic {
  const { className, properties, primaryKeys, props } = orm.getMetadata().get<AnyEntity>(entity);
  const [key, another] = primaryKeys;
  const numbers = props.filter(({ runtimeType, primary }) => runtimeType === 'number' && !primary);
  const isBusiness = Object.keys(base).some((column) => column in properties);
  if (key === undefined || another !== undefined || numbers.length === 0 || isBusiness) {
    throw new Error(`${className} is no statistic: write it through the unit of work.`);
  }
  return { name: className, key, counters: numbers.map(({ name }) => name) };
}

/** All lock rows in one order, so that no two wait for each other. */
function inOrder<Item extends object>(rows: readonly Item[], { key }: Statistic): Item[] {
  const keyOf = (row: Item) => String((row as Record<string, unknown>)[key]);
  return rows.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

function chunksOf<Item>(items: Item[]): Item[][] {
  const count = Math.ceil(items.length / CHUNK);
  return Array.from({ length: count }, (_, at) => items.slice(at * CHUNK, (at + 1) * CHUNK));
}

function addOnConflict(insert: Insert, { key, counters }: Statistic): Insert {
  return insert.onConflict((conflict) =>
    conflict
      .column(key)
      .doUpdateSet((eb) => each(counters, (name) => eb(name, '+', eb.ref(`excluded.${name}`)))),
  );
}

function addOnDuplicate(insert: Insert, { counters }: Statistic): Insert {
  return insert.onDuplicateKeyUpdate((eb) =>
    each(counters, (name) => eb(name, '+', eb.fn('values', [name]))),
  );
}

function each<Sum>(counters: string[], sum: (name: string) => Sum): Record<string, Sum> {
  return Object.fromEntries(counters.map((name) => [name, sum(name)]));
}
