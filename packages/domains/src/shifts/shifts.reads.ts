import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { fromMomentCursor, page, toMomentCursor } from '@comanda/kernel/page';
import { after, type Clock, MINUTE } from '@comanda/kernel/time';
import { type Reader, reading } from '@comanda/storage/reading';
import type { Account } from '../auth/auth.entity.ts';
import type { Timecard } from '../timecards/timecards.entity.ts';
import type { Shift } from './shifts.entity.ts';
import { isOpenTo, LONGEST_MS, overlaps, type Span } from './shifts.rules.ts';
import type { ListOwnShifts, ListShifts, ShiftPage, ShiftView } from './shifts.schema.ts';

type Tables = typeof Shift | typeof Account;

const SHOWN = [
  's.id',
  's.personId',
  's.startsAt',
  's.endsAt',
  's.state',
  's.note',
  's.version',
  'a.firstName',
  'a.lastName',
  'a.username',
] as const;

const shifts = ({ em }: Reader) =>
  reading<Tables>(em)
    .selectFrom('Shift as s')
    .leftJoin('Account as a', 'a.id', 's.personId')
    .select(SHOWN);
type Query = ReturnType<typeof shifts>;
type Row = Awaited<ReturnType<Query['executeTakeFirstOrThrow']>>;

/** By their start. Drafts only for those who plan. */
export function listShifts(
  ctx: Reader,
  input: ListShifts,
  { drafts }: { drafts: boolean },
): Promise<ShiftPage> {
  const { personId, state } = input;
  let query = shifts(ctx);
  if (personId !== undefined) query = query.where('s.personId', '=', personId);
  if (state !== undefined) query = query.where('s.state', '=', state);
  if (!drafts) query = query.where('s.state', '!=', 'draft');
  return paged(query, input);
}

/** What somebody is to work, by its start. */
export function listOwnShifts(
  ctx: Reader & { clock: Clock; actor: { id: string } },
  input: ListOwnShifts,
): Promise<ShiftPage> {
  const query = shifts(ctx)
    .where('s.personId', '=', ctx.actor.id)
    .where('s.state', '=', 'published');
  return paged(query, { ...input, from: input.from ?? ctx.clock.now() });
}

async function paged(
  query: Query,
  { from, to, cursor, limit }: Pick<ListShifts, 'from' | 'to' | 'cursor' | 'limit'>,
): Promise<ShiftPage> {
  let asked = query;
  if (from !== undefined) {
    // No shift is longer, so that the index by start is of use.
    asked = asked.where('s.startsAt', '>', after(from, -LONGEST_MS)).where('s.endsAt', '>', from);
  }
  if (to !== undefined) asked = asked.where('s.startsAt', '<', to);
  if (cursor !== undefined) {
    const { at: startsAt, id } = fromMomentCursor(cursor);
    asked = asked.where(({ eb, or, and }) =>
      or([
        eb('s.startsAt', '>', startsAt),
        and([eb('s.startsAt', '=', startsAt), eb('s.id', '>', id)]),
      ]),
    );
  }
  const rows = await asked
    .orderBy('s.startsAt')
    .orderBy('s.id')
    .limit(limit + 1)
    .execute();
  return page(rows.map(view), {
    limit,
    at: ({ startsAt, id }) => toMomentCursor({ at: startsAt, id }),
  });
}

export async function showShift(ctx: Reader, id: string): Promise<ShiftView> {
  const row = await shifts(ctx).where('s.id', '=', id).executeTakeFirst();
  if (!row) throw kernelErrors.NOT_FOUND({ what: 'shift' });
  return view(row);
}

export async function showShifts(ctx: Reader, ids: readonly string[]): Promise<ShiftView[]> {
  const asked = shifts(ctx).where('s.id', 'in', ids);
  const rows = await asked.orderBy('s.startsAt').orderBy('s.id').execute();
  return rows.map(view);
}

/** Whether somebody has clocked in for it. */
export async function hasBegun({ em }: Reader, shiftId: string): Promise<boolean> {
  const card = await reading<typeof Timecard>(em)
    .selectFrom('Timecard')
    .where('shiftId', '=', shiftId)
    .select('id')
    .limit(1)
    .executeTakeFirst();
  return card !== undefined;
}

/** A live shift of somebody that overlaps a span; as far as the reader reaches. */
export async function overlapOf(
  { em }: Reader,
  { personId, but, ...span }: Span & { personId: string; but: string | null },
): Promise<(Span & { id: string; restaurantId: string }) | undefined> {
  const around = await reading<typeof Shift>(em)
    .selectFrom('Shift')
    .where('personId', '=', personId)
    .where('state', '!=', 'cancelled')
    .where('startsAt', '>', after(span.startsAt, -LONGEST_MS))
    .where('startsAt', '<', span.endsAt)
    .orderBy('startsAt')
    .select(['id', 'restaurantId', 'startsAt', 'endsAt'])
    .execute();
  return around.find((other) => other.id !== but && overlaps(span, other));
}

interface Planned extends Span {
  id: string;
}

/** The published shift of somebody that can be begun now. */
export async function shiftToBegin(
  { em }: Reader,
  { personId, now, windowMinutes }: { personId: string; now: Date; windowMinutes: number },
): Promise<Planned | undefined> {
  const around = await published(em, personId)
    .where('startsAt', '>', after(now, -LONGEST_MS))
    .where('startsAt', '<=', after(now, windowMinutes * MINUTE))
    .execute();
  return around.find((shift) => isOpenTo(shift, now, windowMinutes));
}

/** The next one that is not over. */
export function nextShift(
  { em }: Reader,
  { personId, now }: { personId: string; now: Date },
): Promise<Planned | undefined> {
  return published(em, personId)
    .where('startsAt', '>', after(now, -LONGEST_MS))
    .where('endsAt', '>', now)
    .limit(1)
    .executeTakeFirst();
}

const published = (em: Reader['em'], personId: string) =>
  reading<typeof Shift>(em)
    .selectFrom('Shift')
    .where('personId', '=', personId)
    .where('state', '=', 'published')
    .orderBy('startsAt')
    .select(['id', 'startsAt', 'endsAt']);

function view({ firstName, lastName, username, ...shift }: Row): ShiftView {
  return { ...shift, name: nameOf({ firstName, lastName, username }) };
}

interface Named {
  firstName: string | null;
  lastName: string | null;
  username: string | null;
}

/** What somebody is called; whoever gave no name goes by that they sign in with. */
export function nameOf({ firstName, lastName, username }: Named): string {
  return `${firstName ?? ''} ${lastName ?? ''}`.trim() || (username ?? '');
}
