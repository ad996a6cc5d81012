import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { violatedUnique } from '@comanda/storage/failures';
import { inTransaction, LockMode } from '@comanda/storage/transaction';
import type { PlacedContext } from '../context.ts';
import { Restaurant } from '../restaurants/restaurants.entity.ts';
import { DiningTable } from './tables.entity.ts';
import { tableErrors } from './tables.errors.ts';
import { isReserved, showTable } from './tables.reads.ts';
import { refuseSeats } from './tables.rules.ts';
import type {
  CreateTable,
  NameTable,
  RemovedTable,
  TableView,
  UpdateTable,
} from './tables.schema.ts';

/** A removed table of that name comes back, so that what was done at it stays with it. */
export function createTable(ctx: PlacedContext, input: CreateTable): Promise<TableView> {
  const { restaurantId: _, ...said } = input;
  refuseSeats(said);
  return inTransaction(ctx, async (ctx) => {
    const { em, restaurantId } = ctx;
    const named = { name: said.name };
    const kept = await em.findOne(DiningTable, named, { filters: { notDeleted: false } });
    if (kept && kept.deletedAt === null) throw tableErrors.TABLE_NAME_TAKEN();
    const table = kept ?? em.create(DiningTable, { restaurantId, ...said });
    if (kept) em.assign(kept, { ...said, deletedAt: null });
    await saved(ctx);
    return showTable(ctx, table.id);
  });
}

export function updateTable(ctx: PlacedContext, input: UpdateTable): Promise<TableView> {
  const { restaurantId: _, tableId, expectedVersion, ...changes } = input;
  return inTransaction(ctx, async (ctx) => {
    const table = await tableOf(ctx, tableId);
    if (expectedVersion !== undefined && expectedVersion !== table.version) {
      throw kernelErrors.VERSION_CONFLICT();
    }
    if (changes.active === false) await refuseReserved(ctx, tableId);
    for (const [name, value] of Object.entries(changes)) {
      if (value !== undefined) Object.assign(table, { [name]: value });
    }
    refuseSeats(table);
    await saved(ctx);
    return showTable(ctx, tableId);
  });
}

/** Its name stays taken, for the day it comes back. */
export function removeTable(ctx: PlacedContext, { tableId }: NameTable): Promise<RemovedTable> {
  return inTransaction(ctx, async (ctx) => {
    const table = await tableOf(ctx, tableId);
    await refuseReserved(ctx, tableId);
    table.deletedAt = ctx.clock.now();
    await ctx.em.flush();
    return { id: tableId };
  });
}

/** Bookings hold the restaurant: nobody takes the table meanwhile. */
async function refuseReserved(ctx: PlacedContext, tableId: string): Promise<void> {
  const lockMode = LockMode.PESSIMISTIC_WRITE;
  await ctx.em.findOneOrFail(Restaurant, ctx.restaurantId, { lockMode });
  if (await isReserved(ctx, tableId)) throw tableErrors.TABLE_RESERVED();
}

async function tableOf({ em }: PlacedContext, id: string): Promise<DiningTable> {
  const table = await em.findOne(DiningTable, id);
  if (!table) throw kernelErrors.NOT_FOUND({ what: 'table' });
  return table;
}

async function saved({ em }: PlacedContext): Promise<void> {
  try {
    await em.flush();
  } catch (error) {
    if (violatedUnique(error)?.includes('name')) throw tableErrors.TABLE_NAME_TAKEN();
    throw error;
  }
}
