import type { House, Watch } from '@comanda/domains/context';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Config } from './config.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Where this request is traced: what watches over its calls, in place of the house's. */
    watch?: Watch;
  }
}

/** Follows requests, and what is done for them. */
export interface Tracing {
  /** Every request that the doors before it have let in, and every call of it, which `watch` measures as before. */
  follow(app: FastifyInstance, watch: Watch): void;
  /** Sends what is not sent yet, and gives up soon where nobody takes it. */
  close(): Promise<void>;
}

/** Loads what it takes only where traces are asked for: without them they cost nothing. */
export async function openTracing(
  settings: Config['tracing'],
  { house, log }: { house: House; log: FastifyBaseLogger },
): Promise<Tracing | undefined> {
  if (!settings) return undefined;
  const { Telemetry } = await import('./telemetry/telemetry.ts');
  return new Telemetry(settings, { database: house.database, log });
}
