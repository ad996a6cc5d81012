import type { Sharp } from 'sharp';
import { PictureRefused } from './refused.ts';
import { MAX_HELD, MAX_PIXELS, SIZES } from './sizes.ts';

/** A picture in its sizes, drawn anew: nothing of the file that came is in it but what is seen. */
export interface Rendered {
  /** Of the largest. */
  width: number;
  height: number;
  small: Uint8Array;
  large: Uint8Array;
}

/** By the content alone, whatever it was called; kinds that are not named here are never read. */
const READERS = ['Jpeg', 'Png', 'Webp'].map((kind) => `VipsForeignLoad${kind}File`);
const LONGEST_S = 30;
const QUALITY = 80;

/** Loaded with the first picture: a server that has none does without. */
async function drawing() {
  const { default: sharp } = await import('sharp');
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: READERS });
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp;
}
let opened: ReturnType<typeof drawing> | undefined;

/** Upright, at most as large as a screen, without place, time and camera. */
export async function render(path: string): Promise<Rendered> {
  const sharp = await (opened ??= drawing());
  const file = { limitInputPixels: MAX_PIXELS, failOn: 'error', sequentialRead: true } as const;
  try {
    await refuseGreat(sharp(path, { ...file, limitInputPixels: false }));
    const { data, info } = await sharp(path, file)
      .timeout({ seconds: LONGEST_S })
      .autoOrient()
      .resize(within(SIZES.large))
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { width, height, channels } = info;
    const drawn = () => sharp(data, { raw: { width, height, channels } });
    return {
      width,
      height,
      small: await drawn().resize(within(SIZES.small)).webp({ quality: QUALITY }).toBuffer(),
      large: await drawn().webp({ quality: QUALITY }).toBuffer(),
    };
  } catch (error) {
    if (error instanceof PictureRefused) throw error;
    const isLate = error instanceof Error && error.message.startsWith('timeout');
    throw new PictureRefused(isLate ? 'no time' : 'no picture', error);
  }
}

/** By what its head says, before anything is drawn. */
async function refuseGreat(picture: Sharp): Promise<void> {
  const {
    width,
    height,
    channels,
    depth,
    isProgressive,
    orientation = 1,
  } = await picture.metadata();
  const pixels = width * height;
  // These are drawn row by row; all others are held as a whole.
  const isWhole = isProgressive || orientation > 1;
  const bytes = pixels * channels * (depth === 'uchar' ? 1 : 2);
  if (pixels > MAX_PIXELS || (isWhole && bytes > MAX_HELD)) {
    throw new PictureRefused('too many pixels');
  }
}

function within(most: number) {
  return { width: most, height: most, fit: 'inside', withoutEnlargement: true } as const;
}
