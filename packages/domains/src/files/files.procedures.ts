import { MINUTE } from '@comanda/kernel/time';
import { uploadBudget } from '@comanda/quotas/scopes';
import { signedIn } from '../trpc.ts';
import { upload } from './files.actions.ts';
import { fileErrors } from './files.errors.ts';
import { PictureView, Upload } from './files.schema.ts';

const { NOT_A_PICTURE, PICTURE_TOO_LARGE } = fileErrors;

export const filesProcedures = {
  upload: signedIn(NOT_A_PICTURE, PICTURE_TOO_LARGE)
    .meta({
      summary: 'Takes a picture in, to be hung up somewhere within a day.',
      price: { budget: uploadBudget },
      deadlineMs: MINUTE,
    })
    .input(Upload)
    .output(PictureView)
    .mutation(({ ctx, input }) => upload(ctx, input)),
};
