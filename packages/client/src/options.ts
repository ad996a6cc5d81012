import type { GuestStore } from './session/guest-store.ts';
import type { SignedOut } from './session/signed-out.ts';
import type { SessionStore } from './session/store.ts';

/** What every client needs to know. */
export interface ConnectOptions {
  /**
   * Where the service answers, such as `https://api.example.com`; a path in it is kept. In a page
   * `''` is the origin of the page.
   */
  url: string;
  /**
   * An access token or a device pass, or what answers one; nothing is shown for an empty one.
   * In place of a session: where this is given, `session` and `onSignedOut` are not looked at.
   */
  token?: string | (() => string | undefined | Promise<string | undefined>) | undefined;
  /**
   * How long a call may take, retries included; `Infinity` for ever.
   * @defaultValue 15 000, for an upload 65 000
   */
  deadlineMs?: number | undefined;
  /** Sent with every request, or what answers them. */
  headers?:
    | Record<string, string>
    | (() => Record<string, string> | Promise<Record<string, string>>)
    | undefined;
  /** Used instead of the global `fetch`. */
  fetch?: typeof fetch | undefined;
}

/** What a client can be told. */
export interface ClientOptions extends ConnectOptions {
  /**
   * Where the session is kept that `auth.login` and `auth.register` start.
   * @defaultValue `memorySession()`: it ends with the page or the process
   */
  session?: SessionStore | undefined;
  /**
   * Where the token is kept that `cart.open` gives to whoever is not signed in. With it they have a
   * cart and may order; a sign-in takes their cart over.
   * @defaultValue in memory: the guest is forgotten with the page or the process
   */
  guest?: GuestStore | undefined;
  /** Called once when the session is over: its owner signed out, or the service ended it. */
  onSignedOut?: ((why: SignedOut) => void) | undefined;
  /** How calls are repeated that may be repeated; `false` for never. */
  retry?: RetryOptions | false | undefined;
  /**
   * What to do when the quota is used up: reject with `QUOTA_EXCEEDED`, or wait and repeat as long
   * as the deadline allows. @defaultValue `refuse`, with `pace` `wait`
   */
  onQuota?: 'refuse' | 'wait' | undefined;
  /** Spaces calls so that they stay within the quota: `pace()` of `@comanda/client/pace`. */
  pace?: Pace | undefined;
}

/** How often, and how soon, a failed call is repeated. */
export interface RetryOptions {
  /** Repeats of one call. @defaultValue 3 */
  attempts?: number | undefined;
  /** The longest first wait; it doubles with every repeat. @defaultValue 200 */
  baseMs?: number | undefined;
}

/** Stands around `fetch` and decides when a request goes out. */
export interface Pace {
  /** A fetch that waits for its turn. */
  wrap(fetch: typeof globalThis.fetch): typeof globalThis.fetch;
}
