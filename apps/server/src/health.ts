import type { House } from '@comanda/domains/context';
import type { FastifyInstance } from 'fastify';

/** Alive, ready for traffic, and the keys that others verify our tokens with. */
export function serveHealth(
  app: FastifyInstance,
  { database, tokens, clock }: House,
  isDraining: () => boolean,
): void {
  app.get('/health', { exposeHeadRoute: true }, () => ({ status: 'ok' }));
  app.get('/ready', { exposeHeadRoute: true }, async (_, reply) => {
    const ready = !isDraining() && (await database.orm.isConnected());
    if (ready) return { status: 'ready' };
    return reply.code(503).header('retry-after', '1').send({ status: 'unavailable' });
  });
  app.get('/.well-known/jwks.json', () => tokens.ring.published(clock.now()));
}
