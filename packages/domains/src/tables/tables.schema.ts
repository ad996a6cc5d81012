import { PageInput, pageOf } from '@comanda/kernel/page';
import { line } from '@comanda/kernel/text';
import { z } from 'zod';

const Id = z.uuid().toLowerCase();
/** Left out: the restaurant of the session. An admin may name another. */
const restaurantId = Id.optional();
const Name = line(40);
const Seats = z.int().min(1).max(50);

export const TableView = z.object({
  id: z.uuid(),
  name: z.string(),
  /** Where it stands; null: nobody said. */
  section: z.string().nullable(),
  seatsMin: z.int(),
  seatsMax: z.int(),
  /** Tables of one group can be put together. */
  joinGroup: z.string().nullable(),
  active: z.boolean(),
  version: z.int(),
});
export type TableView = z.infer<typeof TableView>;

export const ListTables = z
  .strictObject({
    restaurantId,
    ...PageInput,
    /** Longer than others: it holds two names, in whatever script. */
    cursor: z.string().max(400).optional(),
    section: Name.optional(),
    active: z.boolean().optional(),
  })
  .prefault({});
export type ListTables = z.infer<typeof ListTables>;
export const TablePage = pageOf(TableView);
export type TablePage = z.infer<typeof TablePage>;

export const CreateTable = z.strictObject({
  restaurantId,
  name: Name,
  section: Name.nullable().default(null),
  seatsMin: Seats.default(1),
  seatsMax: Seats,
  joinGroup: Name.nullable().default(null),
  active: z.boolean().default(true),
});
export type CreateTable = z.infer<typeof CreateTable>;

export const NameTable = z.strictObject({ restaurantId, tableId: Id });
export type NameTable = z.infer<typeof NameTable>;

export const UpdateTable = NameTable.extend({
  expectedVersion: z.int().optional(),
  name: Name.optional(),
  section: Name.nullable().optional(),
  seatsMin: Seats.optional(),
  seatsMax: Seats.optional(),
  joinGroup: Name.nullable().optional(),
  active: z.boolean().optional(),
});
export type UpdateTable = z.infer<typeof UpdateTable>;

export const RemovedTable = z.object({ id: z.uuid() });
export type RemovedTable = z.infer<typeof RemovedTable>;
