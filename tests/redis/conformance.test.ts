import { RedisStore } from '@comanda/quotas/redis-store';
import { storeConformance } from '@comanda/quotas/store.conformance';
import { afterAll } from 'vitest';
import { byHand } from './hands.ts';
import { startRedis } from './server.ts';

const server = await startRedis();
const link = await server.patient();

afterAll(async () => {
  link.close();
  await server[Symbol.asyncDispose]();
});

storeConformance('Redis', async (now) => {
  await link.client.flushall();
  return new RedisStore(byHand(link, now));
});
