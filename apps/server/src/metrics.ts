import { createHash, timingSafeEqual } from 'node:crypto';
import { BlockList } from 'node:net';
import type { House } from '@comanda/domains/context';
import { transportErrors } from '@comanda/kernel/transport.errors';
import { FallbackStore } from '@comanda/quotas/fallback-store';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Counter, Gauge, Registry } from 'prom-client';
import { refuse } from './refusing.ts';
import { measureServer, type Measured, ofProcess } from './server-metrics.ts';

interface Readers {
  measured: Measured;
  metricsToken?: string | undefined;
  publicUrl?: string | undefined;
  trustProxy: string[];
}

/**
 * What a Prometheus server reads: with the token or, where no proxy stands in front, on this machine. To
 * all others there is no such address.
 */
export function serveMetrics(
  app: FastifyInstance,
  house: House,
  { measured, metricsToken, publicUrl, trustProxy }: Readers,
): void {
  const registry = metricsOf(house);
  measureServer([registry], house, measured);
  const behindProxy = publicUrl !== undefined || trustProxy.length > 0;
  app.get('/metrics', async (request, reply) => {
    const mayRead =
      metricsToken === undefined ? !behindProxy && isLocal(request) : shows(request, metricsToken);
    if (!mayRead) return refuse(reply, transportErrors.NO_SUCH_PROCEDURE());
    const all = Registry.merge([ofProcess(), measured.calls.registry, registry]);
    return reply.type(all.contentType).send(await all.metrics());
  });
}

function metricsOf({ usage, quotaStore, loginQuotas, slowGate, vaultOpenings }: House): Registry {
  const registry = new Registry();
  const registers = [registry];
  new Counter({
    name: 'comanda_calls_total',
    help: 'Calls by role: reads, writes, and those refused because a quota was used up.',
    labelNames: ['role', 'kind'],
    registers,
    collect() {
      this.reset();
      for (const { role, reads, writes, refused } of usage.totals) {
        this.inc({ role, kind: 'read' }, reads);
        this.inc({ role, kind: 'write' }, writes);
        this.inc({ role, kind: 'refused' }, refused);
      }
    },
  });
  new Gauge({
    name: 'comanda_slow_calls',
    help: 'Slow calls under way, and those that wait for their turn.',
    labelNames: ['state'],
    registers,
    collect() {
      this.set({ state: 'running' }, slowGate.running);
      this.set({ state: 'waiting' }, slowGate.waiting);
    },
  });
  new Counter({
    name: 'comanda_vault_openings_total',
    help: 'How often the vault of recipes was opened: by its master, or by breaking the glass.',
    labelNames: ['how'],
    registers,
    collect() {
      this.reset();
      for (const [how, times] of Object.entries(vaultOpenings)) this.inc({ how }, times);
    },
  });
  const shared = Object.entries({ calls: quotaStore, sign_ins: loginQuotas }).flatMap(
    ([quotas, store]) => (store instanceof FallbackStore ? [{ quotas, store }] : []),
  );
  if (shared.length > 0) measureSharing(registers, shared);
  return registry;
}

function measureSharing(
  registers: Registry[],
  shared: { quotas: string; store: FallbackStore }[],
): void {
  new Gauge({
    name: 'comanda_quotas_degraded',
    help: '1 while quotas are counted by this server alone, because Redis is in trouble.',
    labelNames: ['quotas'],
    registers,
    collect() {
      for (const { quotas, store } of shared) this.set({ quotas }, store.degraded ? 1 : 0);
    },
  });
  new Gauge({
    name: 'comanda_quotas_servers',
    help: 'Servers that count in the same Redis, as many as were last known.',
    labelNames: ['quotas'],
    registers,
    collect() {
      for (const { quotas, store } of shared) this.set({ quotas }, store.processes);
    },
  });
  new Counter({
    name: 'comanda_quotas_degraded_total',
    help: 'Calls that were counted by this server alone, or turned away, because Redis was in trouble.',
    labelNames: ['quotas', 'outcome'],
    registers,
    collect() {
      this.reset();
      for (const { quotas, store } of shared) {
        this.inc({ quotas, outcome: 'counted' }, store.counts.degraded);
        this.inc({ quotas, outcome: 'turned_away' }, store.counts.unavailable);
      }
    },
  });
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** Behind a proxy on this machine everybody's peer is loopback: whoever was forwarded is not from here. */
function isLocal({ socket, headers }: FastifyRequest): boolean {
  const { remoteAddress = '', remoteFamily } = socket;
  const forwarded = 'x-forwarded-for' in headers || 'forwarded' in headers || 'via' in headers;
  return !forwarded && LOOPBACK.check(remoteAddress, remoteFamily === 'IPv6' ? 'ipv6' : 'ipv4');
}

function shows({ headers }: FastifyRequest, token: string): boolean {
  return isSame(headers.authorization ?? '', `Bearer ${token}`);
}

function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
