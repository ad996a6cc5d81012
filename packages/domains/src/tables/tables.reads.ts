import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { fromCursor, page } from '@comanda/kernel/page';
import { type Clock, MINUTE } from '@comanda/kernel/time';
import { type Reader, reading } from '@comanda/storage/reading';
import type { TableHold } from '../reservations/reservations.entity.ts';
import type { DiningTable } from './tables.entity.ts';
import type { ListTables, TablePage, TableView } from './tables.schema.ts';

const SHOWN = [
  'id',
  'name',
  'section',
  'seatsMin',
  'seatsMax',
  'joinGroup',
  'active',
  'version',
] as const;

const tables = ({ em }: Reader) => reading<typeof DiningTable>(em).selectFrom('DiningTable');

/** Those of no section come first. */
export async function listTables(ctx: Reader, input: ListTables): Promise<TablePage> {
  const { cursor, limit, section, active } = input;
  let query = tables(ctx).select(SHOWN);
  if (section !== undefined) query = query.where('section', '=', section);
  if (active !== undefined) query = query.where('active', '=', active);
  if (cursor !== undefined) {
    const [afterSection, afterName = ''] = fromCursor(cursor, 2);
    query = query.where(({ eb, or, and, fn, val }) => {
      const own = fn.coalesce('section', val(''));
      const later = and([eb(own, '=', afterSection), eb('name', '>', afterName)]);
      return or([eb(own, '>', afterSection), later]);
    });
  }
  const rows = await query
    .orderBy(({ fn, val }) => fn.coalesce('section', val('')))
    .orderBy('name')
    .limit(limit + 1)
    .execute();
  return page(rows, { limit, at: (table) => [table.section ?? '', table.name] });
}

export async function showTable(ctx: Reader, id: string): Promise<TableView> {
  const row = await tables(ctx).where('id', '=', id).select(SHOWN).executeTakeFirst();
  if (!row) throw kernelErrors.NOT_FOUND({ what: 'table' });
  return row;
}

/** Whether anybody holds it, from now on. */
export async function isReserved(
  { em, clock }: Reader & { clock: Clock },
  tableId: string,
): Promise<boolean> {
  const hold = await reading<typeof TableHold>(em)
    .selectFrom('TableHold')
    .where('tableId', '=', tableId)
    .where('quarter', '>=', Math.floor(clock.now().getTime() / (15 * MINUTE)))
    .select('quarter')
    .limit(1)
    .executeTakeFirst();
  return hold !== undefined;
}

/** A table where guests may be seated; undefined: there is none such. */
export function tableNamed(
  ctx: Reader,
  tableId: string,
): Promise<{ id: string; name: string } | undefined> {
  return tables(ctx)
    .where('id', '=', tableId)
    .where('active', '=', true)
    .select(['id', 'name'])
    .executeTakeFirst();
}
