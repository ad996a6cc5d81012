import type { Answer, Policy, Row, Window } from './store.ts';

/** In units; swallows float rounding and is still under 1 ms of a window of 30 days. */
export const SLACK = 1e-9;

/** What is still used after a while; a clock that stepped back drains nothing. */
export function drained(window: Window, used: number, elapsedMs: number): number {
  const left = used - (Math.max(0, elapsedMs) * window.limit) / window.ms;
  return Math.min(Math.max(0, left), window.limit);
}

/** Decides on what every window has used so far, and says what a client may know about it. */
export function answer({ name, windows }: Policy, used: readonly number[], cost: number): Answer {
  const allowed = windows.every((window, i) => msToPass(window, used[i] ?? 0, cost) === 0);
  const rows = windows.map((window, i) => row(window, used[i] ?? 0, { cost, allowed }));
  const binding = rows.reduce((a, b) => (bindsMore(b, a) ? b : a));
  const { window, limit, remaining, resetMs, retryAfterMs } = binding;
  return { allowed, policy: name, window, limit, remaining, resetMs, retryAfterMs, rows };
}

function row(
  window: Window,
  before: number,
  { cost, allowed }: { cost: number; allowed: boolean },
): Row {
  const { name, limit } = window;
  const used = allowed ? before + cost : before;
  const remaining = Math.floor(limit - used + SLACK);
  const resetMs = remaining < limit ? msToDrain(window, used - (limit - remaining - 1)) : 0;
  const retryAfterMs = allowed ? 0 : msToPass(window, before, cost);
  return { window: name, limit, remaining, resetMs, retryAfterMs };
}

function bindsMore(a: Row, b: Row): boolean {
  return a.retryAfterMs === b.retryAfterMs
    ? a.remaining < b.remaining
    : a.retryAfterMs > b.retryAfterMs;
}

function msToPass(window: Window, used: number, cost: number): number {
  return msToDrain(window, used + cost - window.limit);
}

function msToDrain(window: Window, units: number): number {
  return Math.max(0, Math.ceil(((units - SLACK) * window.ms) / window.limit));
}
