import type { Answer, Policy, Row, Window } from './store.ts';

/** In units; swallows float rounding and is still under 1 ms of a window of 30 days. */
export const SLACK = 1e-9;

/** What is still used after a while; a clock that stepped back drains nothing. */
export function drained(window: Window, used: number, elapsedMs: number): number {
  const left = used - (Math.max(0, elapsedMs) * window.limit) / window.ms;
  return Math.min(Math.max(0, left), window.limit);
}

/** Decides on what every window has used so far, and says what a client may know about it. */
export function answer(policy: Policy, used: readonly number[], cost: number): Answer {
  const waits = policy.windows.map((window, i) =>
    msToDrain(window, (used[i] ?? 0) + cost - window.limit),
  );
  const allowed = waits.every((wait) => wait === 0);
  const charged = allowed ? cost : 0;
  const rows = policy.windows.map((window, i) =>
    row(window, (used[i] ?? 0) + charged, waits[i] ?? 0),
  );
  const binding = rows.reduce((a, b) => (bindsMore(b, a) ? b : a));
  return { allowed, policy: policy.name, ...binding, rows };
}

function row(window: Window, used: number, retryAfterMs: number): Row {
  const { name, limit } = window;
  const remaining = Math.floor(limit - used + SLACK);
  const resetMs = remaining < limit ? msToDrain(window, used - (limit - remaining - 1)) : 0;
  return { window: name, limit, remaining, resetMs, retryAfterMs };
}

function bindsMore(a: Row, b: Row): boolean {
  return a.retryAfterMs === b.retryAfterMs
    ? a.remaining < b.remaining
    : a.retryAfterMs > b.retryAfterMs;
}

function msToDrain(window: Window, units: number): number {
  return Math.max(0, Math.ceil(((units - SLACK) * window.ms) / window.limit));
}
