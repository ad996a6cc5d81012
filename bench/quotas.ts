import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { type Cost, measureCost } from './bare-query.ts';
import { type Flood, measureFlood } from './flood.ts';
import { measureRedisAway, type RedisAway } from './redis-away.ts';

const FIGURES = new URL('../packages/quotas/src/figures.ts', import.meta.url);

const LIMITS = { percent: 1, ratio: 1.1, addedMs: 100 };

export interface Figures {
  node: string;
  cores: number;
  cost: Cost;
  flood: Flood;
  redis: RedisAway;
  limits: typeof LIMITS;
}

/** What quotas cost, at their own pace: their limits are narrow. `rounds` only for a quick look. */
export async function measureQuotas(rounds?: number): Promise<Figures> {
  return {
    node: process.versions.node,
    cores: availableParallelism(),
    cost: await measureCost(rounds),
    flood: await measureFlood(rounds),
    redis: await measureRedisAway(rounds),
    limits: LIMITS,
  };
}

/** For docs/quotas.md; as the formatter leaves it. */
export function keepFigures(figures: Figures): void {
  const literal = JSON.stringify(figures, null, 2)
    .replace(/"(\w+)":/g, '$1:')
    .replaceAll('"', "'")
    .replace(/(?<![{,])\n/g, ',\n');
  const source = `/** What quotas cost, as \`npm run bench\` measured it last. */\nexport const figures = ${literal};\n`;
  writeFileSync(FIGURES, source);
}
