import { randomBytes } from 'node:crypto';
import type {
  AnyEntity,
  EntityClass,
  EventSubscriber,
  FlushEventArgs,
  TransactionEventArgs,
} from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Kysely } from 'kysely';
import { Edition } from './editions.entity.ts';
import { provenanceOf } from './provenance.ts';
import { OneWriterDriver } from './sqlite.ts';
import { askingTables, rememberedTables } from './tables.ts';

type Values = Record<string, unknown>;

/** The edition of what is shown of all restaurants together. */
export const EVERYWHERE = 'everywhere';

/** How a row of an entity is shown to anybody. */
interface Display {
  /** In whose editions it is. */
  in: (row: Values) => (string | undefined)[];
  /** What is shown of some columns is less than what is kept: by itself their change is no new edition. */
  lessOf?: { columns: string[]; shown: (row: Values) => unknown };
}

const displays = new Map<string, Display>();

/** Says that anybody is shown rows of this entity: a change of one makes a new edition, in its transaction. */
export function showToAll(entity: EntityClass<AnyEntity>, display: Display): void {
  displays.set(entity.name, display);
}

const namesOf = rememberedTables<{ restaurantIds: string[] }>((rows, { restaurantIds }) =>
  rows
    .selectFrom(Edition.name)
    .where('restaurantId', 'in', restaurantIds)
    .select(['restaurantId', 'name']),
);

/** The name of the edition that is on show; nothing where there was never a change. */
export async function editionOf(
  em: SqlEntityManager,
  restaurantId: string,
): Promise<string | undefined> {
  const [row] = await namesOf.ask(askingTables(em), { restaurantIds: [restaurantId] });
  return row?.['name'] as string | undefined;
}

/** What editions are on show, by whose they are. */
export type Editions = Readonly<Record<string, string>>;

/** The name of one that was never changed. */
export const FIRST = 'first';

/** What these have on show right now. */
export async function editionsOf(em: SqlEntityManager, whose: string[]): Promise<Editions> {
  const rows = await namesOf.ask(askingTables(em), { restaurantIds: whose });
  return Object.fromEntries(rows.map((row) => [row['restaurantId'], row['name']]));
}

/** Whether all that something was made of is still on show. */
export function areOf(shown: Editions, made: Editions): boolean {
  return Object.entries(made).every(([whose, name]) => (shown[whose] ?? FIRST) === name);
}

/** For a change that no unit of work sees; belongs in the transaction of that change. */
export function editionChanges(em: SqlEntityManager, entity: string, named: Values): void {
  const { reach } = provenanceOf(em);
  const row = { ...(reach !== 'all' && reach !== null && { restaurantId: reach }), ...named };
  changeIn(em.getTransactionContext() ?? em, displays.get(entity)?.in(row) ?? []);
}

/** The same for a row that was written whole: where what is shown of it stays as it was, there is no new edition. */
export function rowChanges(em: SqlEntityManager, entity: string, change: RowChange): void {
  const display = displays.get(entity);
  if (!display) return;
  const unread = display.lessOf?.columns.find((column) => !(column in change.row));
  if (unread) throw new Error(`A ${entity} was changed whose ${unread} nobody has read.`);
  if (!isSeen(change, display)) return;
  changeIn(em.getTransactionContext() ?? em, display.in(change.row));
}

/** In whose editions something changes, by transaction; without one, by the unit of work that begins it. */
const changing = new WeakMap<object, Set<string>>();

function changeIn(work: object, editions: readonly (string | undefined)[]): void {
  const changed = changing.get(work) ?? new Set<string>();
  for (const edition of editions) {
    if (edition === undefined) throw new Error('Nobody knows whose edition this changes.');
    changed.add(edition);
  }
  changing.set(work, changed);
}

/**
 * Names a new edition for every restaurant of which something that anybody sees has changed. As the last
 * thing before the commit: whoever changes something else there waits for no longer than that.
 */
export class EditionSubscriber implements EventSubscriber {
  onFlush({ em, uow }: FlushEventArgs): void {
    const work = em.getTransactionContext() ?? em;
    for (const change of uow.getChangeSets()) {
      const display = displays.get(change.meta.className);
      if (!display) continue;
      const original = (uow.getOriginalEntityData(change.entity) ?? {}) as Values;
      const { entity: row, payload: after } = change as { entity: Values; payload: Values };
      if (isSeen({ before: original, after }, display)) changeIn(work, display.in(row));
    }
  }

  async beforeTransactionCommit({ em, transaction }: TransactionEventArgs): Promise<void> {
    for (const work of [transaction as object | undefined, em]) {
      const changed = work && changing.get(work);
      if (!changed) continue;
      changing.delete(work);
      const rows = transaction as unknown as Kysely<Record<'edition', Record<string, unknown>>>;
      const isSqlite = em.getDriver() instanceof OneWriterDriver;
      // All in one order, so that no two wait for each other.
      for (const restaurant_id of [...changed].toSorted()) {
        const name = randomBytes(12).toString('base64url');
        const insert = rows.insertInto('edition').values({ restaurant_id, name });
        await (
          isSqlite
            ? insert.onConflict((on) => on.column('restaurant_id').doUpdateSet({ name }))
            : insert.onDuplicateKeyUpdate({ name })
        ).execute();
      }
    }
  }
}

/** They change with every write. */
const SILENT = new Set(['updatedAt', 'version']);

interface RowChange {
  row: Values;
  before: Values;
  /** What is different. */
  after: Values;
}

function isSeen({ before, after }: Omit<RowChange, 'row'>, { lessOf }: Display): boolean {
  const changed = Object.keys(after).filter((column) => !SILENT.has(column));
  if (!lessOf || !changed.every((column) => lessOf.columns.includes(column))) return true;
  return lessOf.shown(before) !== lessOf.shown({ ...before, ...after });
}
