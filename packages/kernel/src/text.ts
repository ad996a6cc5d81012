import { z } from 'zod';

/** What can be kept as it was sent: well-formed Unicode without NUL, where SQLite ends a statement. */
export const Text = z.string().refine((text) => text.isWellFormed() && !text.includes('\0'), {
  error: 'the text is not well-formed Unicode, or holds a NUL',
});

/** Text that says something, on one line or on several. */
export function words(max: number) {
  return Text.trim().min(1).max(max);
}

/**
 * A name, a number to call: it stands on one line with other words wherever it is shown, and is kept without
 * what would break that line, drive a terminal, or turn around all that stands behind it.
 */
export function lineOrNothing(max: number) {
  return Text.overwrite(onOneLine).trim().max(max);
}

/** The same, but it says something. */
export function line(max: number) {
  return lineOrNothing(max).min(1);
}

const BREAKS = /[\p{Cc}\u2028\u2029]+/gu;
const TURNS = /[\u202A-\u202E\u2066-\u2069]/gu;

function onOneLine(text: string): string {
  return text.replace(BREAKS, ' ').replace(TURNS, '');
}
