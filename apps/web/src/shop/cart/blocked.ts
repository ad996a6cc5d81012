import type { CartView, LineIssue } from '@comanda/client';

/** Told, and nothing that keeps it from being ordered. */
export function isNews({ code }: LineIssue): boolean {
  return code === 'PRICE_CHANGED';
}

/** Why a cart cannot be ordered as it stands; what is merely new is agreed to by ordering. */
export function blockedBy({ lines, issues }: CartView): string | undefined {
  if (lines.some((line) => !line.issues.every(isNews))) return 'First mend what is marked.';
  if (issues.some(({ code }) => code === 'BELOW_MINIMUM')) return 'There is not enough in it yet.';
  if (issues.length > 0) return 'Orders are not taken right now.';
  return undefined;
}
