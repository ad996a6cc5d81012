import { findProgram } from '../finding.ts';

/** The proxy's path, or null; NGINX=/path names another one. */
export function findNginx(): string | null {
  return findProgram(['nginx'], process.env['NGINX']);
}
