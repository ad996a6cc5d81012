import type { Account as AnyAccount } from '@comanda/domains/auth/auth.entity';
import { Account } from '@comanda/domains/auth/auth.entity';
import { Session } from '@comanda/domains/auth/auth.session.entity';
import { AuditEntry } from '@comanda/storage/audit.entity';
import type { EntityManager } from '@comanda/storage/connect';
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

interface Native {
  /** better-sqlite3 */
  prepare?: (...args: unknown[]) => unknown;
  /** a pool of the MariaDB driver */
  getConnection?: (...args: unknown[]) => unknown;
}

/** Counts what reaches the driver of the database from now on. */
export async function countQueries({ house }: TestApp): Promise<{ count: number }> {
  const connection = house.database.orm.em.getConnection() as unknown as {
    getNativeClient(): Promise<Native>;
  };
  const native = await connection.getNativeClient();
  const counted = { count: 0 };
  const door = native.prepare ? 'prepare' : 'getConnection';
  const ask = native[door]?.bind(native);
  native[door] = (...args) => {
    counted.count++;
    return ask?.(...args);
  };
  return counted;
}
