import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { authority, certificateOf } from '../faults/certificates.ts';
import { command, dataFolder, run } from '../faults/server.ts';
import { findRedis } from './finding.ts';

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

test('a Redis behind TLS is believed where Node knows who issued its certificate, and nowhere else', async () => {
  using folder = dataFolder();
  const ours = authority(folder.path, 'ours');
  const { certificate, key } = certificateOf('localhost', ours, folder.path);
  const port = await freePort();
  const said = {
    port: '0',
    'tls-port': String(port),
    bind: '127.0.0.1',
    dir: folder.path,
    save: '',
    'tls-cert-file': certificate,
    'tls-key-file': key,
    'tls-ca-cert-file': ours.certificate,
    'tls-auth-clients': 'no',
  };
  const settings = Object.entries(said).flatMap(([name, value]) => [`--${name}`, value]);
  await using redis = run(findRedis() ?? '', settings);
  await redis.said(/Ready to accept connections/);
  const redisBy = async (host: string, more: Record<string, string> = {}) => {
    const env = { REDIS_URL: `rediss://${host}:${port}/1`, ...more };
    const { output } = await command(['doctor', '--json'], { dataDir: folder.path, env });
    const { findings } = JSON.parse(output) as { findings: { what: string; state: string }[] };
    return findings.find(({ what }) => what === 'redis')?.state;
  };
  const NODE_EXTRA_CA_CERTS = ours.certificate;

  const states = [
    await redisBy('localhost', { NODE_EXTRA_CA_CERTS }),
    await redisBy('localhost'),
    await redisBy('127.0.0.1', { NODE_EXTRA_CA_CERTS }),
  ];

  expect(states).toEqual(['ok', 'fail', 'fail']);
});
