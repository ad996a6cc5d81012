import { createSecretKey, randomBytes } from 'node:crypto';
import { KeyRing, newKeySet } from '@comanda/domains/auth/credentials/keys';
import { AccessTokens } from '@comanda/domains/auth/credentials/tokens';
import { newId } from '@comanda/kernel/id';
import { jwtVerify, SignJWT } from 'jose';
import { onOrder } from './crew.ts';

export interface TokenOrder {
  forMs: number;
}

/** Microseconds of the processor for each. */
export interface TokenReport {
  ours: number;
  jose: number;
}

const HOUR_MS = 3_600_000;
const IN_A_ROW = 100;

const terms = { issuer: 'comanda', audience: 'comanda', lifetimeMs: HOUR_MS };
const ring = await KeyRing.from(await newKeySet(new Date()));
const tokens = new AccessTokens(ring, terms);
const claims = { accountId: newId(), sessionId: newId(), hat: 'customer' };
const { token } = await tokens.issue(claims, new Date());

const key = createSecretKey(randomBytes(32));
const signed = await new SignJWT({ role: 'customer' })
  .setProtectedHeader({ alg: 'HS256' })
  .setSubject(newId())
  .setExpirationTime('1h')
  .sign(key);

onOrder<TokenOrder, TokenReport>(async ({ forMs }) => ({
  ours: await cpuUsOf(forMs, () => tokens.read(token, new Date())),
  jose: await cpuUsOf(forMs, () => jwtVerify(signed, key, { algorithms: ['HS256'] })),
}));

async function cpuUsOf(forMs: number, once: () => Promise<unknown>): Promise<number> {
  if (!(await once())) throw new Error('The token is no good.');
  const until = performance.now() + forMs;
  const before = process.cpuUsage();
  let done = 0;
  while (performance.now() < until) {
    for (let nth = 0; nth < IN_A_ROW; nth += 1) await once();
    done += IN_A_ROW;
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / done;
}
