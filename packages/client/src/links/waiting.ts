import { fault } from '../errors.ts';

/** Why a call that was waiting does not go on: its deadline or its caller said so. */
export function endedBy(signal: AbortSignal): Error {
  const { reason } = signal as { reason: unknown };
  if (reason instanceof Error && reason.name === 'CallError') return reason;
  return fault('The call was aborted.', { because: 'aborted' }, { cause: reason });
}

/** The outcome of `work`, or the end of `signal`, whichever is first. */
export function unlessAborted<T>(signal: AbortSignal | null | undefined, work: Promise<T>) {
  if (!signal) return work;
  return new Promise<T>((resolve, reject) => {
    const end = () => reject(endedBy(signal));
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });
}

/** What comes of `work`; nothing where it fails, or takes longer. */
export function patiently<T>(ms: number, work: () => Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const enough = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  return Promise.race([work(), enough])
    .catch(() => undefined)
    .finally(() => clearTimeout(timer));
}

/** Waits, unless the signal ends it. */
export function pause(ms: number, signal?: AbortSignal | null): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  return unlessAborted(signal, wait).finally(() => clearTimeout(timer));
}
