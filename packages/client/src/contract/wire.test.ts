import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { refuses } from './wire.ts';

interface Kept {
  procedures: Record<string, { refusals: string[] }>;
  refusals: object;
}
const kept = JSON.parse(readFileSync(new URL('contract.json', import.meta.url), 'utf8')) as Kept;
const codes = Object.keys(kept.refusals);
const OF_ANY_CALL = ['QUOTA_EXCEEDED', 'UPGRADE_REQUIRED'];

const refusalsOf = (path: string | undefined) => codes.filter((code) => refuses(path, code));

describe('a code', () => {
  test.each(Object.entries(kept.procedures))(
    'is a refusal of %s where the contract says so, and nowhere else',
    (path, { refusals }) => {
      expect(refusalsOf(path).toSorted()).toEqual(
        [...new Set([...refusals, ...OF_ANY_CALL])].toSorted(),
      );
    },
  );

  test.each([undefined, '', 'lab.newer', 'constructor'])(
    'is any that is known where the call is not: %s',
    (path) => {
      expect(refusalsOf(path)).toEqual(codes);
      expect(refuses(path, 'NEWER_CODE')).toBe(false);
    },
  );
});
