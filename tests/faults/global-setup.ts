import type { TestProject } from 'vitest/node';
import { findNginx } from './finding.ts';
import { smallDisk } from './small-disk.ts';

/** Without a proxy, or a disk to fill, the run says so or, under REQUIRE_SERVICES=1, fails. */
export default function setup(project: TestProject): void {
  const isRequired = process.env['REQUIRE_SERVICES'] === '1';
  const without = (what: string, leftOut: string) => {
    if (isRequired) throw new Error(`${what}, and REQUIRE_SERVICES=1 demands it`);
    project.vitest.logger.warn(`${what}: ${leftOut}`);
  };
  if (findNginx() === null)
    without('nginx not found', 'the test of the example for it is left out');
  const disk = smallDisk(1);
  disk?.[Symbol.dispose]();
  if (!disk) without('no disk can be mounted here', 'the tests of one that is full are left out');
}
