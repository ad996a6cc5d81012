import { holds } from '@comanda/kernel/access';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { liveErrors } from '../live/live.errors.ts';
import { allow, allowAtWork } from '../trpc.ts';
import { cancelShift, publishShifts, scheduleShift, updateShift } from './shifts.actions.ts';
import { shiftErrors } from './shifts.errors.ts';
import { listOwnShifts, listShifts } from './shifts.reads.ts';
import {
  CancelShift,
  ListOwnShifts,
  ListShifts,
  PublishedShifts,
  PublishShifts,
  ScheduleShift,
  ShiftEvent,
  ShiftPage,
  ShiftView,
  UpdateShift,
  WatchShifts,
} from './shifts.schema.ts';
import { watchShifts } from './shifts.watching.ts';

const { SHIFT_BEGUN, SHIFT_CANCELLED, SHIFT_OVERLAP } = shiftErrors;

export const shiftsProcedures = {
  mine: allowAtWork('shift.mine')
    .meta({ summary: 'Lists the caller’s own published shifts, from now on unless it is said.' })
    .input(ListOwnShifts)
    .output(ShiftPage)
    .query(({ ctx, input }) => listOwnShifts(ctx, input)),
  list: allow('staff.read')
    .meta({ summary: 'Lists the shifts of a restaurant by their start.' })
    .input(ListShifts)
    .output(ShiftPage)
    .query(({ ctx, input }) =>
      listShifts(ctx, input, { drafts: holds(ctx.actor.role, 'shift.schedule') }),
    ),
  schedule: allow('shift.schedule', SHIFT_OVERLAP)
    .meta({ summary: 'Plans when somebody works, as a draft or published at once.' })
    .input(ScheduleShift)
    .output(ShiftView)
    .mutation(({ ctx, input }) => scheduleShift(ctx, input)),
  publish: allow('shift.schedule', SHIFT_CANCELLED)
    .meta({ summary: 'Publishes shifts: those who work them see them and are told.' })
    .input(PublishShifts)
    .output(PublishedShifts)
    .mutation(({ ctx, input }) => publishShifts(ctx, input)),
  update: allow('shift.schedule', SHIFT_OVERLAP, SHIFT_CANCELLED, SHIFT_BEGUN)
    .meta({ summary: 'Changes a shift, or gives it to somebody else.' })
    .input(UpdateShift)
    .output(ShiftView)
    .mutation(({ ctx, input }) => updateShift(ctx, input)),
  cancel: allow('shift.schedule', SHIFT_CANCELLED, SHIFT_BEGUN)
    .meta({ summary: 'Takes a shift out of the plan.' })
    .input(CancelShift)
    .output(ShiftView)
    .mutation(({ ctx, input }) => cancelShift(ctx, input)),
  watch: allowAtWork('shift.mine', kernelErrors.STREAM_RESET, liveErrors.TOO_MANY_STREAMS)
    .meta({ summary: 'Tells the caller what happens to their own shifts.', event: ShiftEvent })
    .input(WatchShifts)
    .subscription(({ ctx, input, signal }) => watchShifts(ctx, input, signal)),
};
