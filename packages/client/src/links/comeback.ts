import type { CallError, FaultDetails } from '../errors.ts';
import { FOREVER_MS } from './deadline.ts';

const BASE_MS = 500;
const MAX_MS = 10_000;

/** How far a stream has come. */
export interface Progress {
  /** The last event that was read. */
  at: string | undefined;
  /** Whether it was ever connected: what came since then is its reader's. */
  begun: boolean;
  /** Connections in a row on which nothing came. */
  failures: number;
  token: string | undefined;
  /** Of the session in which it began; null before that. */
  first: string | undefined | null;
  /** From the session in place of one that was refused; what is said to it comes next. */
  fresh: string | undefined;
  /** How often in a row there was another token, and then nothing came. */
  renewals: number;
  refused: { token: string; error: CallError } | undefined;
}

/** How long to wait before the stream comes back; throws what no other connection would make better. */
export function comeback(progress: Progress, error: CallError, random: () => number): number {
  const { token, fresh, refused, at } = progress;
  // As it was told: these are answered here, whether or not a call can end with them.
  const code = error.data?.reason;
  if (code === 'TOKEN_INVALID' && !refused && token !== undefined && token !== fresh) {
    progress.refused = { token, error };
    progress.renewals += 1;
    if (progress.renewals === 1) return 0;
  } else if (code === 'STREAM_RESET') {
    progress.at = undefined;
    progress.begun = true;
    if (at !== undefined) return 0;
  } else if (!passes(error)) throw error;
  progress.fresh = undefined;
  const spread = random() * Math.min(MAX_MS, BASE_MS * 2 ** progress.failures);
  progress.failures += 1;
  return Math.min(FOREVER_MS - 1, askedFor(error) + spread);
}

/** Whether the cause is the network or the service, and not the call. */
function passes({ details, data }: CallError): boolean {
  const { because, status = 0 } = (details ?? {}) as Partial<FaultDetails>;
  const code = data?.httpStatus ?? status;
  return (
    because === 'unreachable' || because === 'deadline' || code >= 500 || PASSING.includes(code)
  );
}

const PASSING = [408, 425, 429];

function askedFor({ details, data }: CallError): number {
  const { retryAfterMs } = ((data ? data.details : details) ?? {}) as { retryAfterMs?: unknown };
  return Math.max(0, Number(retryAfterMs) || 0);
}
