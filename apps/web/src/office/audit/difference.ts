import type { AuditView } from '@comanda/client';

interface Line {
  name: string;
  before: string | null;
  after: string | null;
}

/** What is different, value by value; what stayed as it was is left out. */
export function differenceOf({ before, after }: Pick<AuditView, 'before' | 'after'>): Line[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names]
    .filter((name) => !TOLD_BESIDE.includes(name))
    .map((name) => ({
      name: worded(name),
      before: told(before?.[name]),
      after: told(after?.[name]),
    }))
    .filter((line) => line.before !== line.after);
}

/** The foot of the entry says which row it was. */
const TOLD_BESIDE = ['id', 'restaurantId'];

/** `lastOrderMinutes` in words: `Last order minutes`. */
function worded(name: string): string {
  const words = name.replaceAll(/([A-Z])/g, ' $1').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function told(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value === '' ? '(empty)' : value;
  if (value instanceof Date) return value.toISOString();
  return JSON.stringify(value, null, 1);
}
