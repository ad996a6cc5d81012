import type { ReservationState } from './reservations.states.schema.ts';

/** What is not here does not happen. */
export const MOVES: Readonly<Record<ReservationState, readonly ReservationState[]>> = {
  requested: ['confirmed', 'cancelled'],
  confirmed: ['seated', 'cancelled', 'no_show'],
  seated: ['completed'],
  completed: [],
  cancelled: [],
  no_show: [],
};

/** A party in such a state is still expected. */
export const EXPECTED: readonly ReservationState[] = ['requested', 'confirmed'];

/** From such a state on the tables are free again. */
export const OVER: readonly ReservationState[] = ['completed', 'cancelled', 'no_show'];
