import { blank } from '@comanda/storage/erasing';
import type { Erasing } from '../context.ts';
import { Restaurant } from '../restaurants/restaurants.entity.ts';
import { Reservation } from './reservations.entity.ts';
import { heldReservation, moved } from './reservations.moving.actions.ts';
import { EXPECTED } from './reservations.transitions.ts';

/** Tables that were held for somebody who is gone are free again; who sits at one already may finish. */
export const eraseReservations: Erasing = async ({ em, clock }, { accountId: customerId }) => {
  const restaurants = await em.find(Restaurant, {}, { filters: false, fields: ['id'] });
  // Named, because the index begins with them.
  const own = { restaurantId: { $in: restaurants.map(({ id }) => id) }, customerId };
  const coming = { ...own, state: { $in: [...EXPECTED] }, startsAt: { $gt: clock.now() } };
  for (const { id } of await em.find(Reservation, coming, { fields: ['id'] })) {
    const reservation = await heldReservation({ em }, id);
    if (EXPECTED.includes(reservation.state)) await moved({ em }, reservation, { to: 'cancelled' });
  }
  const nobody = { customerName: '', phone: null, note: '', reason: null };
  await blank(em, Reservation, { where: own, set: nobody });
};
