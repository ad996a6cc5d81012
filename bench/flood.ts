import type { CrowdOrder, CrowdReport } from './crowd.ts';
import { hire } from './crew.ts';
import { opened, overRounds } from './opened.ts';
import { undisturbed } from './processor.ts';
import { median, round } from './statistics.ts';

const ROUNDS = 9;
const ROUND_MS = 5_000;
const CONNECTIONS = 32;

interface Times {
  p50Ms: number;
  p95Ms: number;
}

export interface Flood {
  alone: Times;
  flooded: Times;
  /** Of the p95. */
  ratio: number;
  /** Requests of the flood that were answered, with whatever. */
  answeredPerSecond: number;
}

/** A manager's calls, without and with a guest who asks from one address as fast as they are answered. */
export async function measureFlood(times = ROUNDS): Promise<Flood> {
  await using house = await opened({ FLOOD_LIMIT: '' });
  await using guest = hire<CrowdOrder, CrowdReport>('./crowd.ts');
  const order = { url: house.server.url, turn: 'ask', callers: CONNECTIONS, humble: true } as const;
  const told = { path: '/trpc/quotas.policy' };
  const flood = (forMs: number) => guest.tell({ ...order, told, forMs });
  await flood(ROUND_MS);
  const rounds: { alone: number[]; flooded: number[]; answered: number }[] = [];
  for (let n = 0; n < times; n += 1) {
    rounds.push(
      await undisturbed(async () => {
        const alone = await house.work(ROUND_MS);
        const [flooded, { answered }] = await Promise.all([house.work(ROUND_MS), flood(ROUND_MS)]);
        return { alone, flooded, answered };
      }),
    );
  }
  const alone = timesOf(rounds.map((round) => round.alone));
  const flooded = timesOf(rounds.map((round) => round.flooded));
  const answered = median(rounds.map((round) => round.answered));
  return {
    alone,
    flooded,
    ratio: round(flooded.p95Ms / alone.p95Ms),
    answeredPerSecond: round((answered * 1_000) / ROUND_MS, 0),
  };
}

function timesOf(rounds: number[][]): Times {
  return { p50Ms: overRounds(rounds, 0.5), p95Ms: overRounds(rounds, 0.95) };
}
