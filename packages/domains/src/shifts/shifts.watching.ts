import type { StaffContext } from '../context.ts';
import { follow } from '../live/follow.ts';
import type { ShiftEvent, WatchShifts } from './shifts.schema.ts';
import { SHIFTS, type ToldShift } from './shifts.told.schema.ts';

/** Tells the caller what happens to their own shifts. */
export function watchShifts(
  ctx: StaffContext,
  { lastEventId }: WatchShifts,
  signal: AbortSignal | undefined,
) {
  return follow<ShiftEvent>(
    ctx,
    { lastEventId, signal },
    {
      first: { kind: 'ready' },
      accept: ({ topic, data, at }) =>
        topic === SHIFTS ? heardBy(ctx.actor.id, data as ToldShift, at) : undefined,
    },
  );
}

function heardBy(
  personId: string,
  { kind, wasFor, shift }: ToldShift,
  at: Date,
): ShiftEvent | undefined {
  const isOwn = shift.personId === personId;
  if (wasFor === personId)
    return isOwn ? { kind, at, shift } : { kind: 'gone', at, shiftId: shift.id };
  // To whoever has it now it is a new one.
  return isOwn ? { kind: 'published', at, shift } : undefined;
}
