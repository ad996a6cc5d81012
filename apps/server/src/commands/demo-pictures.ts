import { readdirSync, readFileSync } from 'node:fs';
import type { CallContext, StaffContext } from '@comanda/domains/context';
import { Picture } from '@comanda/domains/files/files.entity';
import { MenuItem } from '@comanda/domains/menu/menu.entity';
import { newId } from '@comanda/kernel/id';
import { picturesNamedIn } from '@comanda/storage/backing-up';
import { inTransaction } from '@comanda/storage/transaction';
import { picturesIn } from '../picture-folder.ts';
import { acting, type Cast } from './demo-acting.ts';

/** Of each dish that is drawn, by its slug, the sizes in which an upload is kept. */
const DRAWN = new URL('demo-pictures/', import.meta.url);
const SIZE = { width: 800, height: 600 };

/**
 * Hangs up what is drawn of the dishes, as it lies there and all at once: to draw each anew, or to hang
 * one after the other, would cost every first start far more.
 */
export async function plantPictures(ctx: CallContext, cast: Cast): Promise<void> {
  const kept = await keptPictures(ctx, slugsDrawn());
  await hangUp(acting(ctx, cast)('head_chef', 0), kept);
}

/** None where a deployment leaves the drawings out: the menu goes without. */
function slugsDrawn(): Set<string> {
  try {
    return new Set(readdirSync(DRAWN).map((name) => name.replace(/\..*$/, '')));
  } catch {
    return new Set();
  }
}

/** By slug. Where there is no room for pictures, the start goes on: its passwords are told only once. */
async function keptPictures(
  { pictures, log }: CallContext,
  slugs: ReadonlySet<string>,
): Promise<Map<string, string>> {
  const bytes = (name: string) => readFileSync(new URL(name, DRAWN));
  const keeping = Array.from(slugs, async (slug) => {
    const id = newId();
    const [small, large] = [bytes(`${slug}.small.webp`), bytes(`${slug}.large.webp`)];
    await pictures.keep(id, { ...SIZE, small, large });
    return [slug, id] as const;
  });
  const outcomes = await Promise.allSettled(keeping);
  const failed = outcomes.find(({ status }) => status === 'rejected');
  if (failed) log.warn(failed, 'the demo restaurant goes without some of its pictures');
  return new Map(
    outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : [])),
  );
}

function hangUp(cook: StaffContext, kept: ReadonlyMap<string, string>): Promise<void> {
  return inTransaction(cook, async ({ em, actor }) => {
    for (const item of await em.find(MenuItem, { slug: [...kept.keys()] })) {
      const id = kept.get(item.slug);
      if (id === undefined) continue;
      em.create(Picture, { id, ownerId: actor.id, ...SIZE, looseSince: null });
      item.photoId = id;
    }
    await em.flush();
  });
}

/**
 * Takes away the files of all pictures that a database knows, before it goes itself: nothing else tells
 * whose they are. What cannot be read or taken away stays; the doctor tells of it.
 */
export async function removePictures(database: string, filesDir: string): Promise<void> {
  const pictures = picturesIn(filesDir);
  try {
    for (const id of picturesNamedIn(database).keys()) await pictures.remove(id);
  } catch {
    // To throw the database away is what was asked for.
  }
}
