import {
  BigIntType,
  type ChangeSet,
  ChangeSetType,
  type EntityMetadata,
  type EntityName,
  type EventSubscriber,
  type FlushEventArgs,
  JsonType,
  raw,
} from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { newId } from '@comanda/kernel/id';
import { AuditEntry } from './audit.entity.ts';
import { editionChanges } from './editions.ts';
import { type Provenance, provenanceOf } from './provenance.ts';

type Values = Record<string, unknown>;

/** Columns that tell nothing: they change with every write. */
const SILENT = new Set(['updatedAt', 'version', 'createdAt']);

/** Writes one audit row for every changed row, in the same transaction; refuses what is out of reach. */
export class AuditSubscriber implements EventSubscriber {
  onFlush({ em, uow }: FlushEventArgs): void {
    const provenance = provenanceOf(em);
    for (const change of uow.getChangeSets()) {
      if (change.meta.class === AuditEntry) continue;
      refuseOutOfReach(change.meta, change.entity as Values, provenance);
      const original = uow.getOriginalEntityData(change.entity) ?? {};
      const entry = entryOf(change.meta, rowsOf(change, original), provenance);
      uow.computeChangeSet(em.create(AuditEntry, entry, { persist: false }));
    }
  }
}

/** An audit row for what changes no row of its own: a failed sign-in, an opened vault. */
export function note(
  em: SqlEntityManager,
  what: { action?: string; target: string; targetId: string; after?: Values },
): void {
  const provenance = provenanceOf(em);
  em.create(AuditEntry, {
    ...authorship(provenance),
    restaurantId: restaurantOf({}, provenance),
    ...(what.action && { action: what.action }),
    change: 'noted',
    target: what.target,
    targetId: what.targetId,
    before: null,
    after: what.after ?? null,
  });
}

/**
 * Compare and set: one conditional UPDATE with its audit row, for what races.
 * Answers whether the row was as expected.
 */
export async function changeIf<Entity extends object>(
  em: SqlEntityManager,
  name: EntityName<Entity>,
  { where, set }: { where: Values & { id: string }; set: Values },
): Promise<boolean> {
  const provenance = provenanceOf(em);
  if (!em.isInTransaction())
    throw new Error('changeIf and its audit row belong in one transaction.');
  const now = provenance.clock.now();
  const meta = em.getMetadata().get(name);
  const bump = meta.versionProperty ? { [meta.versionProperty]: raw('version + 1') } : {};
  const changed = await em.nativeUpdate(
    name,
    where as never,
    { updatedAt: now, ...bump, ...set } as never,
  );
  if (changed === 0) return false;
  editionChanges(em, meta.className, where);
  await em.insert(AuditEntry, {
    id: newId(),
    ...authorship(provenance),
    restaurantId: restaurantOf(where, provenance),
    change: 'updated',
    target: meta.className,
    targetId: where.id,
    before: told(meta as EntityMetadata, seen(meta as EntityMetadata, where)),
    after: told(meta as EntityMetadata, seen(meta as EntityMetadata, set)),
  });
  return true;
}

/** A row before and after a change of it, each as a program sees it. */
export interface Change {
  id: string;
  /** All that is known of it. */
  row: Values;
  /** Null for a new one; may be more than what changes. */
  before: Values | null;
  /** What changes; null where it is removed. */
  after: Values | null;
}

export type Entry = ReturnType<typeof entryOf>;

/** What the log tells of a change. */
export function entryOf(
  meta: EntityMetadata,
  { id, row, before, after }: Change,
  provenance: Provenance,
) {
  const former = before && (after ? picked(before, Object.keys(after)) : before);
  return {
    ...authorship(provenance),
    restaurantId: restaurantOf(row, provenance),
    change: before === null ? 'created' : after === null ? 'removed' : kindOfUpdate(after),
    target: meta.className,
    targetId: id,
    before: former && told(meta, former),
    after: after && told(meta, after),
  };
}

function rowsOf(change: ChangeSet<object>, original: Values): Change {
  const payload = change.payload as Values;
  const row = change.entity as Values;
  const before = change.type === ChangeSetType.CREATE ? null : seen(change.meta, original);
  const after = change.type === ChangeSetType.DELETE ? null : seen(change.meta, payload);
  return { id: String(change.getSerializedPrimaryKey()), row, before, after };
}

function picked(values: Values, keys: string[]): Values {
  return Object.fromEntries(keys.map((key) => [key, values[key]]));
}

function kindOfUpdate(payload: Values): string {
  if (!('deletedAt' in payload)) return 'updated';
  return payload['deletedAt'] === null ? 'restored' : 'deleted';
}

/** Who changes something now, as a row of the log tells it. */
export function authorship({ author, clock }: Provenance) {
  return { ...author, at: clock.now() };
}

function restaurantOf(entity: Values, { reach }: Provenance): string | null {
  const own = entity['restaurantId'];
  if (typeof own === 'string') return own;
  return reach === 'all' ? null : reach;
}

/** What may be told: no secrets (hidden columns), no noise. */
function told({ properties }: EntityMetadata, values: Values): Values {
  const all: Values = {};
  for (const key of Object.keys(values)) {
    if (!SILENT.has(key) && !properties[key as never]?.['hidden']) all[key] = values[key];
  }
  return all;
}

/** As a program sees it, not as the database keeps it: SQLite has numbers for times, all have text for JSON and great numbers. */
function seen({ properties }: EntityMetadata, values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, asSeen(properties[key as never], value)]),
  );
}

function asSeen(
  property: { runtimeType?: string; customType?: unknown } | undefined,
  value: unknown,
): unknown {
  if (property?.runtimeType === 'Date' && typeof value === 'number') return new Date(value);
  if (typeof value !== 'string') return value;
  if (property?.customType instanceof JsonType) return JSON.parse(value);
  return property?.customType instanceof BigIntType ? Number(value) : value;
}

export function refuseOutOfReach(
  { className, filters }: EntityMetadata,
  row: Values,
  { reach }: Provenance,
): void {
  if (!filters['tenant'] || reach === 'all' || row['restaurantId'] === reach) return;
  throw new Error(`A ${className} of another restaurant was about to be written.`);
}
