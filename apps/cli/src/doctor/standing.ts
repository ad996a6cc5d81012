import { type Client, isFault, refusedWith } from '@comanda/client';
import { bad, type Finding, ok, warn } from './findings.ts';

const SOON_MS = 3_600_000;
/** Of a window. */
const FEW = 0.1;

/** Who is signed in, and until when. */
export async function signedIn(client: Client): Promise<Finding> {
  const again = 'comanda sign-in <name>';
  try {
    const { user, expiresAt, via } = await client.auth.session.query();
    const { username, email, phone, role, restaurant } = user;
    const name = username ?? email ?? phone;
    const where = restaurant ? ` at ${restaurant.name}` : '';
    const words = `${name} is signed in as ${role}${where} by a ${via}, until ${expiresAt.toLocaleString()}.`;
    const left = expiresAt.getTime() - Date.now();
    return left > SOON_MS ? ok('sign-in', words) : warn('sign-in', words, again);
  } catch (error) {
    if (refusedWith(error, 'UNAUTHENTICATED'))
      return warn('sign-in', 'Nobody is signed in.', again);
    if (refusedWith(error, 'TOKEN_INVALID')) {
      return bad('sign-in', 'The pass has ended, or was revoked.', again);
    }
    return failed('sign-in', error);
  }
}

/** What is left of the quota, for reading and for writing. */
export async function quotaLeft(client: Client): Promise<Finding[]> {
  try {
    const { read, write } = await client.quotas.mine.query();
    return [
      ...read.windows.map((window) => leftOf('reads', window)),
      ...write.windows.map((window) => leftOf('writes', window)),
    ];
  } catch (error) {
    if (refusedWith(error, 'UNAUTHENTICATED') || refusedWith(error, 'TOKEN_INVALID')) return [];
    if (refusedWith(error, 'QUOTA_EXCEEDED')) {
      const seconds = Math.ceil(error.details.retryAfterMs / 1000);
      return [bad('quota', 'The quota is used up.', `Wait ${seconds} seconds.`)];
    }
    return [failed('quota', error)];
  }
}

interface Window {
  limit: number;
  remaining: number;
  resetAt: Date | null;
}

function leftOf(what: string, { limit, remaining, resetAt }: Window): Finding {
  const words = `${remaining} of ${limit} ${what} are left.`;
  if (remaining > limit * FEW) return ok('quota', words);
  return warn('quota', words, `More from ${resetAt?.toLocaleTimeString() ?? 'now'} on.`);
}

function failed(what: string, error: unknown): Finding {
  const why = error instanceof Error ? error.message : String(error);
  return bad(what, `It does not say: ${why}`, isFault(error) ? 'Look at its log.' : 'Try again.');
}
