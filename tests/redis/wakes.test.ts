import { HOUR, SECOND } from '@comanda/kernel/time';
import { RedisWakes } from '@comanda/server/redis-wakes';
import { describe, expect, test, vi } from 'vitest';
import { newFeedLab, step } from '../lab/feed.procedures.ts';
import { openFeed } from '../lab/feeding.ts';
import { following, stepsIn } from '../lab/following.ts';
import { openSecond } from '../lab/second.ts';
import { wireTo } from './proxy.ts';
import { type RedisServer, startRedis, stoppedRedis } from './server.ts';

/** Two servers on one database and one Redis, and somebody who watches at the second. */
async function twoOn({ url }: { url: string }, streamLookMs: number) {
  await using stack = new AsyncDisposableStack();
  const { app } = stack.use(await openFeed());
  const open = async () => {
    const wakes = stack.adopt(new RedisWakes(url), (wakes) => wakes.close());
    const settings = { streamLookMs, streamCheckMs: HOUR };
    return stack.use(await openSecond(app, { lab: newFeedLab().procedures, settings, wakes }));
  };
  const [first, second] = [await open(), await open()];
  const stream = stack.use(await following(app, second.url));
  await stream.next();
  const all = stack.move();
  return {
    stream,
    /** Told at the first, to the second as well as to itself. */
    tell: async (n: number) => {
      await step(app, [n], { wake: false });
      first.house.live.wake(app.home.restaurantId);
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** Both listen to each other, on lines that are not deaf. */
async function bothHear(redis: RedisServer, { deaf = 0 } = {}): Promise<void> {
  using inside = await redis.patient();
  const listening = async () => (await inside.client.pubsub('NUMSUB', 'live:wakes'))[1];
  await vi.waitUntil(async () => (await listening()) === deaf + 2, { timeout: 20_000 });
}

describe('servers that share a Redis', () => {
  test('tell each other at once what is new', async () => {
    await using redis = await startRedis();
    await using two = await twoOn(redis, HOUR);
    await bothHear(redis);

    await two.tell(1);
    const heard = await two.stream.next();

    expect(stepsIn([heard])).toEqual([1]);
  });

  test('do so again after it was away, and then nothing is missed', async () => {
    await using redis = await startRedis();
    await using two = await twoOn(redis, HOUR);
    await bothHear(redis);
    await redis.kill();
    await two.tell(1);

    await redis.start();
    await bothHear(redis);
    await two.tell(2);

    expect(stepsIn(await two.stream.take(2))).toEqual([1, 2]);
  });

  test('look for themselves while it is away', async () => {
    await using redis = await startRedis();
    await using two = await twoOn(redis, 2 * SECOND);
    await bothHear(redis);
    await redis.kill();

    await two.tell(1);

    expect(stepsIn([await two.stream.next()])).toEqual([1]);
  });

  test('look for themselves when it was never there', async () => {
    await using redis = await stoppedRedis();
    await using two = await twoOn(redis, 2 * SECOND);

    await two.tell(1);

    expect(stepsIn([await two.stream.next()])).toEqual([1]);
  });

  test('leave a line that went deaf, and hear again on a new one', async () => {
    await using redis = await startRedis();
    await using wire = await wireTo(redis.url);
    await using two = await twoOn(wire, HOUR);
    await bothHear(redis);
    wire.deafen();
    await two.tell(1);

    await bothHear(redis, { deaf: 2 });
    await two.tell(2);

    expect(stepsIn(await two.stream.take(2))).toEqual([1, 2]);
  });
});
