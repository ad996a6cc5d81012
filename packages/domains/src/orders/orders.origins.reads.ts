import type { Reader } from '@comanda/storage/reading';
import { remembered } from '@comanda/storage/remembering';
import type { Placeholders } from '@comanda/storage/remembering.query';
import type { Order } from './orders.entity.ts';

const placed = remembered<typeof Order>()((rows, { origin }: Placeholders<{ origin: string }>) =>
  rows.selectFrom('Order').where('origin', '=', origin).select('id'),
);

/** An order of this origin, however long ago it was placed. */
export async function orderWithOrigin({ em }: Reader, origin: string): Promise<string | undefined> {
  return (await placed.first(em, { origin }))?.id;
}
