import { KeyRing, type KeySet } from '@comanda/domains/auth/credentials/keys';
import {
  type HashCost,
  Passwords,
  RECOMMENDED_COST,
} from '@comanda/domains/auth/credentials/passwords';
import { AccessTokens } from '@comanda/domains/auth/credentials/tokens';
import { Standings } from '@comanda/domains/auth/auth.standing';
import type { House, Settings } from '@comanda/domains/context';
import { type Clock, DAY, HOUR, MINUTE, SECOND, systemClock } from '@comanda/kernel/time';
import { GcraStore } from '@comanda/quotas/gcra-store';
import type { Database } from '@comanda/storage/connect';

const SETTINGS: Settings = {
  accessTokenMs: 15 * MINUTE,
  refreshIdleMs: 7 * DAY,
  refreshAbsoluteMs: 30 * DAY,
  refreshGraceMs: 10 * SECOND,
  passMs: 24 * HOUR,
  resetCodeMs: 30 * MINUTE,
  sessionsPerPerson: 10,
  passesPerPerson: 10,
  deadlineMs: 10 * SECOND,
};

interface Parts {
  database: Database;
  keys: KeySet;
  issuer: string;
  preset: House['preset'];
  clock?: Clock;
  hashCost?: HashCost;
  settings?: Partial<Settings>;
}

/** Furnishes what one server shares between its calls. */
export async function openHouse(parts: Parts): Promise<House> {
  const { database, keys, issuer, preset, clock = systemClock } = parts;
  const settings = { ...SETTINGS, ...parts.settings };
  const passwords = new Passwords(parts.hashCost ?? RECOMMENDED_COST);
  await passwords.warm();
  const terms = { issuer, audience: 'comanda', lifetimeMs: settings.accessTokenMs };
  return {
    database,
    clock,
    settings,
    passwords,
    tokens: new AccessTokens(await KeyRing.from(keys), terms),
    standings: new Standings(database, clock),
    loginQuotas: new GcraStore(clock === systemClock ? undefined : () => clock.now().getTime()),
    preset,
  };
}
