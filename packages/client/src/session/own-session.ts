import { CallError, type Fault, fault, isFault } from '../errors.ts';
import { unlessAborted } from '../links/waiting.ts';
import { KeptSession } from './kept-session.ts';
import { underLock } from './locks.ts';
import type { SignedOut } from './signed-out.ts';
import type { SessionStore, Tokens } from './store.ts';
import { areSiblings, over, type SignedIn, tokensOf } from './tokens.ts';

/** Gets new tokens for a refresh token; for the cookie when there is none. */
export type Refresh = (refreshToken: string | undefined, signal: AbortSignal) => Promise<SignedIn>;

export interface SessionOptions {
  store: SessionStore;
  refresh: Refresh;
  /** Called once for every session that was seen to go on, when it is over. */
  onSignedOut?: ((why: SignedOut) => void) | undefined;
  now?: () => number;
}

/** What still names a session that its owner has left; where `cookie`, a cookie of the browser too. */
export type Leaving = Partial<Pick<Tokens, 'accessToken' | 'refreshToken'>> & { cookie: boolean };

type Signal = AbortSignal | null | undefined;

// Together less than the 10 s for which the service answers a refresh token again whose answer was lost.
const REFRESH_MS = 5_000;
const COOLDOWN_MS = 3_000;

/** Holds on to a session: shows its token, renews it once for all who wait, and sees it end. */
export class OwnSession {
  readonly #options: SessionOptions;
  readonly #store: SessionStore;
  readonly #now: () => number;
  readonly #kept: KeptSession;
  #renewing: { token: Promise<string>; era: number } | undefined;
  #failed: { error: unknown; at: number; era: number } | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#store = options.store;
    this.#kept = new KeptSession(options.store, options.onSignedOut);
    this.#now = options.now ?? (() => Date.now());
  }

  token(signal: Signal): Promise<string | undefined> {
    return unlessAborted(signal, this.#current());
  }

  renew(refused: string, signal: Signal): Promise<string | undefined> {
    return unlessAborted(signal, this.#another(refused));
  }

  /** Under the lock, so that no refresh puts an older cookie over the one that `call` brings. */
  signIn(call: () => Promise<unknown>, signal: Signal): Promise<unknown> {
    const signing = underLock(this.#store, async () => {
      const answer = await call();
      await this.#kept.start(tokensOf(answer as SignedIn, this.#now()));
      this.#failed = undefined;
      return answer;
    });
    return unlessAborted(signal, signing);
  }

  /** Forgets first: from here on nothing is sent in this name, whatever comes of `call`. */
  async signOut(call: (left: Leaving) => Promise<unknown>, signal: Signal): Promise<unknown> {
    const held = await this.#kept.read();
    await this.#kept.forget('logout');
    if (!this.#byCookie) return call({ ...held, cookie: false });
    // Under the lock, so that its answer takes away no later cookie than its own; nor does it show
    // one, when somebody has signed in while it waited.
    const leaving = underLock(this.#store, async () =>
      call({ ...held, cookie: !(await this.#kept.read()) }),
    );
    return unlessAborted(signal, leaving);
  }

  /** Learns another access token for the same session, whose refresh token stays. */
  async switchTo(call: () => Promise<unknown>): Promise<unknown> {
    const era = this.#kept.era;
    const answer = await call();
    const access = tokensOf(answer as SignedIn, this.#now());
    await underLock(this.#store, async () => {
      const held = await this.#kept.read();
      if (era === this.#kept.era && held && areSiblings(held.accessToken, access.accessToken)) {
        await this.#kept.keep({ ...held, ...access });
      }
    });
    return answer;
  }

  async #current(): Promise<string | undefined> {
    const held = await this.#kept.read();
    if (!held || this.#now() < held.renewAt) return held?.accessToken;
    try {
      return await this.#renewed(held);
    } catch (error) {
      // Ahead of time, and another time will do.
      if (error === this.#failed?.error && this.#now() < held.expiresAt) return held.accessToken;
      throw error;
    }
  }

  async #another(refused: string): Promise<string | undefined> {
    const held = await this.#kept.read();
    if (held?.accessToken === refused) return this.#renewed(held);
    // Whoever signed in meanwhile does not go on with what somebody else began.
    if (held?.accessToken && !areSiblings(refused, held.accessToken)) return undefined;
    const other = await this.#current();
    return other !== undefined && areSiblings(refused, other) ? other : undefined;
  }

  /** One refresh for all who wait, and none for a while after one that failed. */
  async #renewed(outdated: Tokens): Promise<string> {
    const { era } = this.#kept;
    if (this.#renewing?.era === era) return this.#renewing.token;
    if (this.#failed?.era === era) {
      const sinceMs = this.#now() - this.#failed.at;
      // Negative when somebody has turned the clock back.
      if (sinceMs >= 0 && sinceMs < COOLDOWN_MS) throw this.#failed.error;
    }
    const token = underLock(this.#store, () => this.#renew(outdated, era)).finally(() => {
      if (this.#renewing === renewing) this.#renewing = undefined;
    });
    const renewing = { token, era };
    this.#renewing = renewing;
    return token;
  }

  async #renew(outdated: Tokens, era: number): Promise<string> {
    const held = await this.#kept.read();
    if (!held || era !== this.#kept.era) throw over();
    const isNewer = held.accessToken !== outdated.accessToken && this.#now() < held.renewAt;
    if (isNewer) return held.accessToken;

    if (!this.#byCookie && held.refreshToken === undefined) {
      await this.#kept.forget('ended');
      throw over();
    }

    const outcome = await this.#refresh(held).catch((error: unknown) => ({ error }));

    const later = await this.#kept.read();
    if (!later || era !== this.#kept.era) throw over();
    // Somebody was faster: theirs counts.
    if (later.accessToken && lineOf(later) !== lineOf(held)) return later.accessToken;
    if ('error' in outcome) throw await this.#failure(outcome.error);
    this.#failed = undefined;
    await this.#kept.keep(outcome);
    if (era !== this.#kept.era) throw over();
    return outcome.accessToken;
  }

  async #refresh({ refreshToken }: Tokens): Promise<Tokens> {
    const bound = new AbortController();
    const timer = setTimeout(() => {
      bound.abort(fault('The session could not be renewed in time.', { because: 'unreachable' }));
    }, REFRESH_MS);
    try {
      const answer = await unlessAborted(
        bound.signal,
        this.#options.refresh(this.#byCookie ? undefined : refreshToken, bound.signal),
      );
      return tokensOf(answer, this.#now());
    } finally {
      clearTimeout(timer);
    }
  }

  /** What the calls end with that waited for a refresh which came to nothing. */
  async #failure(error: unknown): Promise<unknown> {
    if (!(error instanceof CallError && error.data?.httpStatus === 401)) {
      const failed = isFault(error) ? notBefore(error, COOLDOWN_MS) : error;
      this.#failed = { error: failed, at: this.#now(), era: this.#kept.era };
      return failed;
    }
    await this.#kept.forget(error.reason === 'TOKEN_REUSED' ? 'reused' : 'ended');
    return error.reason === 'TOKEN_INVALID' ? error : over(error);
  }

  get #byCookie(): boolean {
    return this.#store.carrier === 'cookie';
  }
}

/** So that what may be repeated waits for the next refresh, and then goes through. */
function notBefore({ message, details, requestId, cause }: Fault, retryAfterMs: number): Fault {
  return fault(message, { retryAfterMs, ...details }, { requestId, cause });
}

/** Stays the same until somebody refreshes, signs in or signs out. */
function lineOf({ refreshToken, accessToken }: Tokens): string {
  return refreshToken ?? accessToken;
}
