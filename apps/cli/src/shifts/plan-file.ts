import { z } from 'zod';
import { type Row, textsIn, understoodAs } from '../files/entries.ts';
import { FileRefused, type Problem } from '../files/refused.ts';
import { daysAfter, type WallClock } from './wall-clock.ts';
import type { People } from './people.ts';

const COLUMNS = ['person', 'date', 'start', 'end', 'note'];
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

const text = z.string('is a text').trim();

const SaidShift = z.strictObject({
  person: text.min(1),
  date: text.refine((date) => z.iso.date().safeParse(date).success, 'is a date such as 2026-12-24'),
  start: text.regex(TIME, 'is a time such as 09:30'),
  end: text.refine((end) => TIME.test(end) || end === '24:00', 'is a time such as 17:30, or 24:00'),
  note: text.max(200, 'is 200 characters at most').optional(),
});
type SaidShift = z.infer<typeof SaidShift>;

/** A shift as the file wants it. */
export interface Wish {
  place: string;
  personId: string;
  name: string;
  startsAt: Date;
  endsAt: Date;
  note: string | null;
}

/** The shifts of a file, at the time of that restaurant; refuses what is none. */
export function wishesIn(
  given: { path: string; format: string | undefined },
  people: People,
  clock: WallClock,
): { file: string; wishes: Wish[] } {
  const { source, entries } = textsIn(given, COLUMNS);
  const { rows, problems } = understoodAs(SaidShift, entries);
  const found = rows.map((row) => wishOf(row, people, clock));
  const wishes = found.flatMap(({ wish }) => wish ?? []);
  const all = [...problems, ...found.flatMap((one) => one.problems), ...clashesIn(wishes)];
  if (all.length > 0) throw new FileRefused(source.name, all);
  return { file: source.name, wishes };
}

function wishOf(
  { place, value }: Row<SaidShift>,
  people: People,
  clock: WallClock,
): { wish?: Wish; problems: Problem[] } {
  const { person, date, start, note = null } = value;
  const found = people.named(person);
  const { end, day } = endOf(value);
  const startsAt = clock.instantOf(date, start);
  const endsAt = clock.instantOf(day, end);
  const skipped = 'there is no such time in that night: the clocks go forward';
  const problems = [
    ...('problem' in found ? [{ place, field: 'person', message: found.problem }] : []),
    ...(startsAt ? [] : [{ place, field: 'start', message: skipped }]),
    ...(endsAt ? [] : [{ place, field: 'end', message: skipped }]),
  ];
  if ('problem' in found || !startsAt || !endsAt) return { problems };
  const { id: personId, name } = found;
  return { wish: { place, personId, name, startsAt, endsAt, note }, problems };
}

/** What ends before it starts ends on the next day. */
function endOf({ date, start, end }: SaidShift): { day: string; end: string } {
  const isNext = end <= start || end === '24:00';
  return { day: isNext ? daysAfter(date, 1) : date, end: end === '24:00' ? '00:00' : end };
}

function clashesIn(wishes: readonly Wish[]): Problem[] {
  return wishes.flatMap((wish, at) => {
    const before = wishes.slice(0, at).find((other) => overlaps(wish, other));
    if (!before) return [];
    return [{ place: wish.place, message: `${wish.name} works at that time in ${before.place}` }];
  });
}

interface Worked {
  personId: string;
  startsAt: Date;
  endsAt: Date;
}

/** One may begin in the moment in which the other ends. */
export function overlaps(one: Worked, other: Worked): boolean {
  return (
    one.personId === other.personId && one.startsAt < other.endsAt && other.startsAt < one.endsAt
  );
}
