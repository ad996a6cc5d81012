import type { RestaurantDetail } from '@comanda/client';
import { Timecard } from '@comanda/domains/timecards/timecards.entity';
import type { TestApp } from '@comanda/testing';
import type { Person } from '@comanda/testing/given';
import { inside } from '../auth/looking.ts';

type Terms = RestaurantDetail['clock'];

/** On what terms Little Lemon's staff clock in from now on. */
export async function clocking(app: TestApp, terms: Partial<Terms>): Promise<void> {
  await app.as('manager').restaurants.update.mutate({ clock: terms });
}

/** Works now, with a shift that began an hour ago and takes eight. */
export async function atWork(app: TestApp, { id: personId }: Pick<Person, 'id'>): Promise<string> {
  const shiftId = await app.given.shift({ personId });
  return app.given.timecard({ personId, shiftId });
}

/** The cards of somebody in every restaurant, oldest first, past every door. */
export function cardsOf(app: TestApp, { id }: Pick<Person, 'id'>): Promise<Timecard[]> {
  return inside(app).find(Timecard, { personId: id }, { orderBy: { inAt: 'asc' } });
}

/** Who is at work in Little Lemon, in the order in which they came. */
export async function idsAtWork(app: TestApp): Promise<string[]> {
  const { items } = await app.as('manager').shifts.onNow.query();
  return items.map(({ personId }) => personId);
}
