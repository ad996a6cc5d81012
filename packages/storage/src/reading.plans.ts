import type { SqlEntityManager } from '@mikro-orm/sql';
import type { CompiledQuery, QueryExecutor, QueryId, RootOperationNode } from 'kysely';
import { MikroNames } from './reading.naming.ts';
import { type MapRows, readFrom } from './reading.rows.ts';
import { fits, type Shape, shapeOf } from './reading.shape.ts';
import { REACH, Slot, type Values } from './reading.slot.ts';
import { OwnRows } from './reading.tenancy.ts';

/** Of shapes that begin alike: lists of so many lengths, say. And of such beginnings. */
const MAX_ALIKE = 40;
const MAX_KEPT = 200;

/** Whose rows a query sees, and whether deleted ones; `tables`: storage's own, that are not narrowed. */
export type Narrowing = `${'none' | 'one' | 'all'} ${'hidden' | 'shown'}` | 'tables';

/** A statement that is ready to be asked: all of it that does not depend on values. */
export class Plan {
  readonly sql: string;
  readonly node: RootOperationNode;
  readonly mapRows: MapRows;
  readonly #parameters: readonly unknown[];
  readonly #names: MikroNames;

  constructor(
    { sql, query, parameters }: CompiledQuery,
    { mapRows, names }: { mapRows: MapRows; names: MikroNames },
  ) {
    this.sql = sql;
    this.node = query;
    this.mapRows = mapRows;
    this.#parameters = parameters;
    this.#names = names;
  }

  bound(values: Values, reach: string | null): unknown[] {
    return this.#parameters.map((one) => {
      if (!(one instanceof Slot)) return one;
      return this.#names.bound(one, one === REACH ? reach : one.in(values));
    });
  }
}

/** The plans of one database for one narrowing. */
export class Plans {
  readonly narrowing: Narrowing;
  readonly #names: MikroNames;
  readonly #own: OwnRows | undefined;
  readonly #kept = new Map<string, { shape: Shape; plan: Plan }[]>();

  constructor(em: SqlEntityManager, narrowing: Narrowing) {
    this.narrowing = narrowing;
    this.#names = new MikroNames(em);
    this.#own = ownRows(em, narrowing);
  }

  /** The plan of a query, made when its shape is new; and its values. */
  of(node: RootOperationNode, executor: QueryExecutor): { plan: Plan; values: unknown[] } {
    const beginning = beginningOf(node);
    const alike = this.#kept.get(beginning) ?? [];
    for (const [at, { shape, plan }] of alike.entries()) {
      const values: unknown[] = [];
      if (!fits(shape, node, values)) continue;
      if (at > 0) alike.unshift(...alike.splice(at, 1));
      return { plan, values };
    }
    const { shape, slotted, values } = shapeOf(node);
    const plan = this.make(slotted, executor);
    this.#keep(beginning, [{ shape, plan }, ...alike]);
    return { plan, values };
  }

  /** A plan of a query that has slots for its values. */
  make(slotted: RootOperationNode, executor: QueryExecutor): Plan {
    refuseOthers(slotted, this.narrowing);
    const queryId: QueryId = { queryId: this.narrowing };
    const named = this.#names.named(slotted, queryId);
    const narrowed = this.#own?.transformQuery({ node: named, queryId }) ?? named;
    const { node, mapRows } = readFrom(narrowed, (columns) =>
      this.#names.properties(columns, queryId),
    );
    return new Plan(executor.compileQuery(node, queryId), { mapRows, names: this.#names });
  }

  #keep(beginning: string, alike: { shape: Shape; plan: Plan }[]): void {
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= MAX_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(beginning, alike.slice(0, MAX_ALIKE));
  }
}

const ofDatabases = new WeakMap<object, Map<Narrowing, Plans>>();

export function plansOf(em: SqlEntityManager, narrowing: Narrowing): Plans {
  const metadata = em.getMetadata();
  const ofDatabase = ofDatabases.get(metadata) ?? new Map<Narrowing, Plans>();
  ofDatabases.set(metadata, ofDatabase);
  const plans = ofDatabase.get(narrowing) ?? new Plans(em, narrowing);
  ofDatabase.set(narrowing, plans);
  return plans;
}

function ownRows(em: SqlEntityManager, narrowing: Narrowing): OwnRows | undefined {
  if (narrowing === 'tables') return undefined;
  const reach = { none: null, one: REACH, all: 'all' as const };
  const [of, deleted] = narrowing.split(' ') as [keyof typeof reach, 'hidden' | 'shown'];
  return new OwnRows(em.getMetadata(), reach[of], deleted);
}

/** A query says by this for whom it was begun: in another it would see what that one sees. */
export interface Marked {
  narrowing?: Narrowing;
}

function refuseOthers(found: unknown, narrowing: Narrowing): void {
  if (typeof found !== 'object' || found === null || found instanceof Slot) return;
  const { narrowing: own = narrowing } = found as Marked;
  if (own !== narrowing) throw new Error(`reading() is "${narrowing}", and in it one is "${own}".`);
  for (const part of Object.values(found)) refuseOthers(part, narrowing);
}

interface Beginning {
  kind: string;
  from?: { froms: readonly object[] };
  into?: object;
  table?: object;
  selections?: readonly object[];
  joins?: readonly object[];
  orderBy?: { items: readonly object[] };
  limit?: object;
}

/** What most queries differ by that are not alike. */
function beginningOf(node: RootOperationNode): string {
  const { kind, from, into, table, selections, joins, orderBy, limit } = node as Beginning;
  const first = tableOf(from?.froms[0] ?? into ?? table);
  const counts = `${selections?.length} ${joins?.length} ${orderBy?.items.length}`;
  return `${kind} ${first} ${counts} ${limit === undefined}`;
}

interface TableLike {
  node?: TableLike;
  table?: { identifier: { name: string } };
}

function tableOf(found: TableLike | undefined): string | undefined {
  return found?.node ? tableOf(found.node) : found?.table?.identifier.name;
}
