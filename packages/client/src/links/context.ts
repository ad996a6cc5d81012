import type { StreamState } from '../calls.ts';
import type { Steps } from './watch.ts';

/** What travels with a call from link to link. */
export interface CallContext extends Record<string, unknown> {
  /** How long the whole call may take. */
  deadlineMs?: number | undefined;
  /** When it ends, by `performance.now()`; nothing for never. */
  endsAt?: number;
  /** Shown to the service with this call. */
  token?: string;
  /** Shown beside it: who is known without a sign-in. */
  guest?: string | undefined;
  /** Carries a key by which the service knows a repeat. */
  keyed?: boolean;
  /** The refresh token travels in a cookie. */
  cookie?: boolean;
  /** Answered by the link that resumes streams. */
  lastEventId?: string | undefined;
  onState?: ((state: StreamState) => void) | undefined;
  /** Takes the steps of a stream, in place of being handed them. */
  take?: (steps: Steps) => void;
}
