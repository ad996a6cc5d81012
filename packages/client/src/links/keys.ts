import { type Link, step } from './step.ts';

/**
 * Gives every call of these mutations a key, by which the service knows a repeat. It stands above
 * `retry`, so that all repeats of a call carry the same one.
 */
export function keys(paths: readonly string[]): Link {
  return step((op, next) => {
    const wanted = op.type === 'mutation' && paths.includes(op.path);
    if (!wanted) return next(op);
    return next({ ...op, input: withKey(op.input), context: { ...op.context, keyed: true } });
  });
}

function withKey(input: unknown): unknown {
  const own = (input as { idempotencyKey?: unknown } | null | undefined)?.idempotencyKey;
  return own === undefined ? { ...(input as object), idempotencyKey: newKey() } : input;
}

function newKey(): string {
  // Left out by browsers where the page did not come by https.
  const { randomUUID } = crypto as { randomUUID?: () => string };
  if (randomUUID) return randomUUID.call(crypto);
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte) => (byte | 256).toString(16).slice(1)).join('');
  return hex.replace(/(.{8})(.{4}).(.{3}).(.{3})/, '$1-$2-4$3-8$4-');
}
