import { setTimeout as pause } from 'node:timers/promises';
import { call, keptAlive, type Target } from './calling.ts';
import { onOrder } from './crew.ts';

/** Calls at even distances, whether or not the last is answered. */
export interface VisitsOrder extends Target {
  perSecond: number;
  forMs: number;
}

export interface VisitsReport {
  /** How long each took. */
  tookMs: number[];
  /** Answered by something else than 200. */
  failed: number;
}

/** So many that none of them comes near the flood limit. */
const ADDRESSES = Array.from({ length: 8 }, (_, at) => `127.0.1.${at + 1}`);

const agent = keptAlive();

onOrder<VisitsOrder, VisitsReport>(async ({ perSecond, forMs, ...target }) => {
  const start = performance.now();
  const calls: Promise<void>[] = [];
  const tookMs: number[] = [];
  let failed = 0;
  const visit = async (from: string) => {
    const since = performance.now();
    const status = await call({ ...target, agent, from });
    tookMs.push(performance.now() - since);
    if (status !== 200) failed += 1;
  };
  for (let n = 0; n * 1_000 < forMs * perSecond; n += 1) {
    await pause(Math.max(0, start + (n * 1_000) / perSecond - performance.now()));
    calls.push(visit(ADDRESSES[n % ADDRESSES.length] ?? ''));
  }
  await Promise.all(calls);
  return { tookMs, failed };
});
