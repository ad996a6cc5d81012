import { Moment } from '@comanda/kernel/moment.schema';
import { PageInput, pageOf } from '@comanda/kernel/page';
import { words } from '@comanda/kernel/text';
import { z } from 'zod';
import { LastEventId } from '../live/live.schema.ts';

const Id = z.uuid().toLowerCase();
/** Left out: the restaurant of the session. An admin may name another. */
const restaurantId = Id.optional();
const Note = words(200);

const ShiftState = z.enum(['draft', 'published', 'cancelled']);

export const ShiftView = z.object({
  id: z.uuid(),
  personId: z.uuid(),
  name: z.string(),
  startsAt: z.date(),
  endsAt: z.date(),
  /** Drafts are seen by those who plan. */
  state: ShiftState,
  note: z.string().nullable(),
  version: z.int(),
});
export type ShiftView = z.infer<typeof ShiftView>;

/** Shifts of which any moment lies between `from` and `to`. */
const between = { from: Moment.optional(), to: Moment.optional() };

export const ListOwnShifts = z
  .strictObject({
    restaurantId,
    ...PageInput,
    ...between,
    /** Left out: from now on. */
    from: Moment.optional(),
  })
  .prefault({});
export type ListOwnShifts = z.infer<typeof ListOwnShifts>;

export const ListShifts = z
  .strictObject({
    restaurantId,
    ...PageInput,
    ...between,
    personId: Id.optional(),
    state: ShiftState.optional(),
  })
  .prefault({});
export type ListShifts = z.infer<typeof ListShifts>;
export const ShiftPage = pageOf(ShiftView);
export type ShiftPage = z.infer<typeof ShiftPage>;

export const ScheduleShift = z.strictObject({
  restaurantId,
  personId: Id,
  startsAt: z.date(),
  endsAt: z.date(),
  note: Note.nullable().default(null),
  /** Left out: a draft, which only those who plan see. */
  publish: z.boolean().default(false),
});
export type ScheduleShift = z.infer<typeof ScheduleShift>;

export const PublishShifts = z.strictObject({
  restaurantId,
  shiftIds: z.array(Id).min(1).max(100),
});
export type PublishShifts = z.infer<typeof PublishShifts>;
export const PublishedShifts = z.object({ items: z.array(ShiftView) });
export type PublishedShifts = z.infer<typeof PublishedShifts>;

const NameShift = z.strictObject({
  restaurantId,
  shiftId: Id,
  expectedVersion: z.int().optional(),
});

export const UpdateShift = NameShift.extend({
  personId: Id.optional(),
  startsAt: z.date().optional(),
  endsAt: z.date().optional(),
  note: Note.nullable().optional(),
});
export type UpdateShift = z.infer<typeof UpdateShift>;

export const CancelShift = NameShift;
export type CancelShift = z.infer<typeof CancelShift>;

export const WatchShifts = z.strictObject({ restaurantId, lastEventId: LastEventId }).prefault({});
export type WatchShifts = z.infer<typeof WatchShifts>;

/** Something that happened to a shift of the watcher's. */
export const ShiftEvent = z.discriminatedUnion('kind', [
  /** The stream begins: what is read from here on misses nothing that it tells. */
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('published'), at: z.date(), shift: ShiftView }),
  z.object({ kind: z.literal('changed'), at: z.date(), shift: ShiftView }),
  z.object({ kind: z.literal('cancelled'), at: z.date(), shift: ShiftView }),
  /** It is somebody else's now. */
  z.object({ kind: z.literal('gone'), at: z.date(), shiftId: z.uuid() }),
]);
export type ShiftEvent = z.infer<typeof ShiftEvent>;
