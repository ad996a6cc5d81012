import { findNginx } from '../faults/finding.ts';
import { findMariadbd } from '../mariadb/server.ts';
import { findRedis } from '../redis/finding.ts';

/** What a whole site needs and this machine has not. */
export function missingServices(): string[] {
  const found = { mariadbd: findMariadbd(), 'redis-server': findRedis(), nginx: findNginx() };
  return Object.entries(found)
    .filter(([, path]) => path === null)
    .map(([name]) => name);
}
