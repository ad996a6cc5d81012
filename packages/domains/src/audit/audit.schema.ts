import { Moment } from '@comanda/kernel/moment.schema';
import { PageInput, pageOf } from '@comanda/kernel/page';
import { words } from '@comanda/kernel/text';
import { z } from 'zod';

const Id = z.uuid().toLowerCase();

/** What was written of a row; what nobody but its owner may know was never written. */
const Values = z.record(z.string(), z.unknown()).nullable();

export const AuditView = z.object({
  id: z.uuid(),
  at: z.date(),
  /** Null: nobody was signed in, or the house itself. */
  actorId: z.uuid().nullable(),
  /** As they were called then. */
  actor: z.string().nullable(),
  role: z.string(),
  restaurantId: z.uuid().nullable(),
  /** The procedure, or what happened beside one. */
  action: z.string(),
  change: z.string(),
  target: z.string(),
  targetId: z.string(),
  before: Values,
  after: Values,
  requestId: z.string(),
  address: z.string().nullable(),
});
export type AuditView = z.infer<typeof AuditView>;

export const ListAudit = z
  .strictObject({
    /** Left out: the restaurant of the session. An admin may name another. */
    restaurantId: Id.optional(),
    ...PageInput,
    limit: z.int().min(1).max(100).default(100),
    /** Somebody’s id, or a part of their name. */
    actor: words(200).optional(),
    /** `orders.place`, or `orders` for all of them. */
    action: words(100).optional(),
    /** A kind of row, such as `Order`. */
    target: words(60).optional(),
    targetId: words(100).optional(),
    /** From where it was done: the whole address, as it is told. */
    address: words(45).toLowerCase().optional(),
    from: Moment.optional(),
    to: Moment.optional(),
    /** Also what happened in no restaurant, and in all others; for admins. */
    everywhere: z.boolean().default(false),
    /** Whether to count all that fits, not only this page. */
    count: z.boolean().default(false),
  })
  .prefault({});
export type ListAudit = z.infer<typeof ListAudit>;

export const AuditPage = pageOf(AuditView).extend({
  /** How many fit; null unless it was asked. */
  total: z.int().nullable(),
});
export type AuditPage = z.infer<typeof AuditPage>;
