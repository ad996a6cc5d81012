/** How wide or high a picture is at most, by the names of its sizes. */
export const SIZES = { small: 320, large: 1_600 } as const;
export type Size = keyof typeof SIZES;

/** What a picture may be when it comes. */
export const MAX_BYTES = 8 * 1024 * 1024;
export const MAX_PIXELS = 50_000_000;
/** Bytes of a picture that cannot be drawn row by row: interlaced, progressive, or on its side. */
export const MAX_HELD = 150 * 1024 * 1024;
export const KINDS = ['image/jpeg', 'image/png', 'image/webp'] as const;

/** What every picture is once it is here. */
export const KEPT_AS = 'image/webp';
