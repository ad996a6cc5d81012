import { taskErrors } from './tasks.errors.ts';

interface Parties {
  ownerId: string;
  assignedById: string | null;
}

/** Refuses to finish what somebody else is to do, and to reword or remove what somebody else has given. */
export function refuseOtherPart(
  { ownerId, assignedById }: Parties,
  { by, part }: { by: string; part: 'words' | 'done' },
): void {
  const whose = part === 'done' ? ownerId : (assignedById ?? ownerId);
  if (whose !== by) throw taskErrors.TASK_GIVEN();
}

/** When it was done: what is done already stays done since then. */
export function doneSince(
  doneAt: Date | null,
  { done, now }: { done: boolean; now: Date },
): Date | null {
  return done ? (doneAt ?? now) : null;
}
