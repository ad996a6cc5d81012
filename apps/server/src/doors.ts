import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { GcraStore } from '@comanda/quotas/gcra-store';
import { policy } from '@comanda/quotas/rates';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { networkOf } from './context.ts';
import { refuse } from './refusing.ts';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'OPTIONS']);
interface Doors {
  allowedHosts: string[];
  /** Coarse, per address and minute, before anything is parsed; the real quotas are per role. */
  floodLimit: number;
}

/** What is turned away before a byte of the body is read: method, host, kind of body, flood. */
export function guardDoors(app: FastifyInstance, { allowedHosts, floodLimit }: Doors): void {
  const hosts = new Set(allowedHosts);
  const flood = floodGate(floodLimit);
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id).header('cache-control', 'no-store');
    const refused =
      method(request, reply) ?? host(request, hosts) ?? body(request) ?? flood(request);
    if (!refused) return done();
    if (request.method !== 'GET') void reply.header('connection', 'close');
    refuse(reply, refused);
  });
}

function method({ method }: FastifyRequest, reply: FastifyReply) {
  if (METHODS.has(method)) return undefined;
  void reply.header('allow', [...METHODS].join(', '));
  return kernelErrors.METHOD_NOT_ALLOWED();
}

function host({ raw, headers, url }: FastifyRequest, hosts: Set<string>) {
  const named = raw.rawHeaders.filter((name, at) => at % 2 === 0 && /^host$/i.test(name)).length;
  const [, name] = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/i.exec(headers.host ?? '') ?? [];
  const good = named === 1 && name !== undefined && hosts.has(name.toLowerCase());
  return good && url.startsWith('/') ? undefined : kernelErrors.BAD_HOST();
}

function body({ method, headers }: FastifyRequest) {
  const { 'content-type': type, 'content-encoding': encoding } = headers;
  const compressed = encoding !== undefined && encoding.toLowerCase() !== 'identity';
  const plain = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type ?? '');
  if (compressed || (method === 'POST' && !plain)) return kernelErrors.UNSUPPORTED_MEDIA_TYPE();
  return undefined;
}

function floodGate(limit: number) {
  const counted = new GcraStore();
  const flood = policy('address', `${limit}/min`);
  return ({ ip }: FastifyRequest) => {
    const { allowed, retryAfterMs } = counted.consume(networkOf(ip), flood);
    if (allowed) return undefined;
    const resetAt = new Date(Date.now() + retryAfterMs);
    return kernelErrors.QUOTA_EXCEEDED({ scope: flood.name, limit, resetAt, retryAfterMs });
  };
}
