import { z } from 'zod';

export const SECRECIES = ['basic', 'advanced', 'top_secret'] as const;

/** How secret a recipe is; each level reads those before it. */
export const Secrecy = z.enum(SECRECIES);
export type Secrecy = z.infer<typeof Secrecy>;
