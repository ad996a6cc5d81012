import { type Reader, reading } from '@comanda/storage/reading';
import type { Clock } from '@comanda/kernel/time';
import type { Account } from '../auth/auth.entity.ts';
import { clockFor, type LocalCalendar } from '../restaurants/restaurants.reads.ts';
import type { Shift } from '../shifts/shifts.entity.ts';
import { nameOf } from '../shifts/shifts.reads.ts';
import type { Correction } from './timecards.entity.ts';
import { shownBreak, timecards, timecardView } from './timecards.reads.ts';
import { minutesOf } from './timecards.rules.ts';
import type { Timesheet, TimecardView } from './timecards.schema.ts';
import { csvOf, daysOn, mondayOf } from './timecards.week.rules.ts';

interface Wanted {
  restaurantId: string;
  week: string | undefined;
  /** Undefined: everybody. */
  personId: string | undefined;
  csv: boolean;
}

/** What was planned and what was worked in a week of the restaurant's calendar, by person. */
export async function timesheetOf(
  ctx: Reader & { clock: Clock },
  { restaurantId, week, personId, csv }: Wanted,
): Promise<Timesheet> {
  const { calendar } = await clockFor(ctx, restaurantId);
  const from = mondayOf(week ?? calendar.dateAt(ctx.clock.now()));
  const span = { start: calendar.startOf(from), end: calendar.startOf(daysOn(from, 7)) };
  const cards = await cardsIn(ctx, { ...span, personId });
  const planned = await plannedIn(ctx, { ...span, personId });
  const names = await namesOf(
    ctx,
    [...cards, ...planned].map((row) => row.personId),
  );
  const people = [...names]
    .map(([id, name]) => {
      const own = cards.filter((card) => card.personId === id);
      const minutes = planned
        .filter((shift) => shift.personId === id)
        .map(({ startsAt, endsAt }) => minutesOf(endsAt.getTime() - startsAt.getTime()));
      return {
        personId: id,
        name,
        plannedMinutes: sum(minutes),
        workedMinutes: sum(own.map(({ workedMinutes }) => workedMinutes)),
        cards: own,
      };
    })
    .toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
  const to = daysOn(from, 6);
  const { timeZone } = calendar;
  return { from, to, timeZone, people, csv: csv ? fileOf(people, calendar) : null };
}

interface Span {
  start: Date;
  end: Date;
  personId: string | undefined;
}

type Card = Timesheet['people'][number]['cards'][number];

/** A card belongs to the week in which it was begun. */
async function cardsIn(
  ctx: Reader & { clock: Clock },
  { start, end, personId }: Span,
): Promise<Card[]> {
  let query = timecards(ctx).where('inAt', '>=', start).where('inAt', '<', end);
  if (personId !== undefined) query = query.where('personId', '=', personId);
  const rows = await query.orderBy('inAt').orderBy('id').execute();
  const corrections = await correctionsOf(
    ctx,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    ...timecardView(row, ctx.clock.now()),
    corrections: corrections
      .filter(({ cardId }) => cardId === row.id)
      .map(({ createdAt: at, byName: by, reason, inAt, outAt, breaks }) => {
        return { at, by, reason, before: { inAt, outAt, breaks: breaks.map(shownBreak) } };
      }),
  }));
}

async function correctionsOf({ em }: Reader, cardIds: readonly string[]) {
  if (cardIds.length === 0) return [];
  return reading<typeof Correction>(em)
    .selectFrom('Correction')
    .where('cardId', 'in', cardIds)
    .orderBy('id')
    .select(['cardId', 'createdAt', 'byName', 'reason', 'inAt', 'outAt', 'breaks'])
    .execute();
}

function plannedIn({ em }: Reader, { start, end, personId }: Span) {
  let query = reading<typeof Shift>(em)
    .selectFrom('Shift')
    .where('startsAt', '>=', start)
    .where('startsAt', '<', end)
    .where('state', '=', 'published');
  if (personId !== undefined) query = query.where('personId', '=', personId);
  return query.select(['personId', 'startsAt', 'endsAt']).execute();
}

async function namesOf({ em }: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await reading<typeof Account>(em)
    .selectFrom('Account')
    .where('id', 'in', [...new Set(ids)])
    .select(['id', 'firstName', 'lastName', 'username'])
    .execute();
  return new Map(rows.map((row) => [row.id, nameOf(row)]));
}

const HEADINGS = [
  'person',
  'person id',
  'day',
  'in',
  'out',
  'paid break minutes',
  'unpaid break minutes',
  'worked minutes',
  'flag',
  'reason',
  'corrected',
];

/** A line for every card that is closed, by the restaurant's clock. */
function fileOf(people: Timesheet['people'], { dateAt, timeAt }: LocalCalendar): string {
  const lines = people.flatMap(({ personId, name, cards }) =>
    cards.map((card) => [
      name,
      personId,
      dateAt(card.inAt),
      timeAt(card.inAt),
      card.outAt ? timeAt(card.outAt) : '',
      breakMinutes(card, true),
      breakMinutes(card, false),
      card.workedMinutes,
      card.flag ?? '',
      card.reason ?? '',
      card.corrections.length > 0 ? 'yes' : 'no',
    ]),
  );
  return csvOf([HEADINGS, ...lines]);
}

function breakMinutes({ breaks, inAt }: TimecardView, isPaid: boolean): number {
  const lengths = breaks
    .filter(({ paid }) => paid === isPaid)
    .map(({ startedAt, endedAt }) => (endedAt ?? inAt).getTime() - startedAt.getTime());
  return minutesOf(sum(lengths.map((ms) => Math.max(0, ms))));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
