import { once } from 'node:events';
import { Census } from '@comanda/quotas/census';
import { FallbackStore } from '@comanda/quotas/fallback-store';
import { policy } from '@comanda/quotas/rates';
import { RedisLink } from '@comanda/quotas/redis-link';
import { RedisStore } from '@comanda/quotas/redis-store';
import { describe, expect, test } from 'vitest';
import { type RedisServer, startRedis } from './server.ts';

async function process({ url }: RedisServer) {
  const link = new RedisLink(url);
  await once(link.client, 'ready');
  const census = new Census(link);
  return { link, census, [Symbol.dispose]: () => link.close() };
}

describe('how many servers share a Redis', () => {
  test('is known to each of them, and again when one has left', async () => {
    await using server = await startRedis();
    using one = await process(server);
    using two = await process(server);
    using three = await process(server);
    const all = [one, two, three];

    const alone = one.census.count;
    for (const { census } of all) await census.callIn();
    await one.census.callIn();
    const together = one.census.count;
    await three.census.stop();
    await one.census.callIn();
    const toldOnce = one.census.count;
    await one.census.callIn();

    expect([alone, together, toldOnce, one.census.count]).toEqual([1, 3, 3, 2]);
  });

  test('P31 is not forgotten when Redis starts anew', async () => {
    await using server = await startRedis();
    using one = await process(server);
    using two = await process(server);
    for (const { census } of [one, two, one]) await census.callIn();

    await server.kill();
    await server.start();
    await once(one.link.client, 'ready');
    await one.census.callIn();

    expect(one.census.count).toBe(2);
  });

  test('is counted over a line that is too slow for calls', async () => {
    await using server = await startRedis();
    using one = await process(server);
    const slow = new Census({
      run: async (...[lua, key, args, timeoutMs]) => one.link.run(lua, key, args, timeoutMs),
    });
    await slow.callIn();
    await one.census.callIn();
    server.stall();
    const calling = slow.callIn();
    const unanswered = one.link.run('return 1', 'any', []).catch((error: Error) => error.message);

    const told = await unanswered;
    server.resume();
    await calling;

    expect(told).toMatch(/did not answer within 50 ms/);
    expect(slow.count).toBe(2);
  });

  test('P31 is what a limit is shared by while Redis is away', async () => {
    await using server = await startRedis();
    using one = await process(server);
    using two = await process(server);
    for (const { census } of [one, two, one]) await census.callIn();
    const store = new FallbackStore(new RedisStore(one.link), {
      processes: () => one.census.count,
    });
    const perDay = policy('calls', '10/day');

    await server.kill();
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => store.consume('anna', perDay)),
    );

    expect(one.census.count).toBe(2);
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(5);
    expect(answers.every(({ degraded }) => degraded)).toBe(true);
  });
});
