import type { Client } from '@comanda/client';
import { Recipe, Wine } from '@comanda/domains/recipes/recipes.entity';
import { newId } from '@comanda/kernel/id';
import type { TestApp } from '@comanda/testing';
import type { RecipeTraits } from '@comanda/testing/given-recipe';
import { inside } from '../auth/looking.ts';

type Listing = NonNullable<Parameters<Client['recipes']['list']['query']>[0]>;
type Page = Awaited<ReturnType<Client['recipes']['list']['query']>>;

/** The names on all pages, read one after the other. */
export async function namesOf({ recipes }: Client, listing: Listing = {}): Promise<string[]> {
  const names: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Page = await recipes.list.query({ ...listing, ...(cursor !== null && { cursor }) });
    names.push(...page.items.map(({ name }) => name));
    cursor = page.nextCursor;
    if (names.length > 200) throw new Error('These pages do not end.');
  } while (cursor !== null);
  return names;
}

/** One of each secrecy, oldest first, by the master unless it is said. */
export async function book(app: TestApp, traits: Partial<RecipeTraits> = {}) {
  const authorId = app.home.staff.master_chef.id;
  const by = { authorId, ...traits };
  const basic = await app.given.recipe({ ...by, name: 'Bread', secrecy: 'basic' });
  const advanced = await app.given.recipe({ ...by, name: 'Sauce', secrecy: 'advanced' });
  const secret = await app.given.recipe({ ...by, name: 'Elixir', secrecy: 'top_secret' });
  return { basic, advanced, secret };
}

export function recipeOf(app: TestApp, id: string): Promise<Recipe> {
  return inside(app).findOneOrFail(Recipe, id, { filters: { notDeleted: false } });
}

interface WineTraits {
  restaurantId?: string;
  name: string;
  year?: number;
  price?: number;
  removed?: boolean;
}

/** Nobody brings bottles through the service yet. Answers their ids. */
export async function cellared(app: TestApp, wines: WineTraits[]): Promise<string[]> {
  const em = inside(app);
  const { restaurantId } = app.home;
  const plain = { restaurantId, year: 2018, price: 15_000, bottles: 6 };
  const made = wines.map(({ removed, ...wine }) => {
    const deletedAt = removed ? app.clock.now() : null;
    return em.create(Wine, { id: newId(), ...plain, ...wine, deletedAt });
  });
  await em.flush();
  return made.map(({ id }) => id);
}
