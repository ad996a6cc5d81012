import { systemClock } from '@comanda/kernel/time';
import type { Database } from './connect.ts';
import { tablesOf } from './tables.ts';
import { acrossRestaurants } from './tenancy.ts';
import { inTransaction } from './transaction.ts';

/** What one statement takes. */
export const CHUNK = 500;

interface Old {
  /** Of the entity, and of its primary key. */
  name: string;
  key: string;
  property: string;
  before: Date;
}

/** Takes out rows from before a point in time: a few at a time, so that others get their turn. */
export async function forgetRows(
  database: Database,
  { name, key, property, before }: Old,
): Promise<void> {
  const forgetSome = () =>
    inTransaction(backstage(database), async ({ em }) => {
      const old = await tablesOf(em)
        .selectFrom(name)
        .where(property, '<', before)
        .limit(CHUNK)
        .select(key)
        .execute();
      const keys = old.map((row) => row[key]);
      if (keys.length > 0) await tablesOf(em).deleteFrom(name).where(key, 'in', keys).execute();
      return keys.length;
    });
  while ((await forgetSome()) === CHUNK);
}

/** For what a server does by itself, and nobody has to answer for. */
export function backstage(database: Database) {
  return { em: acrossRestaurants(database, BACKSTAGE), afterCommit: () => undefined };
}

const BACKSTAGE = {
  clock: systemClock,
  author: {
    actorId: null,
    actorName: null,
    role: 'system',
    action: 'backstage',
    requestId: 'backstage',
    address: null,
  },
};
