import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { type Cost, measureCost } from './bare-query.ts';
import { type Flood, measureFlood } from './flood.ts';
import { measureRedisAway, type RedisAway } from './redis-away.ts';

// `npm run bench`: measures what quotas cost, writes it to packages/quotas/src/figures.ts, and fails
// when a limit is not kept.
const FIGURES = new URL('../packages/quotas/src/figures.ts', import.meta.url);

const LIMITS = { percent: 1, ratio: 1.1, addedMs: 100 };

interface Figures {
  node: string;
  cores: number;
  cost: Cost;
  flood: Flood;
  redis: RedisAway;
  limits: typeof LIMITS;
}

const figures: Figures = {
  node: process.versions.node,
  cores: availableParallelism(),
  cost: await measureCost(),
  flood: await measureFlood(),
  redis: await measureRedisAway(),
  limits: LIMITS,
};
writeFileSync(FIGURES, sourceOf(figures));
console.table(rowsOf(figures));
process.exitCode = Object.values(rowsOf(figures)).every(({ kept }) => kept) ? 0 : 1;

function rowsOf({ cost, flood, redis, limits }: Figures) {
  const row = (is: number, limit: number, from: string) => ({ is, limit, kept: is <= limit, from });
  const { alone, flooded } = flood;
  return {
    '% that quotas take of a bare query': row(
      cost.percent,
      limits.percent,
      `${cost.quotasUs} of ${cost.queryUs} us CPU`,
    ),
    'p95 in a flood, of that without': row(
      flood.ratio,
      limits.ratio,
      `p50 ${flooded.p50Ms} / ${alone.p50Ms} ms, p95 ${flooded.p95Ms} / ${alone.p95Ms} ms, ${flood.answeredPerSecond} answered/s`,
    ),
    'ms that Redis away adds to the p99': row(
      redis.addedMs,
      limits.addedMs,
      Object.entries({ up: redis.up, killed: redis.killed, stalled: redis.stalled })
        .map(([when, { p50Ms, p99Ms }]) => `${when} ${p50Ms} / ${p99Ms} ms`)
        .join(', '),
    ),
  };
}

/** As the formatter leaves it. */
function sourceOf(figures: Figures): string {
  const literal = JSON.stringify(figures, null, 2)
    .replace(/"(\w+)":/g, '$1:')
    .replaceAll('"', "'")
    .replace(/(?<![{,])\n/g, ',\n');
  return `/** What quotas cost, as \`npm run bench\` measured it last. */\nexport const figures = ${literal};\n`;
}
