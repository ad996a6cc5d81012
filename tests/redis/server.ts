import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { RedisLink } from '@comanda/quotas/redis-link';
import { type Running, run } from '../faults/server.ts';
import { findRedis } from './finding.ts';

/** A server of its own on a private port that keeps nothing on disk and ends with this process. */
export interface RedisServer extends AsyncDisposable {
  readonly url: string;
  /** SIGKILL, and gone. */
  kill(): Promise<void>;
  /** Again on the same port, empty. */
  start(): Promise<void>;
  /** Stopped in its tracks: connections stay, nothing answers. */
  stall(): void;
  resume(): void;
  /** A connection that waits longer than ours, for tests that look inside or call in crowds. */
  patient(): Promise<Linked>;
}

export type Linked = RedisLink & Disposable;

export async function startRedis(): Promise<RedisServer> {
  const server = await stoppedRedis();
  await server.start();
  return server;
}

/** One that is down from the start. */
export async function stoppedRedis(): Promise<RedisServer> {
  const program = findRedis();
  if (program === null) throw new Error('redis-server not found');
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let running: Running | undefined;
  const kill = async () => {
    running?.kill('SIGKILL');
    await running?.exited;
  };
  return {
    url,
    kill,
    start: async () => {
      running = run(program, settings(port));
      await running.said(/Ready to accept connections/);
    },
    stall: () => running?.kill('SIGSTOP'),
    resume: () => running?.kill('SIGCONT'),
    patient: () => linked(new RedisLink(url, { timeoutMs: 20_000 })),
    [Symbol.asyncDispose]: kill,
  };
}

function settings(port: number): string[] {
  const said = {
    port: String(port),
    bind: '127.0.0.1',
    dir: tmpdir(),
    save: '',
    appendonly: 'no',
    daemonize: 'no',
  };
  return Object.entries(said).flatMap(([name, value]) => [`--${name}`, value]);
}

async function linked(link: RedisLink): Promise<Linked> {
  await once(link.client, 'ready');
  return Object.assign(link, { [Symbol.dispose]: () => link.close() });
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
