import type { SignedOut } from './signed-out.ts';
import type { SessionStore, Tokens } from './store.ts';
import { sessionOf } from './tokens.ts';

/** What stands in the store, and whose it is as far as this client has seen. */
export class KeptSession {
  readonly #store: SessionStore;
  readonly #onSignedOut: ((why: SignedOut) => void) | undefined;
  #isSignedIn = false;
  /** Where its tokens tell. */
  #session: unknown;
  #era = 0;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(store: SessionStore, onSignedOut?: (why: SignedOut) => void) {
    this.#store = store;
    this.#onSignedOut = onSignedOut;
  }

  /** Another one with every sign-in and sign-out: what began in an earlier one changes nothing. */
  get era(): number {
    return this.#era;
  }

  async read(): Promise<Tokens | undefined> {
    let era: number;
    let held: Tokens | undefined;
    do {
      await this.#writing;
      era = this.#era;
      held = await this.#store.read();
    } while (era !== this.#era);
    if (held) this.#see(held);
    else this.#leave();
    return held;
  }

  /** Keeps what a sign-in brought. */
  start(tokens: Tokens): Promise<void> {
    const session = sessionOf(tokens.accessToken);
    if (session === undefined || session !== this.#session) this.#era += 1;
    this.#session = session;
    return this.keep(tokens);
  }

  /** Keeps newer tokens. */
  keep(tokens: Tokens): Promise<void> {
    this.#see(tokens);
    return this.#write(tokens);
  }

  async forget(why: SignedOut): Promise<void> {
    this.#era += 1;
    const forgotten = this.#write(undefined);
    this.#end(why);
    await forgotten;
  }

  /** When somebody else has signed in, the session from before is over. */
  #see({ accessToken }: Tokens): void {
    const session = sessionOf(accessToken) ?? this.#session;
    if (this.#session !== undefined && session !== this.#session) this.#leave();
    this.#session = session;
    this.#isSignedIn = true;
  }

  #leave(): void {
    if (this.#isSignedIn) this.#era += 1;
    this.#end('elsewhere');
  }

  /** One after the other, so that a slow store ends up with the last; none of an earlier era. */
  #write(tokens: Tokens | undefined): Promise<void> {
    const era = this.#era;
    const written = this.#writing.then(() =>
      era === this.#era ? this.#store.write(tokens) : undefined,
    );
    this.#writing = written.catch(() => {});
    return written;
  }

  #end(why: SignedOut): void {
    this.#session = undefined;
    if (!this.#isSignedIn) return;
    this.#isSignedIn = false;
    queueMicrotask(() => this.#onSignedOut?.(why));
  }
}
