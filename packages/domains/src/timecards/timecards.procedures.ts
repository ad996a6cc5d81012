import { keyedErrors } from '@comanda/kernel/keyed.errors';
import { allow, allowAtWork } from '../trpc.ts';
import { endBreak, startBreak } from './timecards.breaks.actions.ts';
import { clockIn, clockOut, clockToggle } from './timecards.clock.actions.ts';
import { correctTimecard } from './timecards.correcting.actions.ts';
import { timecardErrors } from './timecards.errors.ts';
import { listOnNow } from './timecards.reads.ts';
import {
  Clocked,
  ClockIn,
  ClockOut,
  ClockToggle,
  CorrectTimecard,
  EndBreak,
  ListOnNow,
  OnNow,
  ShowTimesheet,
  StartBreak,
  TimecardView,
  Timesheet,
} from './timecards.schema.ts';
import { showTimesheet } from './timecards.timesheet.actions.ts';

const { IDEMPOTENCY_IN_PROGRESS, IDEMPOTENCY_MISMATCH } = keyedErrors;
const { ALREADY_CLOCKED_IN, BREAK_STATE, CARD_OVERLAP, NO_SCHEDULED_SHIFT } = timecardErrors;
const { NOT_CLOCKED_IN, OWN_CARD, TOO_FAR } = timecardErrors;

const keyed = [IDEMPOTENCY_IN_PROGRESS, IDEMPOTENCY_MISMATCH] as const;
const letIn = [ALREADY_CLOCKED_IN, NO_SCHEDULED_SHIFT, TOO_FAR] as const;

/** What people do with their shifts: a part of `shifts` to those who call it. */
export const timecardsProcedures = {
  onNow: allow('staff.read')
    .meta({ summary: 'Lists who is at work now.' })
    .input(ListOnNow)
    .output(OnNow)
    .query(({ ctx }) => listOnNow(ctx)),
  clockIn: allowAtWork('clock', ...keyed, ...letIn)
    .meta({ summary: 'Begins work for a published shift; a manager may let somebody in.' })
    .input(ClockIn)
    .output(Clocked)
    .mutation(({ ctx, input }) => clockIn(ctx, input)),
  clockOut: allowAtWork('clock', ...keyed, NOT_CLOCKED_IN)
    .meta({ summary: 'Ends work, and a break that is on.' })
    .input(ClockOut)
    .output(Clocked)
    .mutation(({ ctx, input }) => clockOut(ctx, input)),
  clockToggle: allowAtWork('clock', ...keyed, ...letIn, NOT_CLOCKED_IN)
    .meta({ summary: 'Clocks in or out, whichever is next, once for a key.' })
    .input(ClockToggle)
    .output(Clocked)
    .mutation(({ ctx, input }) => clockToggle(ctx, input)),
  startBreak: allowAtWork('break', ...keyed, NOT_CLOCKED_IN, BREAK_STATE)
    .meta({ summary: 'Begins a break, paid or not: off duty for that time.' })
    .input(StartBreak)
    .output(TimecardView)
    .mutation(({ ctx, input }) => startBreak(ctx, input)),
  endBreak: allowAtWork('break', ...keyed, NOT_CLOCKED_IN, BREAK_STATE)
    .meta({ summary: 'Ends the break that is on.' })
    .input(EndBreak)
    .output(TimecardView)
    .mutation(({ ctx, input }) => endBreak(ctx, input)),
  timesheet: allowAtWork('shift.mine')
    .meta({ summary: 'Tells what was planned and worked in a week, also as a file of values.' })
    .input(ShowTimesheet)
    .output(Timesheet)
    .query(({ ctx, input }) => showTimesheet(ctx, input)),
  correct: allow('timesheet.edit', OWN_CARD, CARD_OVERLAP)
    .meta({ summary: 'Corrects somebody else’s timecard, with the reason.' })
    .input(CorrectTimecard)
    .output(TimecardView)
    .mutation(({ ctx, input }) => correctTimecard(ctx, input)),
};
