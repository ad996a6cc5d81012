import { pourOf, type ToldShape } from '@comanda/domains/telling';
import { getTRPCErrorFromUnknown, isTrackedEnvelope, type TRPCError } from '@trpc/server';
import { type Frames, RETURN } from './frames.ts';
import type { Line } from './line.ts';

interface Terms {
  /** Aborted when nobody listens any more. */
  signal: AbortSignal;
  frames: Frames;
  shape: (error: TRPCError) => ToldShape;
  /** The last event that the caller has heard. */
  lastEventId: string | null;
}

/** Tells on that line what comes of a procedure, as tRPC would: poured out where it can be, else one by one. */
export function tellOn(line: Line, events: unknown, terms: Terms): void {
  const pour = pourOf(events);
  if (pour) pour(new Told(line, terms));
  else void pump(line, events as AsyncIterable<unknown>, terms);
}

/** Hands on what is poured out. */
class Told {
  readonly #line: Line;
  readonly #frames: Frames;
  readonly #shape: Terms['shape'];

  constructor(line: Line, { frames, shape }: Pick<Terms, 'frames' | 'shape'>) {
    this.#line = line;
    this.#frames = frames;
    this.#shape = shape;
  }

  get isOver(): boolean {
    return this.#line.isOver;
  }

  tell(id: string, told: unknown): boolean {
    return this.#line.say(this.#frames.tracked(id, told));
  }

  ready(): Promise<void> {
    return this.#line.ready();
  }

  together(work: () => void): void {
    this.#line.together(work);
  }

  end(reason: unknown): void {
    // Of whoever stopped listening, and of nobody's concern.
    if (reason instanceof Error && reason.name === 'AbortError') return this.#line.end();
    const error = getTRPCErrorFromUnknown(reason);
    this.#line.end(this.#frames.failed(this.#shape(error)));
  }
}

/** One after the other, as fast as they are read. */
async function pump(line: Line, events: AsyncIterable<unknown>, terms: Terms): Promise<void> {
  const { signal, frames } = terms;
  const told = new Told(line, terms);
  const coming = events[Symbol.asyncIterator]();
  const leave = () => void coming.return?.().catch(() => undefined);
  signal.addEventListener('abort', leave, { once: true });
  let lastId = restorable(terms.lastEventId);
  try {
    while (!line.isOver) {
      const { done, value } = await coming.next();
      if (done) return line.end(RETURN);
      if (isTrackedEnvelope(value)) lastId = value[0];
      const written = isTrackedEnvelope(value)
        ? [frames.tracked(value[0], value[1])]
        : frames.untracked(value, lastId);
      const room = written.map((one) => line.say(one));
      if (room.includes(false)) await line.ready();
    }
    leave();
  } catch (error) {
    told.end(error);
  }
}

/** An id with one of these could not be given again. */
function restorable(id: string | null): string | null {
  return id !== null && id !== '' && !/[\0\n\r]/.test(id) ? id : null;
}
