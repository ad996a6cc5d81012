import type { StreamEvent, StreamState } from '../calls.ts';
import { CallError } from '../errors.ts';
import { type Guest, type Guests, isGuestRefused } from '../session/guests.ts';
import type { Session } from '../session/session.ts';
import { mustGoOn } from '../session/tokens.ts';
import { comeback, type Progress } from './comeback.ts';
import { connection } from './connection.ts';
import type { CallContext } from './context.ts';
import { encoded, type Transport } from './http.ts';
import { pause, unlessAborted } from './waiting.ts';

/** A longer input goes by POST: proxies and servers refuse long addresses. */
const MAX_ADDRESS = 2_000;

/** A subscription as it is asked for. */
export interface Watched {
  path: string;
  input: unknown;
  context: CallContext;
  signal?: AbortSignal | null | undefined;
  /** Told whenever the connection comes or goes, and why it went. */
  onState?: ((state: StreamState, why: CallError | null) => void) | undefined;
}

export interface WatchOptions {
  /** Spreads clients that all lost their connection in the same moment. */
  random?: () => number;
  guests?: Guests;
}

/** The steps of a stream; no event is read ahead of whoever reads them. */
export interface Steps extends AsyncIterableIterator<StreamEvent<unknown>> {
  return(): Promise<IteratorResult<StreamEvent<unknown>>>;
}

/** Makes streams that outlive their connections: each goes on behind the last event that was read. */
export function watch(
  transport: Transport,
  session: Session,
  { random = Math.random, guests }: WatchOptions = {},
): (watched: Watched) => Steps {
  return (watched) => {
    const { signal } = watched;
    const stop = new AbortController();
    const end = () => stop.abort();
    signal?.addEventListener('abort', end, { signal: stop.signal });
    if (signal?.aborted) end();
    const guest = guests?.();
    const parts = { transport, session, random, guest, watched, signal: stop.signal };
    const steps = follow(parts, end);
    return {
      next: () => steps.next(),
      return: () => {
        end(); // or it would wait for the event that is being waited for
        return steps.return();
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  };
}

interface Parts {
  transport: Transport;
  session: Session;
  random: () => number;
  /** In whose name it began, where nobody is signed in. */
  guest: Promise<Guest> | undefined;
  watched: Watched;
  signal: AbortSignal;
}

type Events<Outcome = void> = AsyncGenerator<StreamEvent<unknown>, Outcome>;

async function* follow(parts: Parts, end: () => void): Events {
  const { watched, guest, signal, random } = parts;
  const progress: Progress = {
    at: watched.context.lastEventId,
    begun: false,
    failures: 0,
    token: undefined,
    first: null,
    fresh: undefined,
    renewals: 0,
    refused: undefined,
  };
  let why: CallError | null = null;
  try {
    for (;;) {
      watched.onState?.('connecting', why);
      why = yield* untilLost(parts, progress);
      if (!why) return;
      const wait = comeback(progress, why, random);
      if (wait === 0) continue;
      watched.onState?.('waiting', why);
      await pause(wait, signal);
    }
  } catch (error) {
    if (isGuestRefused(error)) await (await guest)?.becomes();
    if (!signal.aborted) throw error;
  } finally {
    end();
  }
}

/** Answers what ended the connection; nothing when the stream is over. */
async function* untilLost(parts: Parts, progress: Progress): Events<CallError | null> {
  try {
    yield* connected(parts, progress);
    return null;
  } catch (error) {
    if (error instanceof CallError && !parts.signal.aborted) return error;
    throw error;
  }
}

async function* connected(parts: Parts, progress: Progress): Events {
  const { transport, watched, signal } = parts;
  const shown = Promise.all([tokenFor(parts, progress), parts.guest]);
  const [token, guest] = await unlessAborted(signal, shown);
  const asked = {
    ...request(watched),
    context: { ...watched.context, ...(token !== undefined && { token }), guest: guest?.token },
    lastEventId: progress.at,
  };
  for await (const { name, id, data } of connection(transport, asked, signal)) {
    if (name === 'connected') {
      watched.onState?.('open', null);
      // Nobody knows what was missed by a reader who was listening, and has no event to go on from.
      if (progress.begun && progress.at === undefined) yield { type: 'gap' };
      progress.begun = true;
      progress.fresh = undefined;
      continue;
    }
    progress.failures = 0;
    progress.renewals = 0;
    const again = id !== undefined && id === progress.at;
    if (id) progress.at = id;
    if (name === 'message' && !again) yield { type: 'event', id: id || undefined, data };
  }
}

async function tokenFor({ session, signal }: Parts, progress: Progress) {
  const { refused, first } = progress;
  progress.token = undefined;
  // A stream belongs to the session in which it began, or to nobody's.
  if (first === undefined) return undefined;
  if (!refused) {
    const token = await session.token(signal);
    if (first !== null) mustGoOn(first, token);
    else progress.first = token;
    return (progress.token = token);
  }
  const fresh = await session.renew(refused.token, signal);
  if (fresh === undefined) throw refused.error;
  mustGoOn(refused.token, fresh);
  progress.refused = undefined;
  return (progress.token = progress.fresh = fresh);
}

function request({ path, input }: Watched): {
  address: string;
  method: 'GET' | 'POST';
  body?: string;
} {
  const name = encodeURIComponent(path);
  if (input === undefined) return { address: name, method: 'GET' };
  const body = JSON.stringify(encoded(input));
  const address = `${name}?input=${encodeURIComponent(body)}`;
  if (address.length <= MAX_ADDRESS) return { address, method: 'GET' };
  return { address: name, method: 'POST', body };
}
