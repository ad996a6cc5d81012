import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { violatedUnique } from '@comanda/storage/failures';
import { inTransaction, LockMode } from '@comanda/storage/transaction';
import type { PlacedContext } from '../context.ts';
import { Category, MenuItem } from './menu.entity.ts';
import type { FileItem, Imported, ImportMenu } from './menu.schema.ts';
import { sortNameOf } from './menu.search.rules.ts';
import { moveAll, moveOne, reword, rewordAll } from './menu.words.ts';

const REMOVED_TOO = { filters: { notDeleted: false } } as const;
/** As who changes a category holds it: nobody else moves it or its items meanwhile. */
const HELD = { ...REMOVED_TOO, lockMode: LockMode.PESSIMISTIC_WRITE } as const;

/** Brings in a menu, or a part of one, all or nothing. What was removed comes back. */
export async function importMenu(ctx: PlacedContext, input: ImportMenu): Promise<Imported> {
  try {
    return await broughtIn(ctx, input);
  } catch (error) {
    // Somebody else has added it meanwhile: now it is there to be changed.
    if (!violatedUnique(error)?.includes('slug')) throw error;
    return broughtIn(ctx, input);
  }
}

function broughtIn(ctx: PlacedContext, { categories, items }: ImportMenu): Promise<Imported> {
  return inTransaction(ctx, async (ctx) => {
    const done = { categories: { added: 0, changed: 0 }, items: { added: 0, changed: 0 } };
    for (const said of categories) {
      const known = await ctx.em.findOne(Category, { slug: said.slug }, HELD);
      const stood = known?.position;
      if (known) Object.assign(known, said, { deletedAt: null });
      else ctx.em.create(Category, { ...said, restaurantId: ctx.restaurantId });
      done.categories[known ? 'changed' : 'added'] += 1;
      await ctx.em.flush();
      if (!known) continue;
      if (known.position !== stood) await moveAll(ctx, known);
      await rewordAll(ctx, known);
    }
    for (const [at, said] of items.entries()) {
      done.items[await imported(ctx, said, at)] += 1;
    }
    return done;
  });
}

async function imported(
  ctx: PlacedContext,
  said: FileItem,
  at: number,
): Promise<'added' | 'changed'> {
  const { em, restaurantId } = ctx;
  const { category: slug, ...values } = said;
  const lockMode = LockMode.PESSIMISTIC_READ;
  const category = await em.findOne(Category, { slug }, { lockMode });
  if (!category) throw unknownCategory(at);
  const known = await em.findOne(MenuItem, { slug: said.slug }, REMOVED_TOO);
  const place = { category, categoryPosition: category.position };
  const whole = { ...values, ...place, sortName: sortNameOf(said.name) };
  if (known) Object.assign(known, whole, { deletedAt: null });
  const item = known ?? em.create(MenuItem, { ...whole, restaurantId, ...NOT_IN_A_FILE });
  await em.flush();
  await moveOne(ctx, item);
  await reword(ctx, item);
  return known ? 'changed' : 'added';
}

const NOT_IN_A_FILE = { photoId: null, recipeId: null };

function unknownCategory(at: number) {
  const issue = { path: `items.${at}.category`, message: 'there is no such category' };
  return kernelErrors.VALIDATION({ issues: [issue], more: 0 });
}
