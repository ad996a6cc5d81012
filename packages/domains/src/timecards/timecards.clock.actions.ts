import { holds } from '@comanda/kernel/access';
import { after, MINUTE } from '@comanda/kernel/time';
import { violatedUnique } from '@comanda/storage/failures';
import { onceByKey } from '@comanda/storage/keyed';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import { accessErrors } from '../access.errors.ts';
import type { StaffContext } from '../context.ts';
import { heldStaff } from '../people/people.holding.actions.ts';
import { clockFor } from '../restaurants/restaurants.reads.ts';
import { nextShift, shiftToBegin } from '../shifts/shifts.reads.ts';
import {
  closeCard,
  closeEarlier,
  forgetCard,
  openCardOf,
  shiftEndOf,
} from './timecards.closing.ts';
import { Timecard } from './timecards.entity.ts';
import { timecardErrors } from './timecards.errors.ts';
import { keptPlace, refuseTooFar } from './timecards.places.ts';
import { showTimecard } from './timecards.reads.ts';
import type { ClockIn, Clocked, ClockOut, ClockToggle } from './timecards.schema.ts';

/** Begins work: for a shift that was published, or without one where a manager says why. */
export function clockIn(ctx: StaffContext, input: ClockIn): Promise<Clocked> {
  return keyed(ctx, { procedure: 'shifts.clockIn', input }, (ctx) => clockedIn(ctx, input));
}

/** Ends work, and a break that is on. */
export function clockOut(ctx: StaffContext, input: ClockOut): Promise<Clocked> {
  return keyed(ctx, { procedure: 'shifts.clockOut', input }, (ctx) => clockedOut(ctx, input));
}

/** In or out, whichever is next, if it is as the caller believes. */
export function clockToggle(ctx: StaffContext, input: ClockToggle): Promise<Clocked> {
  return keyed(ctx, { procedure: 'shifts.clockToggle', input }, (ctx) =>
    input.expectedOnShift ? clockedOut(ctx, input) : clockedIn(ctx, input),
  );
}

/** Once for a key: a call that is repeated never turns it back. */
export async function keyed<Answer>(
  ctx: StaffContext,
  { procedure, input }: { procedure: string; input: { idempotencyKey: string } },
  work: (ctx: StaffContext) => Promise<Answer>,
): Promise<Answer> {
  const { actor, restaurantId } = ctx;
  const { idempotencyKey: key } = input;
  const called = { restaurantId, callerId: actor.id, procedure, key, asked: input };
  ctx.failpoint('clock.begin');
  const answer = await onceByKey(ctx, called, async (ctx) => {
    const done = await work(ctx);
    ctx.failpoint('clock.written');
    return done;
  });
  ctx.failpoint('clock.answer');
  return answer;
}

type LetIn = Pick<ClockIn, 'personId' | 'reason' | 'place'>;

async function clockedIn(
  ctx: StaffContext,
  { personId = ctx.actor.id, reason, place }: LetIn,
): Promise<Clocked> {
  const { em, actor, restaurantId, clock } = ctx;
  const now = clock.now();
  const isLetIn = personId !== actor.id;
  if (isLetIn || reason !== undefined) refuseUnlessManager(ctx);
  await heldStaff(ctx, personId);
  const { terms } = await clockFor(ctx, restaurantId);
  const { windowMinutes } = terms;
  const shift = await shiftToBegin(ctx, { personId, now, windowMinutes });
  await refuseAtWork(ctx, personId, shift?.id);
  if (!shift && reason === undefined) await refuseUnplanned(ctx, { personId, windowMinutes });
  if (!isLetIn) refuseTooFar(terms, place);
  const { id } = em.create(Timecard, {
    restaurantId,
    personId,
    shiftId: shift?.id ?? null,
    inAt: now,
    outAt: null,
    openFor: personId,
    breaks: [],
    reason: shift ? null : (reason ?? null),
    openedBy: isLetIn ? actor.name.slice(0, 200) : null,
    flag: null,
    inPlace: keptPlace(terms, place),
    outPlace: null,
  });
  await opened(ctx);
  const card = await showTimecard(ctx, id);
  return {
    action: 'clock_in',
    message: 'Clocked in successfully',
    isOnShift: true,
    shiftStartedAt: now,
    shiftEndsAt: shift?.endsAt ?? null,
    shiftEndedAt: null,
    card,
  };
}

async function clockedOut(ctx: StaffContext, { place }: Pick<ClockOut, 'place'>): Promise<Clocked> {
  const { em, actor, restaurantId, clock } = ctx;
  const now = clock.now();
  await heldStaff(ctx, actor.id);
  await forgetCard(ctx, actor.id);
  const card = await em.findOne(Timecard, { openFor: actor.id });
  if (!card) throw timecardErrors.NOT_CLOCKED_IN();
  const { terms } = await clockFor(ctx, restaurantId);
  closeCard(card, { at: now, flag: null });
  card.outPlace = keptPlace(terms, place);
  await em.flush();
  return {
    action: 'clock_out',
    message: 'Clocked out successfully',
    isOnShift: false,
    shiftStartedAt: card.inAt,
    shiftEndsAt: await shiftEndOf(ctx, card),
    shiftEndedAt: now,
    card: await showTimecard(ctx, card.id),
  };
}

function refuseUnlessManager({ actor }: StaffContext): void {
  const capability = 'timesheet.edit';
  if (!holds(actor.role, capability)) throw accessErrors.FORBIDDEN({ capability });
}

/** In any restaurant; what was forgotten there, or at the end of an earlier shift here, is closed first. */
async function refuseAtWork(
  ctx: StaffContext,
  personId: string,
  shiftId: string | undefined,
): Promise<void> {
  const everywhere = { ...ctx, em: acrossRestaurants(ctx.em) };
  await forgetCard(everywhere, personId);
  if (shiftId !== undefined) await closeEarlier(ctx, { personId, shiftId });
  const open = await openCardOf(everywhere, personId);
  if (open) throw timecardErrors.ALREADY_CLOCKED_IN({ since: open.inAt });
}

async function refuseUnplanned(
  ctx: StaffContext,
  { personId, windowMinutes }: { personId: string; windowMinutes: number },
): Promise<never> {
  const next = await nextShift(ctx, { personId, now: ctx.clock.now() });
  if (!next) throw timecardErrors.NO_SCHEDULED_SHIFT({ next: null });
  const { id: shiftId, startsAt, endsAt } = next;
  const clockInFrom = after(startsAt, -windowMinutes * MINUTE);
  throw timecardErrors.NO_SCHEDULED_SHIFT({ next: { shiftId, startsAt, endsAt, clockInFrom } });
}

/** The database has the last word on who is at work. */
async function opened({ em, clock }: StaffContext): Promise<void> {
  try {
    await em.flush();
  } catch (error) {
    if (!violatedUnique(error)?.includes('open')) throw error;
    throw timecardErrors.ALREADY_CLOCKED_IN({ since: clock.now() });
  }
}

/** The open card of the caller in this restaurant. */
export async function cardAtWork(ctx: StaffContext): Promise<Timecard> {
  await heldStaff(ctx, ctx.actor.id);
  await forgetCard(ctx, ctx.actor.id);
  const card = await ctx.em.findOne(Timecard, { openFor: ctx.actor.id });
  if (!card) throw timecardErrors.NOT_CLOCKED_IN();
  return card;
}
