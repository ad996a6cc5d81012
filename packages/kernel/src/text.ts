import { z } from 'zod';

/** What can be kept as it was sent: well-formed Unicode without NUL, where SQLite ends a statement. */
export const Text = z.string().refine((text) => text.isWellFormed() && !text.includes('\0'), {
  error: 'the text is not well-formed Unicode, or holds a NUL',
});
