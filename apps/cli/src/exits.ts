import { CallError, isFault } from '@comanda/client';
import { FileRefused } from './files/refused.ts';

/** How the process ends; for scripts, which should not have to read sentences. */
export const EXITS = {
  done: 0,
  failed: 1,
  misused: 2,
  notSignedIn: 3,
  notAllowed: 4,
  notFound: 5,
  refused: 6,
  invalid: 7,
  tooMuch: 8,
  notNow: 9,
} as const;

/** What each means, for `--help`. */
export const MEANINGS: Record<(typeof EXITS)[keyof typeof EXITS], string> = {
  0: 'done',
  1: 'something broke, here or over there',
  2: 'the command was not understood',
  3: 'nobody is signed in, or no longer',
  4: 'not allowed',
  5: 'there is no such thing',
  6: 'refused, because of how things are: sold out, changed meanwhile, too late …',
  7: 'an input that the service does not take, or a file that is not as it has to be',
  8: 'the quota is used up',
  9: 'the service cannot just now, or was not reached',
};

/** What was typed is wrong: told with how it would be right, and nothing was asked of the service. */
export class Misuse extends Error {
  override readonly name = 'Misuse';
}

/** Nobody has signed in on this machine. */
export class NotSignedIn extends Error {
  override readonly name = 'NotSignedIn';
}

/** Nothing that is a Comanda answers there. */
export class Unreached extends Error {
  override readonly name = 'Unreached';
}

const BY_STATUS = new Map<number, number>([
  [400, EXITS.invalid],
  [401, EXITS.notSignedIn],
  [403, EXITS.notAllowed],
  [404, EXITS.notFound],
  [413, EXITS.invalid],
  [415, EXITS.invalid],
  [422, EXITS.invalid],
  [429, EXITS.tooMuch],
  [503, EXITS.notNow],
]);

export function exitOf(error: unknown): number {
  if (error instanceof Misuse) return EXITS.misused;
  if (error instanceof NotSignedIn) return EXITS.notSignedIn;
  if (error instanceof Unreached) return EXITS.notNow;
  if (error instanceof FileRefused) return EXITS.invalid;
  if (!(error instanceof CallError)) return EXITS.failed;
  if (isFault(error)) {
    return ['unreachable', 'deadline'].includes(error.details.because)
      ? EXITS.notNow
      : EXITS.failed;
  }
  return BY_STATUS.get(error.data?.httpStatus ?? 0) ?? EXITS.refused;
}
