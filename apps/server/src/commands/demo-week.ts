import type { CallContext } from '@comanda/domains/context';
import { requestReservation } from '@comanda/domains/reservations/reservations.booking.actions';
import { clockFor } from '@comanda/domains/restaurants/restaurants.reads';
import { Shift } from '@comanda/domains/shifts/shifts.entity';
import { clockIn } from '@comanda/domains/timecards/timecards.clock.actions';
import { STAFF_ROLES } from '@comanda/kernel/access';
import { newId } from '@comanda/kernel/id';
import { after, DAY, HOUR, MINUTE } from '@comanda/kernel/time';
import { inTransaction } from '@comanda/storage/transaction';
import { acting, type Cast } from './demo-acting.ts';

const CAME_MINUTES_AGO = 240;
const DAYS = 13;
const QUARTER = 15 * MINUTE;

/** Who works when at Little Lemon for two weeks; everybody is at work now. */
export async function plantWeeks(ctx: CallContext, cast: Cast): Promise<void> {
  const as = acting(ctx, cast);
  await inTransaction(as('manager', CAME_MINUTES_AGO), async ({ em, restaurantId, clock }) => {
    const { calendar } = await clockFor({ em }, restaurantId);
    const now = ctx.clock.now();
    for (const [at, role] of STAFF_ROLES.entries()) {
      const personId = cast.staff[role].id;
      const plan = { restaurantId, personId, note: null };
      const came = new Date(Math.floor(clock.now().getTime() / QUARTER) * QUARTER);
      em.create(Shift, {
        ...plan,
        startsAt: came,
        endsAt: after(came, 12 * HOUR),
        state: 'published',
      });
      for (let day = 1; day <= DAYS; day++) {
        // One day off a week, and lunch or dinner by turns.
        if ((day + at) % 7 === 0) continue;
        const midnight = calendar.startOf(calendar.dateAt(after(now, day * DAY)));
        const startsAt = after(midnight, ((day + at) % 2 === 0 ? 10 : 15) * HOUR);
        const state = day <= 7 ? 'published' : 'draft';
        em.create(Shift, { ...plan, startsAt, endsAt: after(startsAt, 8 * HOUR), state });
      }
    }
    await em.flush();
  });
  for (const role of STAFF_ROLES) {
    await clockIn(as(role, CAME_MINUTES_AGO), { idempotencyKey: newId() });
  }
}

/** Two parties that are to come tomorrow: one waits to be confirmed. */
export async function plantParties(ctx: CallContext, cast: Cast): Promise<void> {
  const as = acting(ctx, cast);
  const { calendar } = await clockFor(as('waiter', 0), cast.restaurantId);
  const evening = calendar.startOf(calendar.dateAt(after(ctx.clock.now(), DAY)));
  const at = (hour: number) => ({ startsAt: after(evening, hour * HOUR), idempotencyKey: newId() });
  const said = { note: 'By the window, please.', phone: null, forGuest: false };
  await requestReservation(as('customer', 0), { ...said, ...at(19), party: 2 });
  const family = { customerName: 'Famiglia Rossi', phone: '+390107654321', party: 5 };
  await requestReservation(as('waiter', 0), { ...family, ...at(20), note: '', forGuest: true });
}
