import type { Actor } from '@comanda/domains/auth/auth.actor';
import type { CallContext, House, StaffContext } from '@comanda/domains/context';
import type { Role } from '@comanda/kernel/access';
import { after, MINUTE } from '@comanda/kernel/time';
import { within } from '@comanda/storage/tenancy';

/** Who works and eats at the demo restaurant. */
export interface Cast {
  restaurantId: string;
  staff: Record<Role, Actor>;
}

/** Somebody of the demo, as they would have acted some minutes ago. */
export function acting(
  { clock: real, ...house }: CallContext,
  { restaurantId, staff }: Cast,
): (role: Role, minutesAgo: number) => StaffContext {
  return (role, minutesAgo) => {
    const clock: House['clock'] = { now: () => after(real.now(), -minutesAgo * MINUTE) };
    const actor = staff[role];
    const nobody = { requestId: house.requestId, address: null, action: 'demo' };
    const author = { ...nobody, actorId: actor.id, actorName: actor.name, role };
    const em = within(house.database, restaurantId, { clock, author });
    return { ...house, clock, em, actor, restaurantId };
  };
}
