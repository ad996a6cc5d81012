import { newId } from '@comanda/kernel/id';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { SECOND } from '@comanda/kernel/time';
import { PictureRefused } from '@comanda/pictures/refused';
import { KINDS, MAX_BYTES, MAX_PIXELS } from '@comanda/pictures/sizes';
import { inTransaction } from '@comanda/storage/transaction';
import type { ActorContext } from '../context.ts';
import { Picture } from './files.entity.ts';
import { fileErrors } from './files.errors.ts';
import type { PictureView, Upload } from './files.schema.ts';

/** Takes a picture in. Its row stands before its files, so that no file is ever without one. */
export async function upload(ctx: ActorContext, picture: Upload): Promise<PictureView> {
  const { pictures, drawingGate, actor, clock } = ctx;
  try {
    await using received = await pictures.receive(picture.stream());
    const rendered = await drawingGate.run(actor.role, () => pictures.render(received));
    const { width, height } = rendered;
    const id = newId();
    await inTransaction(ctx, async ({ em }) => {
      em.create(Picture, { id, ownerId: actor.id, width, height, looseSince: clock.now() });
      await em.flush();
    });
    await pictures.keep(id, rendered);
    return { id, width, height };
  } catch (error) {
    throw error instanceof PictureRefused ? told(error) : error;
  }
}

function told({ because }: PictureRefused) {
  if (because === 'no room') return kernelErrors.STORAGE_FULL({ retryAfterMs: SECOND });
  if (because === 'no time') return kernelErrors.OVERLOADED({ retryAfterMs: SECOND });
  if (because === 'no picture') return fileErrors.NOT_A_PICTURE({ kinds: [...KINDS] });
  return fileErrors.PICTURE_TOO_LARGE({ maxBytes: MAX_BYTES, maxPixels: MAX_PIXELS });
}
