import type { Account as AnyAccount } from '@comanda/domains/auth/auth.entity';
import { Account } from '@comanda/domains/auth/auth.entity';
import { Session } from '@comanda/domains/auth/auth.session.entity';
import { AuditEntry } from '@comanda/storage/audit.entity';
import type { EntityManager } from '@comanda/storage/connect';
import { listenToStatements } from '@comanda/storage/statements';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import type { TestApp } from '@comanda/testing';
import { behind } from '@comanda/testing/author';

/** The rows behind the app, past every door. */
export function inside({ house, clock }: TestApp): EntityManager {
  return acrossRestaurants(house.database, behind(clock));
}

export function accountOf(app: TestApp, { id }: { id: string }): Promise<AnyAccount> {
  return inside(app).findOneOrFail(Account, id);
}

/** The sessions of a person that have not been ended. */
export function liveSessionsOf(app: TestApp, { id }: { id: string }): Promise<Session[]> {
  return inside(app).find(Session, { account: id, endedAt: null });
}

/** What was written down under that action, oldest first. */
export function auditOf(app: TestApp, action: string): Promise<AuditEntry[]> {
  return inside(app).find(AuditEntry, { action }, { orderBy: { id: 'asc' } });
}

/** Everything that was written down, as one text to search for what must not be in it. */
export async function auditText(app: TestApp): Promise<string> {
  return JSON.stringify(await inside(app).findAll(AuditEntry));
}

/** Counts what the database is asked from now on. */
export function countQueries({ house }: TestApp): { count: number } {
  const counted = { count: 0 };
  listenToStatements(house.database, () => {
    counted.count += 1;
  });
  return counted;
}
