import { defineErrors, refusal } from '@comanda/kernel/errors';
import { z } from 'zod';

export const fileErrors = defineErrors({
  NOT_A_PICTURE: refusal(
    'UNSUPPORTED_MEDIA_TYPE',
    'This is no picture of a kind that is taken.',
    'Send one of the kinds in `details.kinds`, whole; what counts is the content, not the name.',
    z.object({ kinds: z.array(z.string()) }),
  ),
  PICTURE_TOO_LARGE: refusal(
    'PAYLOAD_TOO_LARGE',
    'The picture is too large.',
    'Send no more than `details.maxBytes` and `details.maxPixels`; 1,600 by 1,600 is all that is kept.',
    z.object({ maxBytes: z.int(), maxPixels: z.int() }),
  ),
  PICTURE_IN_USE: refusal(
    'CONFLICT',
    'This picture is used somewhere else already.',
    'Upload it once more: every place has a picture of its own.',
  ),
});
