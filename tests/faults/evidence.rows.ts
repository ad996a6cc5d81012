import { isDeepStrictEqual } from 'node:util';
import { entities } from '@comanda/domains/entities';
import type { DiningTable } from '@comanda/domains/tables/tables.entity';
import type { AuditEntry } from '@comanda/storage/audit.entity';
import type { EntityManager } from '@comanda/storage/connect';

/** As all of them are, but for columns that are not looked at here. */
type EntityClass = typeof DiningTable;

export interface RowEvidence {
  /** Rows that are not as the log tells, or not changed as often as it tells, or elsewhere. */
  unlike: unknown[];
  /** What is told of rows that are not there, and not told to have gone. */
  unfounded: unknown[];
}

/** Statistics, and what is made anew from audited rows: words to search by, and tables that are held. */
const UNAUDITED = ['UsageHour', 'MenuWord', 'TableHold'];

/** Every row that is kept, held against what the log tells of it from its making on. */
export async function rowsAgainst(
  em: EntityManager,
  entries: readonly AuditEntry[],
): Promise<RowEvidence> {
  const lives = Map.groupBy(
    entries.filter(({ change }) => change !== 'noted'),
    ({ target, targetId }) => `${target} ${targetId}`,
  );
  const unlike: unknown[] = [];
  for (const entity of entities as readonly unknown[] as readonly EntityClass[]) {
    if (UNAUDITED.includes(entity.name)) continue;
    for (const row of await em.find(entity, {}, { filters: false })) {
      const name = `${entity.name} ${row.id}`;
      const wrong = differences(lives.get(name) ?? [], shownIn(em, entity, row));
      if (wrong.length > 0) unlike.push({ name, wrong });
      lives.delete(name);
    }
  }
  const unfounded = [...lives].filter(([, life]) => !isWhole(life)).map(([name]) => name);
  return { unlike, unfounded };
}

interface Row {
  id: string;
  version?: number;
  restaurantId?: string | null;
}

function isWhole(life: readonly AuditEntry[]): boolean {
  return life[0]?.change === 'created' && life.at(-1)?.change === 'removed';
}

interface Shown {
  /** How often it was written; undefined for what is never changed. */
  version: number | undefined;
  /** Whose it is; undefined for rows of no restaurant at all. */
  restaurantId: string | null | undefined;
  values: Values;
}
type Values = Record<string, unknown>;

function differences(life: readonly AuditEntry[], row: Shown): unknown[] {
  const [made, ...later] = life.map(({ change }) => change);
  const values = worn(Object.assign({}, ...life.map(({ after }) => after)));
  const places = new Set(life.map(({ restaurantId }) => restaurantId));
  const isHere =
    row.restaurantId === undefined || isDeepStrictEqual([...places], [row.restaurantId]);
  const isOften = row.version === undefined ? later.length === 0 : row.version === life.length;
  return [
    ...(made === 'created' && !later.includes('created') ? [] : [{ made, later }]),
    ...(isOften ? [] : [{ version: row.version, told: life.length }]),
    ...(isHere ? [] : [{ restaurantId: row.restaurantId, places }]),
    ...(isDeepStrictEqual(values, row.values) ? [] : [{ values, kept: row.values }]),
  ];
}

/** Columns that change with every write; the key stands beside the values. */
const SILENT = ['id', 'createdAt', 'updatedAt', 'version'];

function shownIn(em: EntityManager, entity: EntityClass, row: Row): Shown {
  const { props } = em.getMetadata().get(entity);
  const values = Object.fromEntries(
    props
      .filter(({ name, hidden }) => !hidden && !SILENT.includes(name))
      .map(({ name }) => [name, keyOf((row as unknown as Values)[name])]),
  );
  return { version: row.version, restaurantId: row.restaurantId, values: worn(values) };
}

/** Of another row its key is told. */
function keyOf(value: unknown): unknown {
  const isRow = typeof value === 'object' && value !== null && '__meta' in value;
  return isRow ? (value as unknown as Row).id : value;
}

/** As the log keeps it: JSON, and nothing of what is not there. */
function worn(values: Values): Values {
  const told = JSON.parse(JSON.stringify(values)) as Values;
  return Object.fromEntries(
    Object.entries(told).filter(([name, value]) => value !== null && !SILENT.includes(name)),
  );
}
