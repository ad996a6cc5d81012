import { fault } from '../errors.ts';
import { FOREVER_MS } from './deadline.ts';
import { ask, type Asked, dataOf, notOurs, read, type Transport } from './http.ts';
import { type ServerEvent, sseReader } from './sse.ts';
import { endedBy, unlessAborted } from './waiting.ts';

/** How long a service may be silent that has not said so itself. */
const QUIET_MS = 40_000;

/** What comes on a connection: `connected`, `ping`, or a `message` with its data. */
export interface Arrival {
  name: string;
  id: string | undefined;
  data: unknown;
}

/**
 * One connection of a stream; ends when the service says that the stream is over. Throws what the
 * service refuses with, and a fault when the line is lost, or silent for too long.
 */
export async function* connection(
  transport: Transport,
  asked: Omit<Asked, 'accept' | 'signal'>,
  signal: AbortSignal,
): AsyncGenerator<Arrival, void> {
  const line = new Line(signal);
  try {
    const accept = 'text/event-stream';
    const response = await line.inTime(ask(transport, { ...asked, accept, signal: line.signal }));
    for await (const { name, id, data } of eventsIn(await bodyOf(response, line), line)) {
      const told = () => parsed(data, response);
      if (name === 'return') return;
      if (name === 'connected') line.learn(told());
      if (name === 'serialized-error') dataOf({ error: told() }, response);
      const item = () => dataOf({ result: { data: told() } }, response);
      yield { name, id, data: name === 'message' ? item() : undefined };
    }
  } finally {
    line.close();
  }
}

/** Closes with the stream, or when nothing is heard while somebody listens. */
class Line {
  readonly #abort = new AbortController();
  readonly signal = this.#abort.signal;
  #quietMs = QUIET_MS;

  constructor(stream: AbortSignal) {
    const close = () => this.close(endedBy(stream));
    stream.addEventListener('abort', close, { signal: this.signal });
    if (stream.aborted) close();
  }

  inTime<T>(work: Promise<T>): Promise<T> {
    const timer = setTimeout(() => this.close(lost()), this.#quietMs);
    return unlessAborted(this.signal, work).finally(() => clearTimeout(timer));
  }

  learn(connected: unknown): void {
    const { reconnectAfterInactivityMs: ms } = (connected ?? {}) as Record<string, unknown>;
    if (typeof ms === 'number' && ms > 0 && ms < FOREVER_MS) this.#quietMs = ms;
  }

  close(why?: Error): void {
    this.#abort.abort(why);
  }
}

async function bodyOf(response: Response, line: Line): Promise<ReadableStream<Uint8Array>> {
  const { ok, headers, body } = response;
  if (ok && body && headers.get('content-type')?.startsWith('text/event-stream')) return body;
  throw notOurs(response, dataOf(await line.inTime(read(response)), response));
}

async function* eventsIn(
  body: ReadableStream<Uint8Array>,
  line: Line,
): AsyncGenerator<ServerEvent> {
  const reader = body.getReader();
  const parse = sseReader();
  try {
    for (;;) {
      const { done, value } = await line.inTime(reader.read().catch(readFailed));
      if (done) throw lost();
      yield* parse(value);
    }
  } finally {
    // Not every `fetch` heeds its signal.
    reader.cancel().catch(() => undefined);
  }
}

function parsed(text: string, response: Response): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw notOurs(response, cause);
  }
}

function readFailed(cause: unknown): never {
  throw lost(cause);
}

function lost(cause?: unknown) {
  return fault('The connection was lost.', { because: 'unreachable' }, { cause });
}
