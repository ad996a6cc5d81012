import type { CallContext } from '@comanda/domains/context';
import { Restaurant } from '@comanda/domains/restaurants/restaurants.entity';
import { loadConfig } from '../config.ts';
import { contextOfCommand, openFor } from '../opening.ts';
import { Refusal } from './start-failures.ts';

/** Does something with the database of this configuration, also while a server runs on it. */
export async function withHouse(
  action: string,
  work: (ctx: CallContext) => Promise<void>,
): Promise<void> {
  const { house, close } = await openFor(await loadConfig(), 'command');
  try {
    await work(contextOfCommand(house, action));
  } finally {
    await close();
  }
}

/** The named restaurant, else the only one; undefined where there is none at all. */
export async function placeNamed(
  { em }: CallContext,
  slug: string | undefined,
): Promise<Restaurant | undefined> {
  const found = await em.find(Restaurant, slug ? { slug } : {}, { limit: 2 });
  if (found.length > 1)
    throw new Refusal('There are several restaurants: name one with --restaurant <slug>.');
  if (slug && !found[0]) throw new Refusal(`There is no restaurant ${slug}.`);
  return found[0];
}
