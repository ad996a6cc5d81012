import { CallError, type Client, refusedWith, type ShiftView } from '@comanda/client';
import { FileRefused, type Problem } from '../files/refused.ts';
import { allOf } from '../pages.ts';
import { overlaps, type Wish } from './plan-file.ts';
import type { WallClock } from './wall-clock.ts';

const MOST_PUBLISHED = 100;

/** What becomes of the wishes beside what is planned already. */
export interface Plan {
  fresh: Wish[];
  /** In the plan already, word for word. */
  there: ShiftView[];
}

/** All live shifts of which any moment lies in that span. */
export async function liveShifts(
  client: Client,
  span: { from: Date; to: Date; restaurantId: string | undefined },
): Promise<ShiftView[]> {
  const found = await allOf((page) => client.shifts.list.query({ ...span, ...page }));
  return found.filter(({ state }) => state !== 'cancelled');
}

/** What is still to be planned; refuses what overlaps a shift that is there. */
export function planOf(
  { file, wishes }: { file: string; wishes: Wish[] },
  live: readonly ShiftView[],
  clock: WallClock,
): Plan {
  const problems: Problem[] = [];
  const plan: Plan = { fresh: [], there: [] };
  for (const wish of wishes) {
    const other = live.find((shift) => overlaps(wish, shift));
    if (!other) plan.fresh.push(wish);
    else if (isSame(wish, other)) plan.there.push(other);
    else
      problems.push({
        place: wish.place,
        message: overlapIn(wish.name, { ...other, shiftId: other.id }, clock),
      });
  }
  if (problems.length > 0) throw new FileRefused(file, problems);
  return plan;
}

const isSame = (wish: Wish, { startsAt, endsAt }: ShiftView) =>
  Number(wish.startsAt) === Number(startsAt) && Number(wish.endsAt) === Number(endsAt);

function overlapIn(name: string, { shiftId, startsAt, endsAt }: Other, clock: WallClock): string {
  const [from, to] = [clock.at(startsAt), clock.at(endsAt)];
  const what = `${name} has another shift at that time: ${from.date} ${from.time} to ${to.time}`;
  return shiftId === null ? `${what}, in another restaurant` : `${what}, ${shiftId}`;
}

interface Other {
  /** Null: in another restaurant. */
  shiftId: string | null;
  startsAt: Date;
  endsAt: Date;
}

/** Plans one after the other, as drafts. Answers what came of it, and what the service said no to. */
export async function schedule(
  client: Client,
  {
    fresh,
    restaurantId,
    clock,
  }: { fresh: Wish[]; restaurantId: string | undefined; clock: WallClock },
  onDone: (done: number) => void,
): Promise<{ planned: ShiftView[]; problems: Problem[] }> {
  const planned: ShiftView[] = [];
  const problems: Problem[] = [];
  for (const [at, { place, name, personId, startsAt, endsAt, note }] of fresh.entries()) {
    try {
      const asked = { restaurantId, personId, startsAt, endsAt, note };
      planned.push(await client.shifts.schedule.mutate(asked));
    } catch (error) {
      const message = refusalOf(error, name, clock);
      if (message === undefined) throw withProgress(error, planned.length, place);
      problems.push({ place, message });
    }
    onDone(at + 1);
  }
  return { planned, problems };
}

/** What is wrong with this shift only. */
function refusalOf(error: unknown, name: string, clock: WallClock): string | undefined {
  if (refusedWith(error, 'SHIFT_OVERLAP')) return overlapIn(name, error.details.with, clock);
  if (refusedWith(error, 'VALIDATION')) {
    return error.details.issues.map(({ path, message }) => `${path}: ${message}`).join('; ');
  }
  return refusedWith(error, 'NOT_FOUND') ? `${name} does not work here any more` : undefined;
}

function withProgress(error: unknown, planned: number, place: string): unknown {
  if (error instanceof CallError) {
    error.message += ` ${planned} are planned as drafts; it ended at ${place}. Run it again to go on.`;
  }
  return error;
}

export async function publish(
  client: Client,
  shifts: readonly ShiftView[],
  restaurantId: string | undefined,
): Promise<ShiftView[]> {
  const drafts = shifts.filter(({ state }) => state === 'draft').map(({ id }) => id);
  const published: ShiftView[] = [];
  for (let at = 0; at < drafts.length; at += MOST_PUBLISHED) {
    const shiftIds = drafts.slice(at, at + MOST_PUBLISHED);
    published.push(...(await client.shifts.publish.mutate({ restaurantId, shiftIds })).items);
  }
  return published;
}
