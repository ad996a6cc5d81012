import { z } from 'zod';

/** What a browser's `Blob` and `File` are, and what a request is here. */
export interface Bytes {
  stream(): AsyncIterable<Uint8Array>;
}

/** The bytes of a JPEG, PNG or WebP picture. */
export const Upload = z
  .custom<Blob>(
    (given) => typeof (given as Partial<Bytes> | null)?.stream === 'function',
    'the bytes of a picture, sent to /files',
  )
  .register(z.globalRegistry, { 'x-wire': 'Blob' });
export type Upload = z.infer<typeof Upload>;

/** A picture that hangs nowhere yet: after a day it is gone. */
export const PictureView = z.object({
  /** To be named to `profile.setAvatar`, `menu.items.setPhoto` or `books.setCover`. */
  id: z.uuid(),
  /** Of its largest size. */
  width: z.int(),
  height: z.int(),
});
export type PictureView = z.infer<typeof PictureView>;
