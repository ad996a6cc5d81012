import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { after, type Clock } from '@comanda/kernel/time';
import { type Reader, reading } from '@comanda/storage/reading';
import type { Account, Membership } from '../auth/auth.entity.ts';
import type { Shift } from '../shifts/shifts.entity.ts';
import { nameOf } from '../shifts/shifts.reads.ts';
import type { Timecard } from './timecards.entity.ts';
import { isOnBreak, minutesOf, workedMs } from './timecards.rules.ts';
import type { Break, KeptBreak, OnNow, TimecardView } from './timecards.schema.ts';

const SHOWN = [
  'id',
  'personId',
  'shiftId',
  'inAt',
  'outAt',
  'breaks',
  'reason',
  'openedBy',
  'flag',
  'inPlace',
  'outPlace',
  'version',
] as const;

export const timecards = ({ em }: Reader) =>
  reading<typeof Timecard>(em).selectFrom('Timecard').select(SHOWN);
export type TimecardRow = Awaited<
  ReturnType<ReturnType<typeof timecards>['executeTakeFirstOrThrow']>
>;

export async function showTimecard(
  ctx: Reader & { clock: Clock },
  id: string,
): Promise<TimecardView> {
  const row = await timecards(ctx).where('id', '=', id).executeTakeFirst();
  if (!row) throw kernelErrors.NOT_FOUND({ what: 'timecard' });
  return timecardView(row, ctx.clock.now());
}

export function timecardView(row: TimecardRow, now: Date): TimecardView {
  const workedMinutes = minutesOf(workedMs(row, now));
  return { ...row, breaks: row.breaks.map(shownBreak), workedMinutes };
}

export function shownBreak({ startedAt, endedAt, ...kept }: KeptBreak): Break {
  return {
    ...kept,
    startedAt: new Date(startedAt),
    endedAt: endedAt === null ? null : new Date(endedAt),
  };
}

/** A card of somebody that shares a moment with a span, as far as the reader reaches; an open one goes on. */
export function cardBeside(
  { em }: Reader,
  { personId, but, inAt, until }: { personId: string; but: string; inAt: Date; until: Date },
): Promise<{ restaurantId: string; inAt: Date; outAt: Date | null } | undefined> {
  return reading<typeof Timecard>(em)
    .selectFrom('Timecard')
    .where('personId', '=', personId)
    .where('id', '!=', but)
    .where('inAt', '<', until)
    .where(({ eb, or }) => or([eb('outAt', 'is', null), eb('outAt', '>', inAt)]))
    .select(['restaurantId', 'inAt', 'outAt'])
    .limit(1)
    .executeTakeFirst();
}

/** Everybody who is at work, in the order in which they came. */
export async function listOnNow({ em }: Reader): Promise<OnNow> {
  const rows = await reading<typeof Timecard | typeof Shift | typeof Account | typeof Membership>(
    em,
  )
    .selectFrom('Timecard as c')
    .innerJoin('Account as a', 'a.id', 'c.personId')
    .leftJoin('Membership as m', 'm.account', 'c.personId')
    .leftJoin('Shift as s', 's.id', 'c.shiftId')
    .where('c.openFor', 'is not', null)
    .orderBy('c.inAt')
    .orderBy('c.id')
    .select(['c.id', 'c.personId', 'c.inAt', 'c.breaks', 's.endsAt', 'm.role'])
    .select(['a.firstName', 'a.lastName', 'a.username'])
    .execute();
  const items = rows.map((row) => ({
    personId: row.personId,
    name: nameOf(row),
    // An admin works everywhere.
    role: row.role ?? 'admin',
    cardId: row.id,
    since: row.inAt,
    until: row.endsAt,
    onBreak: isOnBreak(row),
  }));
  return { items, nextCursor: null };
}

/** Cards that have been open for so long that their people may have forgotten them, in all restaurants. */
export function longOpen(
  { em, clock }: Reader & { clock: Clock },
  { ms, limit }: { ms: number; limit: number },
): Promise<{ personId: string; restaurantId: string }[]> {
  return reading<typeof Timecard>(em)
    .selectFrom('Timecard')
    .where('openFor', 'is not', null)
    .where('inAt', '<', after(clock.now(), -ms))
    .orderBy('inAt')
    .limit(limit)
    .select(['personId', 'restaurantId'])
    .execute();
}
