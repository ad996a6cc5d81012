import { Account } from '@comanda/domains/auth/auth.entity';
import { Session } from '@comanda/domains/auth/auth.session.entity';
import {
  hashOf,
  newSecret,
  writeRefreshToken,
} from '@comanda/domains/auth/credentials/refresh-tokens';
import { newId } from '@comanda/kernel/id';
import { after, DAY, systemClock } from '@comanda/kernel/time';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import { behind } from '@comanda/testing/author';
import type { Person } from '@comanda/testing/given';
import type { Premises } from '../tests/faults/premises.ts';

/** The refresh tokens of so many sign-ins of each: written down as a sign-in does it, without their passwords. */
export function signInsOf(
  premises: Premises,
  people: readonly Person[],
  each: number,
): Promise<string[]> {
  return premises.look(async (_, database) => {
    const em = acrossRestaurants(database, behind(systemClock));
    const now = systemClock.now();
    const until = after(now, 7 * DAY);
    const tokens = people.flatMap((person) =>
      Array.from({ length: each }, () => {
        const [sessionId, secret, familyKey] = [newId(), newSecret(), newSecret()];
        em.create(Session, {
          id: sessionId,
          account: em.getReference(Account, person.id),
          membership: null,
          tokenHash: hashOf(secret),
          familyKey,
          rotatedAt: now,
          idleUntil: until,
          expiresAt: until,
          userAgent: null,
          address: '127.0.0.1',
        });
        return writeRefreshToken({ sessionId, counter: 0, secret }, familyKey);
      }),
    );
    await em.flush();
    return tokens;
  });
}
