import type { House } from '@comanda/domains/context';
import { FallbackStore } from '@comanda/quotas/fallback-store';
import type { FastifyInstance } from 'fastify';
import type { Readiness } from './readiness.ts';

/** Alive, ready for traffic, and the keys that others verify our tokens with. */
export function serveHealth(app: FastifyInstance, house: House, readiness: Readiness): void {
  const { tokens, clock } = house;
  app.get('/health', { exposeHeadRoute: true }, () => ({ status: 'ok' }));
  app.get('/ready', { exposeHeadRoute: true }, async (_, reply) => {
    const reasons = await readiness.reasons();
    if (reasons.length > 0) {
      return reply.code(503).header('retry-after', '1').send({ status: 'unavailable', reasons });
    }
    return { status: 'ready', ...(countsAlone(house) && { degraded: ['redis'] }) };
  });
  app.get('/.well-known/jwks.json', () => tokens.ring.published(clock.now()));
}

function countsAlone({ quotaStore, loginQuotas }: House): boolean {
  return [quotaStore, loginQuotas].some(
    (store) => store instanceof FallbackStore && store.degraded,
  );
}
