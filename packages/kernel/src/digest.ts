import { createHash } from 'node:crypto';

/** A short name for a text: 128 bits in hex, so that a collation which ignores case cannot mix up two. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
