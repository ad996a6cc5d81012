import { CallError, fault } from '../errors.ts';
import type { Tokens } from './store.ts';

/** What calls that sign in answer. */
export interface SignedIn {
  accessToken: string;
  /** None from a change of restaurant, and none where it comes in a cookie. */
  refreshToken?: string;
  expiresAt: Date;
}

const MARGIN_MS = 30_000;
const SHORTEST_MS = 60_000;

/**
 * Tokens with their times by the clock of this machine, however wrong that is: a token tells how
 * long it lives. One that does not tell is good for a minute at least, or a wrong clock would have
 * it renewed at every call.
 */
export function tokensOf(answer: SignedIn, now: number): Tokens {
  const { accessToken, refreshToken, expiresAt } = mustSignIn(answer);
  const { iat, exp } = claimsIn(accessToken);
  const lifetimeMs =
    (Number(exp) - Number(iat)) * 1000 || Math.max(expiresAt.getTime() - now, SHORTEST_MS);
  return {
    accessToken,
    ...(refreshToken !== undefined && { refreshToken }),
    renewAt: now + lifetimeMs - Math.min(MARGIN_MS, lifetimeMs / 10),
    expiresAt: now + lifetimeMs,
  };
}

function mustSignIn(answer: Partial<SignedIn> | null | undefined): SignedIn {
  const { accessToken, expiresAt } = answer ?? {};
  if (typeof accessToken === 'string' && expiresAt instanceof Date) return answer as SignedIn;
  throw fault('What was answered signs nobody in.', { because: 'answer' });
}

/** Which session a token is of; nothing when it does not tell. */
export function sessionOf(token: string): unknown {
  return claimsIn(token)['sid'];
}

/** Whether both are known to be of the same session. */
export function areSiblings(one: string, other: string): boolean {
  const session = sessionOf(one);
  return session !== undefined && session === sessionOf(other);
}

/**
 * Refuses to go on with another session than it began with: nobody's call is sent in the name of
 * somebody else, or of nobody. Tokens that do not tell cannot be told apart.
 */
export function mustGoOn(began: string, now: string | undefined): void {
  if (now === undefined || sessionOf(began) !== sessionOf(now)) throw over();
}

/** Whoever believed to be signed in is not sent on as a stranger. */
export function over(cause?: CallError): CallError {
  return new CallError('The session is over.', {
    reason: 'TOKEN_INVALID',
    details: {},
    requestId: cause?.requestId,
    cause,
  });
}

function claimsIn(token: string): Record<string, unknown> {
  try {
    const payload = token.split('.')[1] ?? '';
    return JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/'))) ?? {};
  } catch {
    return {};
  }
}
