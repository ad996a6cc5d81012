import { z } from 'zod';

/** A moment that every database can keep and compare. */
export const Moment = z.date().min(new Date(0)).max(new Date('9999-01-01T00:00:00Z'));
