import { z } from 'zod';

/** A call that is repeated with the same key takes effect once, and gets the same answer. */
export const IdempotencyKey = z.string().regex(/^[\x21-\x7e]{8,128}$/, '8 to 128 visible signs');
