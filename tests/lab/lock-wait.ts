import type { EntityManager } from '@comanda/storage/connect';
import { vi } from 'vitest';

/** In this database alone: of whom else waited a moment ago, the server still tells. */
const WAITING = `select count(*) as n from information_schema.innodb_trx t
  join information_schema.processlist p on p.id = t.trx_mysql_thread_id
  where t.trx_state = 'LOCK WAIT' and p.db = database() and p.command <> 'Sleep' and p.time_ms > 100`;

/** Until a transaction waits for a row; MariaDB looks anew for those only who have not asked for a tenth of a second. */
export function untilOneWaits(em: EntityManager): Promise<boolean> {
  const looking = async () => {
    const [row] = await em.execute<{ n: number }[]>(WAITING);
    return Number(row?.n) > 0;
  };
  return vi.waitUntil(looking, { interval: 200, timeout: 10_000 });
}
