import { once } from 'node:events';
import { createServer } from 'node:net';
import { RedisLink } from '@comanda/quotas/redis-link';
import type { Config } from '../config.ts';
import { fail, type Finding, ok, reasonOf, skewFinding, warn } from './doctor-findings.ts';

const PATIENCE_MS = 3_000;

export async function redisFindings({ redisUrl }: Config): Promise<Finding[]> {
  if (redisUrl === undefined) return [ok('redis', 'none is set: every server counts for itself')];
  const { client, ...link } = connected(redisUrl);
  try {
    await once(client, 'ready', { signal: AbortSignal.timeout(PATIENCE_MS) });
    const asked = new Date();
    const [seconds, micros] = await client.time();
    const theirs = new Date(Number(seconds) * 1_000 + Number(micros) / 1_000);
    const clock = skewFinding('redis clock', { theirs, asked });
    const [, policy = 'unknown'] = /^maxmemory_policy:(\S+)/m.exec(await client.info()) ?? [];
    return [ok('redis', 'it answers'), evictionFinding(policy), clock];
  } catch {
    const says = 'the Redis of REDIS_URL cannot be reached, or does not let this user in';
    const todo = 'start it or set REDIS_URL right; until then every server counts its share';
    return [fail('redis', { says, todo })];
  } finally {
    link.close();
  }
}

function connected(url: string) {
  const link = new RedisLink(url);
  return { client: link.client, close: () => link.close() };
}

function evictionFinding(policy: string): Finding {
  if (policy === 'noeviction') return ok('redis memory', 'it evicts nothing');
  const says = `its maxmemory-policy is ${policy}: budgets may be forgotten`;
  return warn('redis memory', { says, todo: 'set maxmemory-policy to noeviction' });
}

/** Free, or a Comanda answers there. */
export async function portFindings({ host, port }: Config): Promise<Finding[]> {
  if (port === 0) return [ok('port', 'any that is free')];
  const code = await listening(host, port);
  if (code === undefined) return [ok('port', `${port} is free`)];
  if (code !== 'EADDRINUSE') {
    const says = reasonOf(Object.assign(new Error(code), { code, port, address: host }));
    return [fail('port', { says, todo: 'set PORT and HOST to what this machine has' })];
  }
  if (await answers(host, port)) return [ok('port', `a server answers on ${port}`)];
  const says = `${port} is taken, and no Comanda answers there`;
  return [fail('port', { says, todo: 'stop what listens there, or set another PORT' })];
}

/** What keeps us from listening there. */
async function listening(host: string, port: number): Promise<string | undefined> {
  const probe = createServer();
  try {
    probe.listen(port, host);
    await once(probe, 'listening');
    probe.close();
    await once(probe, 'close');
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown';
  }
}

const NEAR: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '[::1]' };

async function answers(host: string, port: number): Promise<boolean> {
  const name = NEAR[host] ?? (host.includes(':') ? `[${host}]` : host);
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const answer = await fetch(`http://${name}:${port}/health`, { signal });
    return ((await answer.json()) as { status?: unknown }).status === 'ok';
  } catch {
    return false;
  }
}
