import { Text } from '@comanda/kernel/text';
import { z } from 'zod';

const TIME = '([01]\\d|2[0-3]):[0-5]\\d';
const From = z.string().regex(new RegExp(`^${TIME}$`), 'a time of day such as 09:30');
const To = z
  .string()
  .regex(new RegExp(`^(${TIME}|24:00)$`), 'a time of day such as 22:00, or 24:00');

/** On the wall clock, half-open. An end that is not after the start is on the next day. */
const Interval = z.strictObject({ from: From, to: To });
export type Interval = z.infer<typeof Interval>;

const Weekday = z.enum(['1', '2', '3', '4', '5', '6', '7']);
/** By ISO: 1 is Monday, 7 is Sunday. */
export type Weekday = z.infer<typeof Weekday>;

/** An interval belongs to the day on which it starts. */
export const Weekly = z.partialRecord(Weekday, z.array(Interval).max(10));
export type Weekly = z.infer<typeof Weekly>;

const Message = Text.trim().max(200);

export const Pause = z.object({
  /** Null: until somebody resumes. */
  until: z.date().nullable(),
  message: z.string(),
});
export type Pause = z.infer<typeof Pause>;

export const NewPause = { until: z.date().nullable().default(null), message: Message.default('') };

const MAX_EXCEPTIONS = 400;
/** By local date; they stand in the place of that weekday's intervals. None: closed. */
const Exceptions = z
  .record(z.iso.date(), z.array(Interval).max(10))
  .refine((days) => Object.keys(days).length <= MAX_EXCEPTIONS, `at most ${MAX_EXCEPTIONS} days`);

export const OpeningHours = z.object({
  weekly: Weekly,
  exceptions: z.record(z.string(), z.array(Interval)),
  /** How long before closing the last order is taken. */
  lastOrderMinutes: z.int(),
});
export type OpeningHours = z.infer<typeof OpeningHours>;

export const NewHours = z.strictObject({
  weekly: Weekly,
  exceptions: Exceptions.default({}),
  lastOrderMinutes: z.int().min(0).max(720).default(0),
});

/** The hours, and whether they are interrupted. */
export interface Hours extends OpeningHours {
  pause: Pause | null;
}

/** The hours at one moment. What lies more than 14 days ahead is left out. */
export const OpenState = z.object({
  /** By the hours alone: a pause closes nothing. */
  open: z.boolean(),
  closesAt: z.date().optional(),
  /** From here on nothing is ordered, until the next opening. */
  lastOrderAt: z.date().optional(),
  /** The next opening after this moment, when it is open as well. */
  opensAt: z.date().optional(),
  paused: Pause.optional(),
});
export type OpenState = z.infer<typeof OpenState>;

/** A restaurant at one moment, and what that moment is to the mealtimes of an item. */
export interface Moment {
  at: Date;
  restaurant: OpenState;
  during: (mealtimes: Weekly) => OpenState;
}

/** Half-open, in milliseconds. */
export interface Span {
  from: number;
  to: number;
}

/** When a restaurant is open, told in instants and in dates of its own. A pause changes nothing. */
export interface OpenDays {
  dateAt: (instant: number) => string;
  /** From midnight to midnight. */
  dayOf: (date: string) => Span;
  /** What reaches into the span, each as long as it stays open; earlier than the day before they are cut. */
  runsIn: (span: Span) => Span[];
}
