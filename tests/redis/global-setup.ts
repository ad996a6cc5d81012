import type { TestProject } from 'vitest/node';
import { findRedis } from './finding.ts';

/** Without a server the run says so or, under REQUIRE_SERVICES=1, fails. */
export default function setup(project: TestProject): void {
  if (findRedis() !== null) return;
  if (process.env['REQUIRE_SERVICES'] === '1')
    throw new Error('redis-server not found, and REQUIRE_SERVICES=1 demands it');
  project.vitest.logger.warn('redis-server not found: the tests of shared quotas are left out');
}
