import type { Role } from '@comanda/kernel/access';
import type { TestApp } from '@comanda/testing';
import type { Person } from '@comanda/testing/given';

interface Offer {
  role: Role;
  /** Left out: Little Lemon. */
  restaurantId?: string;
}

/** An admin invites somebody who has an account. */
export function invited(app: TestApp, { username }: Person, offer: Offer) {
  return app.as('admin').people.create.mutate({ ...offer, existing: username });
}

/** They say yes, in a session of its own. */
export async function accepted(
  app: TestApp,
  who: Person,
  restaurantId = app.home.restaurantId,
): Promise<Person> {
  const { auth } = app.as({ ...who, restaurantId: null });
  await auth.switchRestaurant.mutate({ restaurantId });
  return { ...who, restaurantId };
}

/** Both: somebody with an account works there as well. */
export async function joined(app: TestApp, who: Person, offer: Offer): Promise<Person> {
  await invited(app, who, offer);
  return accepted(app, who, offer.restaurantId);
}
