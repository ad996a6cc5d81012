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
      refuseOutOfReach(change, provenance);
      const original = uow.getOriginalEntityData(change.entity) ?? {};
      const entry = entryOf(change, original, provenance);
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
    before: told(meta as EntityMetadata, where),
    after: told(meta as EntityMetadata, set),
  });
  return true;
}

function entryOf(change: ChangeSet<object>, original: Values, provenance: Provenance) {
  const created = change.type === ChangeSetType.CREATE;
  const removed = change.type === ChangeSetType.DELETE;
  const payload = change.payload as Values;
  const before = Object.fromEntries(Object.keys(payload).map((key) => [key, original[key]]));
  return {
    ...authorship(provenance),
    restaurantId: restaurantOf(change.entity as Values, provenance),
    change: created ? 'created' : removed ? 'removed' : kindOfUpdate(payload),
    target: change.meta.className,
    targetId: String(change.getSerializedPrimaryKey()),
    before: created ? null : told(change.meta, removed ? original : before),
    after: removed ? null : told(change.meta, payload),
  };
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
  const shown = Object.entries(values).filter(
    ([key]) => !SILENT.has(key) && !properties[key as never]?.['hidden'],
  );
  return Object.fromEntries(
    shown.map(([key, value]) => [key, asTold(properties[key as never], value)]),
  );
}

/** As a program sees it, not as the database keeps it: SQLite has numbers for times, all have text for JSON and great numbers. */
function asTold(
  property: { runtimeType?: string; customType?: unknown } | undefined,
  value: unknown,
): unknown {
  if (property?.runtimeType === 'Date' && typeof value === 'number') return new Date(value);
  if (typeof value !== 'string') return value;
  if (property?.customType instanceof JsonType) return JSON.parse(value);
  return property?.customType instanceof BigIntType ? Number(value) : value;
}

function refuseOutOfReach({ meta, entity }: ChangeSet<object>, { reach }: Provenance): void {
  if (!meta.filters['tenant'] || reach === 'all') return;
  if ((entity as Values)['restaurantId'] === reach) return;
  throw new Error(`A ${meta.className} of another restaurant was about to be written.`);
}
