import { fromMomentCursor, page, toMomentCursor } from '@comanda/kernel/page';
import { type Reader, reading } from '@comanda/storage/reading';
import type { Clock } from '@comanda/kernel/time';
import type { Account } from '../auth/auth.entity.ts';
import { nameOf } from '../shifts/shifts.reads.ts';
import type { Cart } from './cart.entity.ts';
import { idleSince } from './cart.reads.ts';
import type { CartCard, CartPage, ListCarts } from './cart.schema.ts';

const SHOWN = [
  'c.id',
  'c.ownerId',
  'c.guest',
  'c.lines',
  'c.createdAt',
  'c.updatedAt',
  'a.firstName',
  'a.lastName',
  'a.username',
] as const;

/** Those that are idle are empty to their owners, and none here. */
const carts = ({ em, clock }: Reader & { clock: Clock }) =>
  reading<typeof Cart | typeof Account>(em)
    .selectFrom('Cart as c')
    .leftJoin('Account as a', 'a.id', 'c.ownerId')
    .where('c.updatedAt', '>', idleSince(clock.now()))
    .select(SHOWN);
type Carts = ReturnType<typeof carts>;
type Row = Awaited<ReturnType<Carts['executeTakeFirstOrThrow']>>;

/** What was touched last comes first. */
export async function listCarts(
  ctx: Reader & { clock: Clock },
  input: ListCarts,
): Promise<CartPage> {
  const { cursor, limit, search, guests } = input;
  let query = carts(ctx);
  if (guests !== undefined) query = query.where('c.guest', '=', guests);
  if (search !== undefined) query = ofPeopleLike(query, search);
  if (cursor !== undefined) {
    const { at, id } = fromMomentCursor(cursor);
    query = query.where(({ eb, or, and }) =>
      or([eb('c.updatedAt', '<', at), and([eb('c.updatedAt', '=', at), eb('c.id', '<', id)])]),
    );
  }
  const rows = await query
    // Otherwise MariaDB walks through the carts of all restaurants by the index on this moment.
    .orderBy('c.restaurantId', 'desc')
    .orderBy('c.updatedAt', 'desc')
    .orderBy('c.id', 'desc')
    .limit(limit + 1)
    .execute();
  const at = ({ updatedAt, id }: Row) => toMomentCursor({ at: updatedAt, id });
  const { items, nextCursor } = page(rows, { limit, at });
  return { items: items.map(card), nextCursor };
}

function ofPeopleLike(query: Carts, search: string): Carts {
  const part = search.toLowerCase();
  return query.where(({ eb, or, fn, val }) => {
    const holds = (text: ReturnType<typeof fn<string>>) =>
      eb(fn<number>('instr', [fn('lower', [text]), val(part)]), '>', 0);
    const name = fn<string>('concat', ['a.firstName', val(' '), 'a.lastName']);
    return or([holds(name), holds(fn<string>('coalesce', ['a.username', val('')]))]);
  });
}

function card(row: Row): CartCard {
  const { id, ownerId, guest, lines, createdAt, updatedAt } = row;
  return {
    id,
    owner: guest ? null : { id: ownerId, name: nameOf(row) },
    lines: lines.length,
    units: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    subtotal: lines.reduce((sum, { quantity, unit }) => sum + quantity * unit, 0),
    createdAt,
    updatedAt,
  };
}
