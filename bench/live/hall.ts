import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { onOrder } from '../crew.ts';

/** What a server of streams is told. */
export type HallOrder =
  | { ask: 'open'; people: number }
  | { ask: 'tell'; number: number; listeners: number }
  | { ask: 'weigh' };

export interface HallReport {
  /** Opened: the address of the stream, and the header of each who may come. */
  url: string;
  tokens: string[];
  /** Told: when that began, by the clock of the machine. */
  atMs: number;
  /** Weighed: once all garbage is gone. */
  rssKb: number;
  heapKb: number;
}

/** What the three servers do each in their own way. */
export interface Hall {
  open(people: number): Promise<{ url: string; tokens: string[] }>;
  tell(number: number, listeners: number): Promise<void> | void;
}

export function serveHall(hall: Hall): void {
  setFlagsFromString('--expose_gc');
  const collect = runInNewContext('gc') as () => void;
  const nothing: HallReport = { url: '', tokens: [], atMs: 0, rssKb: 0, heapKb: 0 };
  onOrder<HallOrder, HallReport>(async (order) => {
    if (order.ask === 'open') return { ...nothing, ...(await hall.open(order.people)) };
    if (order.ask === 'tell') {
      const atMs = machineMs();
      await hall.tell(order.number, order.listeners);
      return { ...nothing, atMs };
    }
    collect();
    collect();
    const { rss, heapUsed } = process.memoryUsage();
    return { ...nothing, rssKb: rss / 1_024, heapKb: heapUsed / 1_024 };
  });
}

/** Alike in all processes of this machine. */
export function machineMs(): number {
  return Number(process.hrtime.bigint() / 1_000n) / 1_000;
}
