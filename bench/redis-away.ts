import { setTimeout as pause } from 'node:timers/promises';
import { startRedis } from '../tests/redis/server.ts';
import { opened, type Opened } from './opened.ts';
import { undisturbed } from './processor.ts';
import { percentile, round } from './statistics.ts';

const ROUNDS = 3;
const ROUND_MS = 4_000;
/** So that the calls that find out are among those measured. */
const UNTIL_AWAY_MS = 250;

interface Times {
  p50Ms: number;
  p99Ms: number;
}

export interface RedisAway {
  up: Times;
  killed: Times;
  stalled: Times;
  /** To the p99, by the worse of the two. */
  addedMs: number;
}

/** What a manager's calls take while the quotas' Redis is there, is gone, or does not answer. */
export async function measureRedisAway(times = ROUNDS): Promise<RedisAway> {
  await using redis = await startRedis();
  await using house = await opened({ REDIS_URL: redis.url });
  const during = async (event: () => unknown, after: () => unknown) => {
    const working = house.work(ROUND_MS);
    await pause(UNTIL_AWAY_MS);
    await event();
    const tookMs = await working;
    await after();
    await shared(house);
    return tookMs;
  };
  const rounds: Record<'up' | 'killed' | 'stalled', number[]>[] = [];
  for (let n = 0; n < times; n += 1) {
    rounds.push(
      await undisturbed(async () => ({
        up: await house.work(ROUND_MS),
        killed: await during(redis.kill, redis.start),
        stalled: await during(redis.stall, redis.resume),
      })),
    );
  }
  const up = timesOf(rounds.flatMap((round) => round.up));
  const killed = timesOf(rounds.flatMap((round) => round.killed));
  const stalled = timesOf(rounds.flatMap((round) => round.stalled));
  const addedMs = round(Math.max(killed.p99Ms, stalled.p99Ms) - up.p99Ms);
  return { up, killed, stalled, addedMs };
}

/** Waits until calls are counted in Redis again. */
async function shared({ server, token }: Opened): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  for (;;) {
    const answer = await fetch(`${server.url}/trpc/permissions.mine`, { headers });
    await answer.body?.cancel();
    if (!answer.headers.get('ratelimit')?.includes('degraded')) return;
    await pause(UNTIL_AWAY_MS);
  }
}

function timesOf(tookMs: number[]): Times {
  return { p50Ms: round(percentile(tookMs, 0.5)), p99Ms: round(percentile(tookMs, 0.99)) };
}
