import type { TestProject } from 'vitest/node';
import { findMariadbd, startMariadb } from './server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    dialect: 'sqlite' | 'mariadb' | 'mysql';
    /** Null in the project sqlite. */
    mariadbUrl: string | null;
  }
}

/** One server for the whole run; without one, the run says so or, under REQUIRE_SERVICES=1, fails. */
export default async function setup(
  project: TestProject,
): Promise<(() => Promise<void>) | undefined> {
  const mariadbd = findMariadbd();
  if (mariadbd === null) {
    if (process.env['REQUIRE_SERVICES'] === '1')
      throw new Error('MariaDB not found, and REQUIRE_SERVICES=1 demands it');
    project.vitest.logger.warn(
      'MariaDB not found: the specs on MariaDB and the tests of two servers are left out',
    );
    return undefined;
  }
  const server = await startMariadb(mariadbd, { durable: false });
  const scheme = project.name === 'mysql' ? 'mysql:' : 'mariadb:';
  project.provide('mariadbUrl', server.url.replace(/^mariadb:/, scheme));
  return server.stop;
}
