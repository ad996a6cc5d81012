import type { TestProject } from 'vitest/node';
import { findNginx } from './finding.ts';

/** Without a proxy the run says so or, under REQUIRE_SERVICES=1, fails. */
export default function setup(project: TestProject): void {
  if (findNginx() !== null) return;
  if (process.env['REQUIRE_SERVICES'] === '1')
    throw new Error('nginx not found, and REQUIRE_SERVICES=1 demands it');
  project.vitest.logger.warn('nginx not found: the test of the example for it is left out');
}
