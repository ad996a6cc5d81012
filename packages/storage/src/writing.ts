import {
  type EntityClass,
  type EntityKey,
  type EntityMetadata,
  OptimisticLockError,
} from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { type Entry, entryOf, refuseOutOfReach } from './audit.ts';
import { AuditEntry } from './audit.entity.ts';
import { rowChanges } from './editions.ts';
import { executed } from './executing.ts';
import { type Provenance, provenanceOf } from './provenance.ts';
import { inserted, type Table, tableOf } from './writing.tables.ts';

type Values = Record<string, unknown>;

/** What a row keeps: of another row its id. */
export type RowOf<Entity> = { [Name in EntityKey<Entity>]: Kept<Entity[Name]> };
type Kept<Value> = Value extends { id: string } ? string : Value;

type Filled = 'id' | 'createdAt' | 'updatedAt' | 'deletedAt' | 'version';

/** What is filled in may be left out. */
export type NewRow<Entity> = Omit<RowOf<Entity>, Filled> &
  Partial<Pick<RowOf<Entity>, Filled & keyof RowOf<Entity>>>;

/** Of a row that is held: by what it is found, and what was there. */
type HeldRow<Entity, Set> = Pick<
  RowOf<Entity>,
  keyof RowOf<Entity> & (keyof Set | 'id' | 'version' | 'restaurantId')
>;

interface Write {
  text: string;
  values: unknown[];
  /** Set where it has to find the row as it was seen. */
  versionOf?: string;
}

/**
 * Writes rows as a flush would, with their audit rows, editions and versions, in as few statements as it
 * takes: for what is written often. All it is told of is written by one `write`, or nothing is.
 */
export class Writing {
  readonly #em: SqlEntityManager;
  readonly #provenance: Provenance;
  #writes: Write[] = [];
  #entries: Entry[] = [];

  constructor(em: SqlEntityManager) {
    if (!em.isInTransaction()) throw new Error('Rows and their audit belong in one transaction.');
    this.#em = em;
    this.#provenance = provenanceOf(em);
  }

  /** New rows, all with the same columns; answers them as they will be. */
  create<Entity extends object>(
    entity: EntityClass<Entity>,
    rows: readonly NewRow<Entity>[],
  ): RowOf<Entity>[] {
    const table = this.#tableOf(entity);
    const made = rows.map((row) => table.filled(row as Values, this.#em));
    for (const row of made) this.#note(table, { before: null, after: row });
    if (made.length > 0) this.#writes.push(table.insert(made));
    return made.map((row) => table.whole(row)) as RowOf<Entity>[];
  }

  /** Changes what is different of a row that was read, and its version; refuses to find another version there. Answers whether anything is. */
  change<Entity extends object, Set extends Partial<RowOf<Entity>>>(
    entity: EntityClass<Entity>,
    held: HeldRow<Entity, Set>,
    set: Set,
  ): boolean {
    const table = this.#tableOf(entity);
    const change = table.changed(held, set, this.#em);
    if (!change) return false;
    this.#note(table, { before: held, after: change });
    this.#writes.push(table.update(held, change));
    return true;
  }

  async write(): Promise<void> {
    const writes = this.#writes;
    const entries = this.#entries;
    this.#writes = [];
    this.#entries = [];
    for (const { text, values, versionOf } of writes) {
      const { hit } = await executed(this.#em, text, values);
      if (versionOf !== undefined && hit !== 1) throw OptimisticLockError.lockFailed(versionOf);
    }
    if (entries.length === 0) return;
    const audit = this.#tableOf(AuditEntry);
    await inserted(
      this.#em,
      AuditEntry,
      entries.map((entry) => audit.filled(entry, this.#em)),
    );
  }

  #note({ meta }: Table, { before, after }: { before: Values | null; after: Values }): void {
    const row: Values = { ...before, ...after };
    refuseOutOfReach(meta, row, this.#provenance);
    this.#entries.push(
      entryOf(meta, { id: String(row['id']), row, before, after }, this.#provenance),
    );
    rowChanges(this.#em, meta.className, { row, before: before ?? {}, after });
  }

  #tableOf(entity: EntityClass<object>): Table {
    return tableOf(this.#em.getMetadata().get(entity) as EntityMetadata, this.#em.getPlatform());
  }
}

/** For what is written often, in the place of a unit of work. */
export function writing(em: SqlEntityManager): Writing {
  return new Writing(em);
}
