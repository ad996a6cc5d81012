import { Role } from '@comanda/kernel/roles.schema';
import { words } from '@comanda/kernel/text';
import { IdempotencyKey } from '@comanda/kernel/keyed.schema';
import { Moment } from '@comanda/kernel/moment.schema';
import { z } from 'zod';
import { Spot } from '../restaurants/restaurants.clock.schema.ts';

const Id = z.uuid().toLowerCase();
const restaurantId = Id.optional();
const Reason = words(300);

/** A break as it is kept; one without an end is still on. */
export const Break = z.object({
  paid: z.boolean(),
  startedAt: z.date(),
  endedAt: z.date().nullable(),
  /** Ended by clocking out. */
  cut: z.boolean(),
});
export type Break = z.infer<typeof Break>;

/** The same, as JSON keeps dates. */
export interface KeptBreak {
  paid: boolean;
  startedAt: number;
  endedAt: number | null;
  cut: boolean;
}

export const Place = Spot.extend({ accuracyMeters: z.number().min(0).max(100_000).optional() });
export type Place = z.infer<typeof Place>;

const KeptPlace = z.object({
  latitude: z.number(),
  longitude: z.number(),
  accuracyMeters: z.number().nullable(),
  /** From the restaurant; null where nobody has said where that is. */
  meters: z.int().nullable(),
});
export type KeptPlace = z.infer<typeof KeptPlace>;

/** @public the contract names it */
export const CorrectionView = z.object({
  at: z.date(),
  by: z.string(),
  reason: z.string(),
  /** What stood there before. */
  before: z.object({ inAt: z.date(), outAt: z.date().nullable(), breaks: z.array(Break) }),
});

export const TimecardView = z.object({
  id: z.uuid(),
  personId: z.uuid(),
  shiftId: z.uuid().nullable(),
  inAt: z.date(),
  /** Null: at work. */
  outAt: z.date().nullable(),
  breaks: z.array(Break),
  /** Until now, if it is open; breaks that are not paid do not count. */
  workedMinutes: z.int(),
  /** Why it was opened without a shift. */
  reason: z.string().nullable(),
  openedBy: z.string().nullable(),
  /** Closed by the house, not by the person: it should be looked at. */
  flag: z.enum(['forgotten', 'deactivated']).nullable(),
  inPlace: KeptPlace.nullable(),
  outPlace: KeptPlace.nullable(),
  version: z.int(),
});
export type TimecardView = z.infer<typeof TimecardView>;

const here = { restaurantId, idempotencyKey: IdempotencyKey };
const place = { place: Place.optional() };

export const ClockIn = z.strictObject({
  ...here,
  ...place,
  /** Somebody else, whom a manager lets in; left out: oneself. */
  personId: Id.optional(),
  /** Why work begins that nobody had planned; only a manager's lets anybody in. */
  reason: Reason.optional(),
});
export type ClockIn = z.infer<typeof ClockIn>;

export const ClockOut = z.strictObject({ ...here, ...place });
export type ClockOut = z.infer<typeof ClockOut>;

export const ClockToggle = z.strictObject({
  ...here,
  ...place,
  /** Whether the caller believes to be at work: what was done meanwhile is not undone. */
  expectedOnShift: z.boolean(),
});
export type ClockToggle = z.infer<typeof ClockToggle>;

export const StartBreak = z.strictObject({ ...here, paid: z.boolean().default(false) });
export type StartBreak = z.infer<typeof StartBreak>;

export const EndBreak = z.strictObject(here);
export type EndBreak = z.infer<typeof EndBreak>;

/** What clocking in or out has come to. */
export const Clocked = z.object({
  action: z.enum(['clock_in', 'clock_out']),
  message: z.string(),
  isOnShift: z.boolean(),
  shiftStartedAt: z.date(),
  /** When the shift is over by the plan; null without one. */
  shiftEndsAt: z.date().nullable(),
  shiftEndedAt: z.date().nullable(),
  card: TimecardView,
});
export type Clocked = z.infer<typeof Clocked>;

const NewBreak = z.strictObject({ paid: z.boolean(), startedAt: z.date(), endedAt: z.date() });

export const CorrectTimecard = z.strictObject({
  restaurantId,
  cardId: Id,
  expectedVersion: z.int().optional(),
  inAt: Moment.optional(),
  outAt: Moment.optional(),
  /** All of them, as many as a card holds: those that are not named were none. */
  breaks: z.array(NewBreak).max(40).optional(),
  reason: Reason,
});
export type CorrectTimecard = z.infer<typeof CorrectTimecard>;

/** Of another one, neither calendars nor databases say much. */
const Day = z.iso.date().refine((day) => day >= '2000' && day < '2100', 'a day of this century');

export const ShowTimesheet = z
  .strictObject({
    restaurantId,
    /** Any day of the week, on the restaurant's calendar; left out: this week. */
    week: Day.optional(),
    /** Left out: oneself, and for a manager everybody. */
    personId: Id.optional(),
    /** Also as a file of values for a spreadsheet or the payroll. */
    csv: z.boolean().default(false),
  })
  .prefault({});
export type ShowTimesheet = z.infer<typeof ShowTimesheet>;

const SheetCard = TimecardView.extend({ corrections: z.array(CorrectionView) });

export const Timesheet = z.object({
  /** Monday and Sunday. */
  from: z.iso.date(),
  to: z.iso.date(),
  timeZone: z.string(),
  people: z.array(
    z.object({
      personId: z.uuid(),
      name: z.string(),
      plannedMinutes: z.int(),
      workedMinutes: z.int(),
      cards: z.array(SheetCard),
    }),
  ),
  csv: z.string().nullable(),
});
export type Timesheet = z.infer<typeof Timesheet>;

export const ListOnNow = z.strictObject({ restaurantId }).prefault({});
export type ListOnNow = z.infer<typeof ListOnNow>;

export const OnNow = z.object({
  items: z.array(
    z.object({
      personId: z.uuid(),
      name: z.string(),
      role: Role,
      cardId: z.uuid(),
      since: z.date(),
      /** By the plan; null for work that nobody had planned. */
      until: z.date().nullable(),
      onBreak: z.boolean(),
    }),
  ),
  nextCursor: z.null(),
});
export type OnNow = z.infer<typeof OnNow>;
