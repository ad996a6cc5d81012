import type { Clock } from '@comanda/kernel/time';

/** Stands in the audit log behind what a test has prepared. */
export function behind(clock: Clock) {
  const nobody = { actorId: null, actorName: null, address: null };
  return { clock, author: { ...nobody, role: 'system', action: 'given', requestId: 'given' } };
}
