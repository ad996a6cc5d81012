import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { LockMode } from '@comanda/storage/transaction';
import type { ActorContext, CallContext } from '../context.ts';
import { Picture } from './files.entity.ts';
import { fileErrors } from './files.errors.ts';

interface Change {
  /** What hangs there now. */
  from: string | null;
  /** An upload of the caller's; null for none. */
  to: string | null;
}

/** Puts a picture in the place of another, in the caller's transaction. */
export async function rehang(ctx: ActorContext, { from, to }: Change): Promise<void> {
  if (from === to) return;
  if (to !== null) await hang(ctx, to);
  if (from !== null) await takeDown(ctx, from, ctx.clock.now());
}

async function hang({ em, actor }: ActorContext, id: string): Promise<void> {
  const picture = await em.findOne(Picture, { id, ownerId: actor.id }, HELD);
  if (!picture) throw kernelErrors.NOT_FOUND({ what: 'picture' });
  if (picture.looseSince === null) throw fileErrors.PICTURE_IN_USE();
  picture.looseSince = null;
  await em.flush();
}

/** Its files go a day after `looseSince`: the next time that somebody looks, if that is long ago. */
export async function takeDown(
  { em }: Pick<CallContext, 'em'>,
  id: string,
  looseSince: Date,
): Promise<void> {
  const picture = await em.findOne(Picture, { id }, HELD);
  if (!picture) return;
  picture.looseSince = looseSince;
  await em.flush();
}

const HELD = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;
