import { median, significant } from './statistics.ts';

/** What a part of the benchmark is told: how long to look. */
export interface Pace {
  quick: boolean;
  /** Whether what is found is to be kept for the documents. */
  keep: boolean;
  rounds: number;
  roundMs: number;
  warmMs: number;
  /** How often a round is tried until nobody else used the processor meanwhile. */
  tries: number;
}

export interface Part {
  /** By which it is chosen: `npm run bench -- menu sse`. */
  name: string;
  about: string;
  run(pace: Pace): Promise<Finding[]>;
}

export type Unit = 'us' | 'ms' | '%' | 'KB' | 'MB' | 'instantiations';

/** One thing measured of one subject, once a round; the nth rounds of all series of a finding ran side by side. */
export interface Series {
  /** Who: 'comanda', 'stock tRPC hello'. */
  subject: string;
  /** What of it: 'CPU of a request', 'memory of a subscriber'. */
  measure: string;
  unit: Unit;
  rounds: readonly number[];
  /** Where a curve has this point: items, orders, subscribers. */
  at?: number;
}

export interface Target {
  what: string;
  /** `x cheaper` is to be much, the others what `atMost` says. */
  unit: 'x cheaper' | 'x' | '%' | 'ms';
  is: number;
  /** The least and the most of the rounds. */
  low: number;
  high: number;
  gate: number;
  moonshot: number;
  atMost?: true;
}

export interface Finding {
  title: string;
  /** What was done to whom, and what the comparison leaves out. */
  about: string;
  series: readonly Series[];
  targets: readonly Target[];
  /** What `at` counts; a finding that says so is drawn as curves. */
  along?: string;
}

/** What was measured, as precisely as it is worth. */
export function seriesOf(
  what: Pick<Series, 'subject' | 'measure' | 'unit' | 'at'>,
  rounds: readonly number[],
): Series {
  return { ...what, rounds: rounds.map(significant) };
}

interface Wanted extends Pick<Target, 'gate' | 'moonshot' | 'atMost'> {
  what: string;
  /** Ours. */
  of: Series;
  to: Series;
}

/** How many times less ours takes than the other: the median of the rounds, each by itself. */
export function cheaper({ what, of, to, ...wanted }: Wanted): Target {
  return { what, unit: 'x cheaper', ...spread(to, of), ...wanted };
}

/** Ours, of the other. */
export function ratio({ what, of, to, ...wanted }: Wanted): Target {
  return { what, unit: 'x', ...spread(of, to), ...wanted };
}

export function reaches(target: Target, limit: 'gate' | 'moonshot'): boolean {
  return target.atMost ? target.is <= target[limit] : target.is >= target[limit];
}

function spread(over: Series, under: Series) {
  const each = over.rounds.map((value, nth) => value / (under.rounds[nth] ?? Number.NaN));
  const [is, low, high] = [median(each), Math.min(...each), Math.max(...each)];
  return { is: significant(is), low: significant(low), high: significant(high) };
}
