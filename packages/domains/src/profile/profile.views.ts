import { acrossRestaurants } from '@comanda/storage/tenancy';
import type { ActorContext } from '../context.ts';
import { showProfile } from './profile.reads.ts';
import type { ProfileView } from './profile.schema.ts';

export function ownProfile({ actor, em }: ActorContext): Promise<ProfileView> {
  return showProfile({ actor, em: acrossRestaurants(em) });
}
