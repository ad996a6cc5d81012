import { setImmediate as turn } from 'node:timers/promises';
import { type AnyEntity, type EntityClass, type FilterQuery } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { newId } from '@comanda/kernel/id';
import { AuditEntry } from './audit.entity.ts';
import { authorship } from './audit.ts';
import { CHUNK } from './forgetting.ts';
import { provenanceOf } from './provenance.ts';

// What tells of a person is taken out of rows that stay, in all restaurants, deleted rows included. The
// audit log goes on telling who changed what and when, and forgets what stood there.

type Values = Record<string, unknown>;

interface Blanked<Entity> {
  where: FilterQuery<Entity>;
  /** What stands there instead. */
  set: Partial<Entity>;
  /** The log of these rows is mostly about others: what is to go there is named by `forgetEntries`. */
  keepsLog?: boolean;
}

/** Blanks these columns of the rows that `where` finds. Rows that are blank already stay as they are. */
export async function blank<Entity extends AnyEntity>(
  em: SqlEntityManager,
  entity: EntityClass<Entity>,
  { where, set, keepsLog = false }: Blanked<Entity>,
): Promise<void> {
  refuseWithin(em);
  const told = Object.entries(set).map(([name, value]) => ({ [name]: { $ne: value } }));
  const full = await idsOf(em, entity, { $and: [where, { $or: told }] });
  for (const chunk of chunks(full)) {
    await overwrite(em, entity, { chunk, set });
    await turn();
  }
  // Of those as well that were blank before: what once stood there is in the log.
  if (!keepsLog) await forgetValues(em, entity, await idsOf(em, entity, where));
}

/** Takes out of the audit log what these rows held, and the addresses of whoever had not signed in. */
export async function forgetValues<Entity extends AnyEntity>(
  em: SqlEntityManager,
  entity: EntityClass<Entity>,
  ids: readonly string[],
): Promise<void> {
  refuseWithin(em);
  const { className: target } = em.getMetadata().get<Entity>(entity);
  for (const chunk of chunks(ids)) {
    const about = { target, targetId: { $in: chunk } };
    const values = { before: null, after: null };
    await em.nativeUpdate(AuditEntry, { ...about, ...someOf(values) }, values, EVERYWHERE);
    const stranger = { address: null };
    const asked = { ...about, ...someOf(stranger), actorId: null };
    await em.nativeUpdate(AuditEntry, asked, stranger, EVERYWHERE);
    // Some have thousands of rows, and SQLite answers before anybody else has a turn.
    await turn();
  }
}

type Told = Pick<AuditEntry, 'id' | 'targetId' | 'before' | 'after'>;

/** What the log tells of these rows. */
export async function toldOf<Entity extends AnyEntity>(
  em: SqlEntityManager,
  entity: EntityClass<Entity>,
  ids: readonly string[],
): Promise<Told[]> {
  const { className: target } = em.getMetadata().get<Entity>(entity);
  const about = { target, targetId: { $in: [...ids] } };
  const fields = ['targetId', 'before', 'after'] as const;
  return em.find(AuditEntry, about, { ...EVERYWHERE, fields });
}

/** Takes out what these rows of the log held. */
export async function forgetEntries(em: SqlEntityManager, ids: readonly string[]): Promise<void> {
  refuseWithin(em);
  const values = { before: null, after: null };
  for (const chunk of chunks(ids)) {
    await em.nativeUpdate(AuditEntry, { id: { $in: chunk } }, values, EVERYWHERE);
    await turn();
  }
}

/** Whether the log holds something of somebody from then on that tells who they were. */
export async function isNamedSince(
  em: SqlEntityManager,
  actorId: string,
  since: Date,
): Promise<boolean> {
  const named = someOf({ actorName: null, address: null });
  return (await em.count(AuditEntry, { actorId, at: { $gte: since }, ...named }, EVERYWHERE)) > 0;
}

/** Takes name and addresses of somebody out of all that they have done; their id stays. */
export async function forgetActor(em: SqlEntityManager, actorId: string): Promise<void> {
  refuseWithin(em);
  const set = { actorName: null, address: null };
  const ids = await idsOf(em, AuditEntry, { actorId, ...someOf(set) });
  for (const chunk of chunks(ids)) {
    await em.nativeUpdate(AuditEntry, { id: { $in: chunk } }, set, EVERYWHERE);
  }
}

/** The rows of a kind that somebody made, as the audit log tells; a few at a time. */
export async function madeBy<Entity extends AnyEntity>(
  em: SqlEntityManager,
  entity: EntityClass<Entity>,
  actorId: string,
): Promise<string[][]> {
  const { className: target } = em.getMetadata().get<Entity>(entity);
  const made = { actorId, target, change: 'created' };
  const rows = await em.find(AuditEntry, made, { ...EVERYWHERE, fields: ['targetId'] });
  return chunks(rows.map(({ targetId }) => targetId));
}

/** So many as one statement takes. */
export function chunks<Item>(items: readonly Item[]): Item[][] {
  const count = Math.ceil(items.length / CHUNK);
  return Array.from({ length: count }, (_, at) => items.slice(at * CHUNK, (at + 1) * CHUNK));
}

const EVERYWHERE = { filters: false, disableIdentityMap: true } as const;

function someOf(values: Values) {
  return { $or: Object.keys(values).map((name) => ({ [name]: { $ne: null } })) };
}

async function idsOf<Entity extends AnyEntity>(
  em: SqlEntityManager,
  entity: EntityClass<Entity>,
  where: object,
): Promise<string[]> {
  const rows = await em.find(entity, where, { ...EVERYWHERE, fields: ['id'] as never });
  return (rows as unknown as { id: string }[]).map(({ id }) => id);
}

/** With a row in the log for each, which tells that it was done. */
async function overwrite<Entity extends AnyEntity>(
  em: SqlEntityManager,
  entity: EntityClass<Entity>,
  { chunk, set }: { chunk: string[]; set: Partial<Entity> },
): Promise<void> {
  const provenance = provenanceOf(em);
  const { className: target, properties } = em.getMetadata().get<Entity>(entity);
  const has = (name: string) => name in properties;
  const where = { id: { $in: chunk } };
  const changed = {
    ...(has('updatedAt') && { updatedAt: provenance.clock.now() }),
    ...set,
  };
  await em.nativeUpdate(entity, where as never, changed, EVERYWHERE);
  const fields = has('restaurantId') ? ['id', 'restaurantId'] : ['id'];
  const rows = await em.find(entity, where as never, { ...EVERYWHERE, fields: fields as never });
  await em.insertMany(
    AuditEntry,
    (rows as unknown as { id: string; restaurantId?: string }[]).map((row) => ({
      id: newId(),
      ...authorship(provenance),
      restaurantId: row.restaurantId ?? null,
      change: 'erased',
      target,
      targetId: row.id,
      before: null,
      after: null,
    })),
  );
}

/** A person is erased everywhere or not at all. */
function refuseWithin(em: SqlEntityManager): void {
  if (!em.isInTransaction()) throw new Error('A person is erased in one transaction.');
  if (provenanceOf(em).reach !== 'all') throw new Error('A person is erased in all restaurants.');
}
