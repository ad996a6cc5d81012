import { createHash } from 'node:crypto';
import type { Contract } from './contract.ts';

/** Twelve digits that stand for what travels: summaries and advice may change, the hash stays. */
export function hashOf({
  procedures,
  refusals,
  types,
}: Omit<Contract, 'version' | 'hash'>): string {
  const calls = Object.entries(procedures).map(
    ([name, { type, input, optional, output, refusals }]) => [
      name,
      { type, input, optional, output, refusals },
    ],
  );
  const told = Object.entries(refusals).map(([code, { status, details }]) => [
    code,
    { status, details },
  ]);
  const travels = [Object.fromEntries(calls), Object.fromEntries(told), types];
  return createHash('sha256').update(canonical(travels)).digest('hex').slice(0, 12);
}

/** JSON with its keys in order, and with the lists whose order says nothing. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (key, one: unknown) => {
    if (key === 'description' && typeof one === 'string') return undefined;
    if (Array.isArray(one)) return UNORDERED.has(key) ? one.map(String).toSorted() : one;
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}

const UNORDERED = new Set(['required', 'enum', 'refusals']);
