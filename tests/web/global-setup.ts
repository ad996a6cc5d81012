import { execFileSync } from 'node:child_process';
import type { TestProject } from 'vitest/node';
import { REPOSITORY } from '../faults/server.ts';
import { findChromium } from '../package/chromium.ts';

/** Builds the web app as `npm start` does. That Chromium is missing is said, or refused, by the project `package`. */
export default function setUp(_: TestProject): void {
  if (findChromium()) execFileSync('npm', ['run', '-s', 'web'], { cwd: REPOSITORY });
}
