import type { TestProject } from 'vitest/node';
import { missingServices } from './finding.ts';

/** Without all three the run says so or, under REQUIRE_SERVICES=1, fails. */
export default function setup(project: TestProject): void {
  const missing = missingServices().join(', ');
  if (missing === '') return;
  if (process.env['REQUIRE_SERVICES'] === '1')
    throw new Error(`${missing} not found, and REQUIRE_SERVICES=1 demands it`);
  project.vitest.logger.warn(`${missing} not found: the tests of four servers are left out`);
}
