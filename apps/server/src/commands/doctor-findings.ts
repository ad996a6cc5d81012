import type { Config } from '../config.ts';
import { inWords } from './start-failures.ts';

/** One line of what was looked at; `todo` says what to do about it. */
export interface Finding {
  what: string;
  state: 'ok' | 'warn' | 'fail';
  says: string;
  todo?: string;
}

export type Look = (config: Config) => Promise<Finding[]>;

export const ok = (what: string, says: string): Finding => ({ what, state: 'ok', says });

type Trouble = Pick<Finding, 'says' | 'todo'> & { todo: string };
export const warn = (what: string, trouble: Trouble): Finding => ({
  what,
  state: 'warn',
  ...trouble,
});
export const fail = (what: string, trouble: Trouble): Finding => ({
  what,
  state: 'fail',
  ...trouble,
});

/** What cannot be looked at is a finding too. */
export async function looked(what: string, look: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look();
  } catch (error) {
    return [fail(what, { says: reasonOf(error), todo: 'set that right, then look again' })];
  }
}

/** Never what a driver says: that may name a user, a host or a statement. */
export function reasonOf(error: unknown): string {
  const words = inWords(error);
  if (!(error instanceof Error) || words !== (error.stack ?? error.message)) return words;
  return `it failed for a reason of its own (${codeOf(error) ?? error.name})`;
}

function codeOf(error: Error): string | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { code } = at as NodeJS.ErrnoException;
    if (typeof code === 'string') return code;
  }
  return undefined;
}

const SKEWED_MS = 1_000;
const FAR_OFF_MS = 30_000;

/** Holds another clock against ours, as it stood in the middle of the question. */
export function skewFinding(
  what: string,
  { theirs, asked }: { theirs: Date; asked: Date },
): Finding {
  const ours = (asked.getTime() + Date.now()) / 2;
  const offMs = Math.round(theirs.getTime() - ours);
  const says = `its clock differs from this machine's by ${Math.abs(offMs) / 1_000} seconds`;
  const todo = 'keep the clocks of all machines with NTP';
  if (Math.abs(offMs) > FAR_OFF_MS) return fail(what, { says, todo });
  if (Math.abs(offMs) > SKEWED_MS) return warn(what, { says, todo });
  return ok(what, 'its clock agrees with that of this machine');
}
