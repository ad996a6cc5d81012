import { newId } from '@comanda/kernel/id';
import { after, DAY } from '@comanda/kernel/time';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import { inTransaction, LockMode } from '@comanda/storage/transaction';
import type { CallContext, House } from '../context.ts';
import { Picture } from './files.entity.ts';
import { loosePictures } from './files.reads.ts';

/** What one round sees to; the others have their turn with the next. */
const LIMIT = 500;
/** Long enough for whoever uploads today what they hang up tomorrow. */
const KEPT_MS = DAY;

/**
 * Takes away the pictures that hang nowhere, with their files. A row is marked first and goes last: nobody
 * hangs it up meanwhile, and what was interrupted is done the next time.
 */
export async function clearPictures({ database, clock, pictures }: House): Promise<void> {
  const before = after(clock.now(), -KEPT_MS);
  const em = acrossRestaurants(database, { clock, author: { ...AUTHOR, requestId: newId() } });
  const ctx = { em, clock, afterCommit: () => undefined };
  for (const id of await loosePictures(ctx, { before, limit: LIMIT })) {
    const isLoose = await inTransaction(ctx, (ctx) => marked(ctx, { id, before }));
    if (!isLoose) continue;
    await pictures.remove(id);
    await inTransaction(ctx, (ctx) => forgotten(ctx, id));
  }
  await pictures.clearDesk(before);
}

type Asking = Pick<CallContext, 'em' | 'clock'>;
const DELETED_TOO = { filters: { notDeleted: false }, lockMode: LockMode.PESSIMISTIC_WRITE };

async function marked({ em, clock }: Asking, { id, before }: { id: string; before: Date }) {
  const picture = await em.findOne(Picture, { id }, DELETED_TOO);
  if (!picture?.looseSince || picture.looseSince >= before) return false;
  picture.deletedAt ??= clock.now();
  await em.flush();
  return true;
}

async function forgotten({ em }: Asking, id: string): Promise<void> {
  const picture = await em.findOne(Picture, { id }, DELETED_TOO);
  if (picture) await em.remove(picture).flush();
}

const AUTHOR = {
  actorId: null,
  actorName: null,
  role: 'system',
  action: 'files.clear',
  address: null,
};
