import type { Finding, Part, Series, Target } from '../findings.ts';
import { charges, withAndWithout } from '../quota-stores.ts';
import { type Figures, keepFigures, measureQuotas } from '../quotas.ts';

const QUICK_ROUNDS = 2;

export const quotas: Part = {
  name: 'quotas',
  about: 'what quotas cost, in memory and in Redis, in a flood, and without their Redis',
  run: async (pace) => {
    const byStore = [await withAndWithout(pace), await charges(pace)];
    const figures = await measureQuotas(pace.quick ? QUICK_ROUNDS : undefined);
    if (pace.keep) keepFigures(figures);
    return [...byStore, ...findingsIn(figures)];
  },
};

function findingsIn({ cost, flood, redis, limits }: Figures): Finding[] {
  const { alone, flooded } = flood;
  return [
    {
      title: 'What quotas take of a bare query',
      about: `Of a query that does nothing: the charge, the count of who used what, two header fields. More in
bench/README.md.`,
      series: [
        one('the query', 'processor', { us: cost.queryUs }),
        one('quotas', 'processor', { us: cost.quotasUs }),
      ],
      targets: [limit('quotas, of a bare query', '%', [cost.percent, limits.percent])],
    },
    {
      title: 'A manager’s calls in a flood',
      about:
        'A guest floods from one address over 32 connections; a manager calls 40 times a second.',
      series: [
        one('alone', 'p95', { ms: alone.p95Ms }),
        one('in a flood', 'p95', { ms: flooded.p95Ms }),
      ],
      targets: [limit('p95 in a flood, of that without', 'x', [flood.ratio, limits.ratio])],
    },
    {
      title: 'A manager’s calls without the quotas’ Redis',
      about: 'It is killed, or stopped, while a manager calls 40 times a second.',
      series: (['up', 'killed', 'stalled'] as const).map((when) =>
        one(`Redis ${when}`, 'p99', { ms: redis[when].p99Ms }),
      ),
      targets: [limit('what Redis away adds to the p99', 'ms', [redis.addedMs, limits.addedMs])],
    },
  ];
}

function one(subject: string, measure: string, value: { us: number } | { ms: number }): Series {
  const [unit, is] = 'us' in value ? (['us', value.us] as const) : (['ms', value.ms] as const);
  return { subject, measure, unit, rounds: [is] };
}

/** Decided before there were goals beyond them: both limits are the same. */
function limit(what: string, unit: '%' | 'x' | 'ms', [is, most]: [number, number]): Target {
  return { what, unit, is, low: is, high: is, gate: most, moonshot: most, atMost: true };
}
