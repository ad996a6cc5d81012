import { hash } from 'node:crypto';

import type { Policy } from './store.ts';

const LONGEST_KEY = 200;

/** Names a bucket. Policy names hold no bar, so no two pairs share one. */
export function bucketId(policy: Policy, key: string): string {
  return `${policy.name}|${shortKey(key)}`;
}

/** Long keys count by their hash. */
export function shortKey(key: string): string {
  return key.length > LONGEST_KEY ? hash('sha256', key) : key;
}
