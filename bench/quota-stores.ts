import { startRedis } from '../tests/redis/server.ts';
import type { BareOrder, BareReport } from './bare-server.ts';
import { hire } from './crew.ts';
import { type Finding, type Pace, type Series, seriesOf } from './findings.ts';
import type { MeterOrder, MeterReport } from './meter.ts';
import { undisturbed } from './processor.ts';
import { type Contestant, CPU, sideBySide } from './rounds.ts';

const COUNTED = '/trpc/lab.bare';
const UNCOUNTED = '/trpc/lab.uncounted';
const CHARGES = { memory: 100_000, redis: 5_000 };

/** A call with its quota and without, where each server counts for itself and where they share a Redis. */
export async function withAndWithout(pace: Pace): Promise<Finding> {
  await using redis = await startRedis();
  await using alone = hire<BareOrder, BareReport>('./bare-server.ts');
  await using sharing = hire<BareOrder, BareReport>('./bare-server.ts');
  const asking = (path: string) => ({ turn: 'ask', told: { path } }) as const;
  const inMemory = { pids: { server: alone.pid }, url: (await alone.tell({})).url };
  const inRedis = {
    pids: { server: sharing.pid },
    url: (await sharing.tell({ redis: redis.url })).url,
  };
  const sides: Contestant[] = [
    { subject: 'without quotas', ...inMemory, ...asking(UNCOUNTED) },
    { subject: 'quotas in memory', ...inMemory, ...asking(COUNTED) },
    { subject: 'a server with Redis, without', ...inRedis, ...asking(UNCOUNTED) },
    { subject: 'quotas in Redis', ...inRedis, ...asking(COUNTED) },
  ];
  const { series } = await sideBySide(pace, sides);
  return {
    title: 'A call with its quota, and without',
    about: `A query that does nothing but say one word. Without: as signing in, which no budget of a role is charged for.
What quotas take in memory is less than what rounds differ by: the next table has it by itself.`,
    series,
    targets: [],
  };
}

/** What the charge takes by itself, in a loop. */
export async function charges(pace: Pace): Promise<Finding> {
  await using redis = await startRedis();
  await using inMemory = hire<MeterOrder, MeterReport>('./meter.ts');
  await using inRedis = hire<MeterOrder, MeterReport>('./meter.ts');
  const orders = [
    { subject: 'in memory', meter: inMemory, order: { calls: CHARGES.memory } },
    { subject: 'in Redis', meter: inRedis, order: { calls: CHARGES.redis, redis: redis.url } },
  ];
  const series: Series[] = [];
  const rounds = orders.map((): number[] => []);
  for (const { meter, order } of orders) await meter.tell(order);
  for (let nth = 0; nth < pace.rounds; nth += 1) {
    for (const [at, { meter, order }] of orders.entries()) {
      const { cpuUs } = await undisturbed(() => meter.tell(order), pace.tries);
      rounds[at]?.push(cpuUs);
    }
  }
  for (const [at, { subject }] of orders.entries()) {
    series.push(seriesOf({ subject, measure: CPU, unit: 'us' }, rounds[at] ?? []));
  }
  return {
    title: 'What quotas take of a call, by store',
    about: `The charge, the count of who used what and the text of two header fields, one call after the other, for
1,000 people in turn. With many calls at once, those to Redis go there together and each takes less.`,
    series,
    targets: [],
  };
}
