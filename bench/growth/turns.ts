import { type Pace, ratio, type Series, seriesOf, type Target } from '../findings.ts';
import { cpuUsOf } from './threads.ts';

/** Of a round of the pace: there are many cases, and each is called in this very process. */
const SHARE = 1 / 20;
/** Whatever takes as long for a few is not asked for many. */
const TOO_SLOW_US = 500_000;

/** A call without HTTP. */
export interface Case {
  subject: string;
  measure: string;
  at?: number;
  /** Of the database, where that is a process of its own: what it does is of the call. */
  pid?: number | undefined;
  call(nth: number): Promise<unknown>;
}

export interface Turns {
  series: Series[];
  /** What was too slow at fewer already, in words; empty where nothing was. */
  leftOut: string;
}

/** CPU of a call of each, in every round one after the other; of one measure the smaller come first. */
export async function inTurns(all: readonly Case[], pace: Pace): Promise<Turns> {
  const forMs = pace.roundMs * SHARE;
  const slow = new Set<string>();
  const cases: Case[] = [];
  const leftOut: string[] = [];
  for (const one of all) {
    if (slow.has(one.measure)) {
      leftOut.push(`${one.measure} of ${String(one.at)}`);
      continue;
    }
    cases.push(one);
    if ((await cpuUsOfCall(one, forMs)) > TOO_SLOW_US) slow.add(one.measure);
  }
  const rounds = cases.map((): number[] => []);
  for (let round = 0; round < pace.rounds; round += 1) {
    for (const [at, one] of cases.entries()) rounds[at]?.push(await cpuUsOfCall(one, forMs));
  }
  const series = cases.map(({ subject, measure, at }, nth) =>
    seriesOf({ subject, measure, unit: 'us', ...(at !== undefined && { at }) }, rounds[nth] ?? []),
  );
  return {
    series,
    leftOut: leftOut.length > 0 ? ` Too slow to be asked: ${leftOut.join(', ')}.` : '',
  };
}

async function cpuUsOfCall({ call, pid }: Case, forMs: number): Promise<number> {
  const until = performance.now() + forMs;
  const before = { own: process.cpuUsage(), other: otherUs(pid) };
  let calls = 0;
  do {
    await call(calls);
    calls += 1;
  } while (performance.now() < until);
  const { user, system } = process.cpuUsage(before.own);
  return (user + system + otherUs(pid) - before.other) / calls;
}

/** A ratio between the least and the most of what was measured. */
export function growth(
  series: readonly Series[],
  {
    measure,
    what,
    gate,
    moonshot,
  }: { measure: string; what: string; gate: number; moonshot: number },
): Target[] {
  const points = series.filter((one) => one.measure === measure);
  const [to, of] = [points[0], points.at(-1)];
  if (!to || !of) return [];
  const named = `${what}, ${count(of.at)} against ${count(to.at)}`;
  return [ratio({ what: named, of, to, gate, moonshot, atMost: true })];
}

function count(at = 0): string {
  return at.toLocaleString('en');
}

function otherUs(pid: number | undefined): number {
  return pid === undefined ? 0 : cpuUsOf(pid);
}
