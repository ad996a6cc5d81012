import type { Next, Op } from '../links/step.ts';

/** Answers the token to show; what the links need to know of a session. */
export interface Session {
  /**
   * The token for a call that starts now: renewed first when it is about to end, none when signed out.
   * Rejects with `TOKEN_INVALID` when the session turns out to be over.
   */
  token(signal?: AbortSignal | null): Promise<string | undefined>;
  /** A token of the same session in place of one that the service refused; nothing when there is no other. */
  renew(refused: string, signal?: AbortSignal | null): Promise<string | undefined>;
  /** Sends a call, and learns from those that sign in or out. Left out: every call shows the token. */
  carry?(op: Op, by: { bare: Next; shown: Next }): Promise<unknown>;
}
