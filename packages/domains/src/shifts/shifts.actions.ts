import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { emit } from '@comanda/storage/outbox';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import { inTransaction } from '@comanda/storage/transaction';
import type { CallContext, StaffContext } from '../context.ts';
import { heldPerson, heldStaff } from '../people/people.holding.actions.ts';
import { Shift } from './shifts.entity.ts';
import { shiftErrors } from './shifts.errors.ts';
import { hasBegun, overlapOf, showShift, showShifts } from './shifts.reads.ts';
import { misfitOf } from './shifts.rules.ts';
import type {
  CancelShift,
  PublishedShifts,
  PublishShifts,
  ScheduleShift,
  ShiftView,
  UpdateShift,
} from './shifts.schema.ts';
import { SHIFTS, type ToldShift } from './shifts.told.schema.ts';

/** Plans when somebody works; refuses what overlaps another shift of theirs, in whatever restaurant. */
export function scheduleShift(ctx: StaffContext, input: ScheduleShift): Promise<ShiftView> {
  const { personId, startsAt, endsAt, note, publish } = input;
  refuseMisfit(ctx, input);
  return inTransaction(ctx, async (ctx) => {
    const { em, restaurantId } = ctx;
    await heldStaff(ctx, personId);
    await refuseOverlap(ctx, { ...input, but: null });
    const state = publish ? 'published' : 'draft';
    const { id } = em.create(Shift, { restaurantId, personId, startsAt, endsAt, note, state });
    await em.flush();
    const shift = await showShift(ctx, id);
    if (publish) await tell(ctx, [{ kind: 'published', wasFor: personId, shift }]);
    return shift;
  });
}

/** Lets those who work them see these shifts; one that they see already stays as it is. */
export function publishShifts(ctx: StaffContext, input: PublishShifts): Promise<PublishedShifts> {
  const ids = [...new Set(input.shiftIds)];
  return inTransaction(ctx, async (ctx) => {
    const found = await ctx.em.find(Shift, { id: { $in: ids } });
    if (found.length < ids.length) throw kernelErrors.NOT_FOUND({ what: 'shift' });
    if (found.some(({ state }) => state === 'cancelled')) throw shiftErrors.SHIFT_CANCELLED();
    const drafts = found.filter(({ state }) => state === 'draft');
    for (const shift of drafts) shift.state = 'published';
    await ctx.em.flush();
    const items = await showShifts(ctx, ids);
    const fresh = new Set(drafts.map(({ id }) => id));
    await tell(
      ctx,
      items
        .filter(({ id }) => fresh.has(id))
        .map((shift) => ({ kind: 'published', wasFor: shift.personId, shift })),
    );
    return { items };
  });
}

/** Changes times, note or who works it. */
export function updateShift(ctx: StaffContext, input: UpdateShift): Promise<ShiftView> {
  return inTransaction(ctx, async (ctx) => {
    const shift = await liveShift(ctx, input);
    const { version: before, personId: wasFor } = shift;
    const { personId = wasFor, startsAt = shift.startsAt, endsAt = shift.endsAt } = input;
    const isMoved =
      Number(startsAt) !== Number(shift.startsAt) || Number(endsAt) !== Number(shift.endsAt);
    if (isMoved || personId !== wasFor)
      await refuseMove(ctx, shift, { personId, startsAt, endsAt });
    const { note = shift.note } = input;
    Object.assign(shift, { personId, startsAt, endsAt, note });
    await ctx.em.flush();
    const view = await showShift(ctx, shift.id);
    const isTold = view.state === 'published' && view.version !== before;
    if (isTold) await tell(ctx, [{ kind: 'changed', wasFor, shift: view }]);
    return view;
  });
}

/** A note can be changed whenever it is; when and by whom a shift is worked is judged anew. */
async function refuseMove(
  ctx: StaffContext,
  shift: Shift,
  to: Pick<Shift, 'personId' | 'startsAt' | 'endsAt'>,
): Promise<void> {
  const { id: but, personId: wasFor } = shift;
  refuseMisfit(ctx, to);
  // In one order, so that no two wait for each other.
  for (const id of [...new Set([to.personId, wasFor])].toSorted()) {
    await (id === to.personId ? heldStaff(ctx, id) : heldPerson(ctx, id));
  }
  await refuseOverlap(ctx, { ...to, but });
  if (to.personId !== wasFor) await refuseBegun(ctx, shift);
}

/** Takes a shift out of the plan; it stays to be seen. */
export function cancelShift(ctx: StaffContext, input: CancelShift): Promise<ShiftView> {
  return inTransaction(ctx, async (ctx) => {
    const shift = await liveShift(ctx, input);
    const { state: before, personId: wasFor } = shift;
    await heldPerson(ctx, wasFor);
    await refuseBegun(ctx, shift);
    shift.state = 'cancelled';
    await ctx.em.flush();
    const view = await showShift(ctx, shift.id);
    if (before === 'published') await tell(ctx, [{ kind: 'cancelled', wasFor, shift: view }]);
    return view;
  });
}

/** Where somebody does not work any more they work no shift that is still to come. */
export async function cancelComingShifts(
  ctx: CallContext,
  { accountId: personId }: { accountId: string },
): Promise<void> {
  // Who plans for them at this moment is either seen here or refused.
  const works = await heldPerson(ctx, personId);
  const em = acrossRestaurants(ctx.em);
  const startsAt = { $gt: ctx.clock.now() };
  const coming = await em.find(Shift, { personId, startsAt, state: { $ne: 'cancelled' } });
  for (const shift of coming) if (!works(shift.restaurantId)) shift.state = 'cancelled';
  await em.flush();
}

async function liveShift(ctx: StaffContext, named: CancelShift): Promise<Shift> {
  const { shiftId, expectedVersion } = named;
  const shift = await ctx.em.findOne(Shift, shiftId);
  if (!shift) throw kernelErrors.NOT_FOUND({ what: 'shift' });
  if (expectedVersion !== undefined && expectedVersion !== shift.version) {
    throw kernelErrors.VERSION_CONFLICT();
  }
  if (shift.state === 'cancelled') throw shiftErrors.SHIFT_CANCELLED();
  return shift;
}

function refuseMisfit({ clock }: StaffContext, span: Pick<Shift, 'startsAt' | 'endsAt'>): void {
  const issue = misfitOf(span, clock.now());
  if (issue) throw kernelErrors.VALIDATION({ issues: [issue], more: 0 });
}

/** While the person is held, so that nothing comes between the look and the write. */
async function refuseOverlap(
  ctx: StaffContext,
  wanted: Parameters<typeof overlapOf>[1],
): Promise<void> {
  const other = await overlapOf({ em: acrossRestaurants(ctx.em) }, wanted);
  if (!other) return;
  const { id, restaurantId, startsAt, endsAt } = other;
  const shiftId = restaurantId === ctx.restaurantId ? id : null;
  throw shiftErrors.SHIFT_OVERLAP({ with: { shiftId, startsAt, endsAt } });
}

async function refuseBegun(ctx: StaffContext, { id }: Shift): Promise<void> {
  if (await hasBegun(ctx, id)) throw shiftErrors.SHIFT_BEGUN();
}

async function tell(ctx: StaffContext, told: readonly ToldShift[]): Promise<void> {
  const { em, restaurantId } = ctx;
  if (told.length === 0) return;
  await emit(
    em,
    restaurantId,
    told.map((data) => ({ topic: SHIFTS, data })),
  );
  ctx.afterCommit(() => ctx.live.wake(restaurantId));
}
