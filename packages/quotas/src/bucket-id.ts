import { hash } from 'node:crypto';

import type { Policy } from './store.ts';

const LONGEST_KEY = 200;

/** Names a bucket. Policy names hold no bar, so no two pairs share one; long keys count by their hash. */
export function bucketId(policy: Policy, key: string): string {
  return `${policy.name}|${key.length > LONGEST_KEY ? hash('sha256', key) : key}`;
}
