import { Census } from '@comanda/quotas/census';
import { FallbackStore } from '@comanda/quotas/fallback-store';
import { RedisLink } from '@comanda/quotas/redis-link';
import { RedisStore } from '@comanda/quotas/redis-store';
import type { FastifyBaseLogger } from 'fastify';
import type { QuotaStores } from './house.ts';

/** Quotas that servers share over one connection; opening it waits for nothing. */
export function sharedStores(
  url: string,
  log: FastifyBaseLogger,
): QuotaStores & { close(): Promise<void> } {
  const link = new RedisLink(url);
  const census = new Census(link);
  census.start();
  link.client.on('ready', () => void census.callIn());
  link.client.once('error', (err: Error) => log.warn({ err }, 'Redis cannot be reached'));
  const shared = new RedisStore(link);
  const store = (quotas: string) =>
    new FallbackStore(shared, {
      processes: () => census.count,
      log: (line) => log.warn({ quotas }, line),
    });
  return {
    calls: store('calls'),
    signIns: store('sign-ins'),
    close: async () => {
      await census.stop();
      link.close();
    },
  };
}
