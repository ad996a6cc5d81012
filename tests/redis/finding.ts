import { findProgram } from '../finding.ts';

/** The server's path, or null; REDIS_SERVER=/path names another one. */
export function findRedis(): string | null {
  return findProgram(['redis-server'], process.env['REDIS_SERVER']);
}
