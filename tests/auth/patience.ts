import { Passwords } from '@comanda/domains/auth/credentials/passwords';
import { HashGate } from '@comanda/quotas/hash-gate';
import type { TestApp } from '@comanda/testing';

const CHEAP = { memoryKiB: 1_024, passes: 2, lanes: 1 };
const forever = () => new Promise<never>(() => {});

/** Lets hashes wait for as long as they must: how busy the machine is, is not the point then. */
export function withPatience(app: TestApp): Passwords {
  const gate = new HashGate({ permits: 1, queue: 1_000, wait: forever });
  const passwords = new Passwords(CHEAP, gate);
  Object.assign(app.house, { passwords });
  return passwords;
}
