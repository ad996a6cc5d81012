import { lockOfTabs } from './locks.ts';
import { shelf } from './shelf.ts';
import type { SessionStore, Tokens } from './store.ts';

const ANSWER_MS = 250;
const NO_TOKEN_YET: Tokens = { accessToken: '', renewAt: 0, expiresAt: 0 };

interface Message {
  /** Of which refresh the tokens are, or should be. */
  mark: string | null;
  /** None: a question. */
  tokens?: Tokens;
}

/**
 * A session whose refresh token no script can read: the service keeps it in a cookie. The access
 * token is in memory, and tabs hand it to each other. In `localStorage` stands only that there is a
 * session, so that a visitor without one asks for nothing; without `localStorage` the session ends
 * with the page.
 */
export function cookieSession({ key = 'comanda.cookie' }: { key?: string } = {}): SessionStore {
  const marked = shelf(key);
  /** Changes with every refresh, in whichever tab. */
  let mark = marked.get();
  let held: Tokens | undefined;
  let asking: Promise<void> | undefined;
  let answered = () => {};

  const tell = channel(key, (message: Message) => {
    if (message?.mark !== mark) return;
    if (!message.tokens) {
      if (held) tell({ mark, tokens: held });
    } else {
      held = message.tokens;
      answered();
    }
  });
  const ask = () =>
    new Promise<void>((resolve) => {
      answered = resolve;
      setTimeout(resolve, ANSWER_MS);
      tell({ mark });
    });

  return {
    carrier: 'cookie',
    read: async () => {
      const newest = marked.get();
      if (newest !== mark) {
        mark = newest;
        held = undefined;
        asking = mark === null ? undefined : ask();
      }
      await asking;
      return mark === null ? undefined : (held ?? NO_TOKEN_YET);
    },
    write: (tokens) => {
      held = tokens;
      mark = tokens ? `${Date.now()} ${Math.random()}` : null;
      marked.set(mark);
    },
    lock: lockOfTabs(key),
  };
}

/** Answers how to tell the other tabs; where tabs cannot talk, nobody hears it. */
function channel(name: string, hear: (message: Message) => void): (message: Message) => void {
  try {
    const open = new BroadcastChannel(name);
    open.onmessage = ({ data }) => hear(data as Message);
    // Node would not end while it listens.
    (open as { unref?(): void }).unref?.();
    return (message) => open.postMessage(message);
  } catch {
    return () => {};
  }
}
