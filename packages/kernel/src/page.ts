import { z } from 'zod';
import { kernelErrors } from './kernel.errors.ts';

/** What every list takes, beside its filters. */
export const PageInput = {
  cursor: z.string().max(300).optional(),
  limit: z.int().min(1).max(100).default(20),
};

export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

export function toCursor(position: readonly string[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** Refuses a cursor that this service never gave out. */
export function fromCursor(cursor: string, parts = 1): [string, ...string[]] {
  const position = readable(cursor);
  const fits = Array.isArray(position) && position.length === parts;
  if (fits && position.every((part) => typeof part === 'string')) {
    return position as [string, ...string[]];
  }
  throw strangeCursor();
}

/** A place in a list by time, and by id where two are of one moment. */
export function toMomentCursor({ at, id }: { at: Date; id: string }): readonly string[] {
  return [at.toISOString(), id];
}

/** Refuses what names no moment. */
export function fromMomentCursor(cursor: string): { at: Date; id: string } {
  const [moment, id = ''] = fromCursor(cursor, 2);
  const at = new Date(moment);
  if (Number.isNaN(at.getTime())) throw strangeCursor();
  return { at, id };
}

/** The refusal of a cursor that leads nowhere. */
export function strangeCursor() {
  const issue = { path: 'cursor', message: 'this cursor is not one of this list' };
  return kernelErrors.VALIDATION({ issues: [issue], more: 0 });
}

function readable(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}

/** Cuts what was read with one row too many into a page and the place where the next one starts. */
export function page<Item>(
  rows: Item[],
  { limit, at }: { limit: number; at: (item: Item) => readonly string[] },
): { items: Item[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? toCursor(at(last)) : null };
}
