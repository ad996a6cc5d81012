import { z } from 'zod';

/** A line as it is kept: what was chosen, and what one unit of it cost when it was. */
export const KeptLine = z.object({
  key: z.string(),
  itemId: z.string(),
  options: z.array(z.object({ optionId: z.string(), quantity: z.int() })),
  note: z.string().nullable(),
  quantity: z.int(),
  unit: z.int(),
});
export type KeptLine = z.infer<typeof KeptLine>;
