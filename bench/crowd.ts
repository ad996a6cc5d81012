import { setPriority } from 'node:os';
import { Connection } from './connection.ts';
import { onOrder } from './crew.ts';
import { percentile } from './statistics.ts';
import { type Turn, type TurnOf, TURNS } from './turns.ts';

/** Each caller begins the next turn as soon as the last is over. Who they are is settled by the first order. */
export interface CrowdOrder {
  url: string;
  turn: Turn;
  /** What the callers are told of: paths, tokens. */
  told: unknown;
  callers: number;
  forMs: number;
  /** Steps back whenever anybody else wants the processor. */
  humble?: boolean;
}

export interface CrowdReport {
  /** Answers by status: of each turn the last. */
  statuses: Record<number, number>;
  answered: number;
  p50Ms: number;
  p99Ms: number;
}

const HUMBLE = 19;

let callers: TurnOf[] | undefined;

onOrder<CrowdOrder, CrowdReport>(async (order) => {
  const { url, turn, told, forMs, humble = false } = order;
  if (humble) setPriority(HUMBLE);
  callers ??= Array.from({ length: order.callers }, (_, nth) =>
    (TURNS[turn] as (told: unknown, caller: [number, number]) => TurnOf)(told, [
      nth,
      order.callers,
    ]),
  );
  const until = performance.now() + forMs;
  const statuses: Record<number, number> = {};
  const tookMs: number[] = [];
  const work = async (once: TurnOf) => {
    const connection = new Connection(url);
    for (let since = performance.now(); since < until;) {
      const status = await once(connection);
      const now = performance.now();
      statuses[status] = (statuses[status] ?? 0) + 1;
      tookMs.push(now - since);
      since = now;
    }
    connection.close();
  };
  await Promise.all(callers.map(work));
  const answered = tookMs.length;
  return { statuses, answered, p50Ms: percentile(tookMs, 0.5), p99Ms: percentile(tookMs, 0.99) };
});
