import { IdempotencyKey } from '@comanda/kernel/keyed.schema';
import { Moment } from '@comanda/kernel/moment.schema';
import { PageInput, pageOf } from '@comanda/kernel/page';
import { line, Text, words } from '@comanda/kernel/text';
import { MINUTE } from '@comanda/kernel/time';
import { z } from 'zod';
import { KeptTable, ReservationState } from './reservations.states.schema.ts';

const Id = z.uuid().toLowerCase();
/** Left out: the restaurant of the session, or the only one there is. */
const restaurantId = Id.optional();
/** Every restaurant sets how many it takes at the most. */
const Party = z.int().min(1).max(100);
/** On the restaurant's own calendar. */
const LocalDate = z.iso.date();
const expectedVersion = z.int().optional();
const reason = words(300).optional();

const Start = z
  .date()
  .refine((at) => at.getTime() % (15 * MINUTE) === 0, 'parties start on a quarter of an hour');

export const AskAvailability = z.strictObject({ restaurantId, date: LocalDate, party: Party });
export type AskAvailability = z.infer<typeof AskAvailability>;

/** @public the contract names it */
export const StartView = z.object({
  startsAt: z.date(),
  endsAt: z.date(),
  /** Whether there is a table for that party. */
  free: z.boolean(),
});

/** When a party can come on a day. */
export const Availability = z.object({ timeZone: z.string(), items: z.array(StartView) });
export type Availability = z.infer<typeof Availability>;

export const ReservationView = z.object({
  id: z.uuid(),
  restaurantId: z.uuid(),
  state: ReservationState,
  party: z.int(),
  startsAt: z.date(),
  endsAt: z.date(),
  /** Null: staff wrote it down for somebody. */
  customerId: z.uuid().nullable(),
  customerName: z.string(),
  phone: z.string().nullable(),
  note: z.string(),
  /** One, or two that are put together. */
  tables: z.array(KeptTable),
  /** Until when its guest may call it off. */
  cancelUntil: z.date(),
  /** Who of the staff wrote it down; told to staff. */
  takenBy: z.uuid().nullable(),
  /** Why it was called off. */
  reason: z.string().nullable(),
  version: z.int(),
});
export type ReservationView = z.infer<typeof ReservationView>;
export const ReservationPage = pageOf(ReservationView);
export type ReservationPage = z.infer<typeof ReservationPage>;

export const RequestReservation = z
  .strictObject({
    restaurantId,
    idempotencyKey: IdempotencyKey,
    startsAt: Start,
    party: Party,
    note: Text.trim().max(500).default(''),
    phone: line(30).nullable().default(null),
    /** Whom to ask for; left out: the name of who is signed in. */
    customerName: line(200).optional(),
    /** Staff write it down for somebody, whose name they give. */
    forGuest: z.boolean().default(false),
  })
  .refine(({ forGuest, customerName }) => !forGuest || customerName !== undefined, {
    path: ['customerName'],
    error: 'a guest has a name',
  });
export type RequestReservation = z.infer<typeof RequestReservation>;

export const MyReservations = z.strictObject({ restaurantId, ...PageInput }).prefault({});
export type MyReservations = z.infer<typeof MyReservations>;

export const ListReservations = z
  .strictObject({
    restaurantId,
    ...PageInput,
    /** Those that start on that day. */
    date: LocalDate.optional(),
    /** Those that start then or later. */
    from: Moment.optional(),
    /** Those that start before. */
    to: Moment.optional(),
    state: z.array(ReservationState).max(6).optional(),
    tableId: Id.optional(),
  })
  .prefault({});
export type ListReservations = z.infer<typeof ListReservations>;

export const NameReservation = z.strictObject({
  restaurantId,
  reservationId: Id,
  expectedVersion,
});
export type NameReservation = z.infer<typeof NameReservation>;

export const CancelReservation = NameReservation.extend({ idempotencyKey: IdempotencyKey, reason });
export type CancelReservation = z.infer<typeof CancelReservation>;
