import { fault } from '../errors.ts';
import { type Link, type Op, step } from './step.ts';
import { endedBy, unlessAborted } from './waiting.ts';

/** A timer of this length or more would fire at once. */
export const FOREVER_MS = 2 ** 31;

/** What nobody has limited: a little longer than the service takes at most, for a call and for a picture. */
const CALL_MS = 15_000;
const PICTURE_MS = 65_000;

/** Ends a call that takes too long, repeats and all, or whose caller has gone. */
export function deadline(defaultMs?: number): Link {
  mustBePositive(defaultMs ?? CALL_MS);
  return step(async (op, next) => {
    const { signal, context } = op;
    if (signal?.aborted) throw endedBy(signal);
    const ms = context.deadlineMs ?? defaultMs ?? (op.input instanceof Blob ? PICTURE_MS : CALL_MS);
    mustBePositive(ms);
    if (ms >= FOREVER_MS) return unlessAborted(signal, next(op));

    const whole = new AbortController();
    const leave = () => whole.abort(signal?.reason);
    const timer = setTimeout(() => whole.abort(tooLate(op, ms)), ms);
    signal?.addEventListener('abort', leave);
    const endsAt = performance.now() + ms;
    const limitedOp = { ...op, signal: whole.signal, context: { ...context, endsAt } };
    return unlessAborted(whole.signal, next(limitedOp)).finally(() => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', leave);
    });
  });
}

function mustBePositive(ms: number): void {
  if (!(ms > 0)) throw new RangeError(`deadlineMs has to be more than 0, not ${ms}`);
}

function tooLate({ type }: Op, ms: number): Error {
  const unknown = type === 'mutation' ? ' Whether it took effect is unknown.' : '';
  return fault(`No answer within ${ms} ms.${unknown}`, { because: 'deadline' });
}
