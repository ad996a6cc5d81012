import { describe, expect, test } from 'vitest';
import type { reservationErrors } from './reservations.errors.ts';
import { cancelUntil, refuseMove, settled } from './reservations.moves.rules.ts';
import { RESERVATION_STATES, type ReservationState } from './reservations.states.schema.ts';

const startsAt = new Date('2026-10-01T18:00:00Z');
const endsAt = new Date('2026-10-01T19:30:00Z');
const terms = { cancelMinutes: 120, noShowMinutes: 15 };
const late = new Date('2026-10-01T23:00:00Z');

/** What is said to a step: `ok`, or the code and what comes with it. */
function said(state: ReservationState, to: ReservationState, now = late): unknown {
  try {
    refuseMove({ state, startsAt }, to, { now, terms });
    return 'ok';
  } catch (error) {
    const { code, details } = error as ReturnType<typeof reservationErrors.RESERVATION_EARLY>;
    return [code, details];
  }
}

describe('the steps of a reservation', () => {
  test('D7 are these, and no others', () => {
    const steps = RESERVATION_STATES.flatMap((from) =>
      RESERVATION_STATES.filter((to) => said(from, to) === 'ok').map((to) => `${from} → ${to}`),
    );

    expect(steps).toEqual([
      'requested → confirmed',
      'requested → cancelled',
      'confirmed → seated',
      'confirmed → cancelled',
      'confirmed → no_show',
      'seated → completed',
    ]);
  });

  test('D7 that there are not, are refused with those that there are', () => {
    const allowed = ['seated', 'cancelled', 'no_show'];

    expect(said('confirmed', 'completed')).toEqual([
      'RESERVATION_STATE',
      { state: 'confirmed', allowed },
    ]);
    expect(said('completed', 'cancelled')).toEqual([
      'RESERVATION_STATE',
      { state: 'completed', allowed: [] },
    ]);
  });

  test.each<[ReservationState, string]>([
    ['seated', '2026-10-01T16:00:00.000Z'],
    ['no_show', '2026-10-01T18:15:00.000Z'],
  ])('D7 to %s are open from %s on', (to, instant) => {
    const from = new Date(instant);
    const before = new Date(from.getTime() - 1);

    expect(said('confirmed', to, before)).toEqual(['RESERVATION_EARLY', { from }]);
    expect(said('confirmed', to, from)).toBe('ok');
  });

  test('D7 that are none are refused as such, however early it is', () => {
    const early = new Date('2026-09-01T00:00:00Z');

    expect(said('requested', 'no_show', early)).toMatchObject(['RESERVATION_STATE', {}]);
    expect(said('requested', 'confirmed', early)).toBe('ok');
  });
});

describe('calling off by oneself', () => {
  test('D7 ends two hours ahead, or as it is set', () => {
    expect(cancelUntil({ startsAt }, terms)).toEqual(new Date('2026-10-01T16:00:00Z'));
    expect(cancelUntil({ startsAt }, { cancelMinutes: 0 })).toEqual(startsAt);
  });
});

describe('what nobody has seen to', () => {
  const behind = (at: Date) => new Date(at.getTime() + 1);

  test('D7 is called off when it was only asked for, once it should have begun', () => {
    const request = { state: 'requested', startsAt, endsAt } as const;

    expect(settled(request, startsAt)).toBeUndefined();
    expect(settled(request, behind(startsAt))).toEqual({
      to: 'cancelled',
      reason: 'nobody confirmed it',
    });
  });

  test('D7 is a party that never came when it was confirmed, once it should be over', () => {
    const confirmed = { state: 'confirmed', startsAt, endsAt } as const;

    expect(settled(confirmed, endsAt)).toBeUndefined();
    expect(settled(confirmed, behind(endsAt))).toEqual({ to: 'no_show', reason: null });
  });

  test.each(['seated', 'completed', 'cancelled', 'no_show'] as const)(
    'D7 stays as it is when it is %s',
    (state) => {
      expect(settled({ state, startsAt, endsAt }, late)).toBeUndefined();
    },
  );

  test('D7 becomes what the table of transitions allows', () => {
    const steps = RESERVATION_STATES.map((state) => ({
      state,
      step: settled({ state, startsAt, endsAt }, late),
    })).filter(({ step }) => step);

    expect(steps.map(({ state, step }) => said(state, step?.to ?? 'requested'))).toEqual([
      'ok',
      'ok',
    ]);
  });
});
