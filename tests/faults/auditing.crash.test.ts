import { SECOND } from '@comanda/kernel/time';
import { describe, expect, test } from 'vitest';
import { auditedThrough, COMPLETE, killsAmidst } from './auditing.ts';
import { KINDS } from './premises.ts';

const KILLS = 10;
const MUTATIONS = 1_200;
const HANG_LIMIT = { timeout: KILLS * 20 * SECOND };

describe.each(KINDS)('the audit log on %s while servers are killed', (kind) => {
  test(
    `P36 tells of every change that was committed and of no other, in spite of ${KILLS} kills`,
    HANG_LIMIT,
    async () => {
      const work = { kills: killsAmidst(KILLS), mutations: MUTATIONS };

      const { mutations, outcomes, ...evidence } = await auditedThrough(work, kind);

      expect(evidence).toEqual(COMPLETE);
      expect(mutations).toBeGreaterThanOrEqual(MUTATIONS);
      expect(Object.keys(outcomes)).toEqual(expect.arrayContaining(OUTCOMES));
      expect(Object.keys(outcomes)).not.toContain('INTERNAL');
    },
  );
});

/** Some of what was refused, before anything was written and in the midst of it. */
const OUTCOMES = [
  'ok',
  'lost',
  'VALIDATION',
  'UNAUTHENTICATED',
  'INVALID_CREDENTIALS',
  'FORBIDDEN',
  'NOT_FOUND',
  'VERSION_CONFLICT',
  'ILLEGAL_TRANSITION',
  'SHIFT_OVERLAP',
  'MENU_SLUG_TAKEN',
  'TABLE_NAME_TAKEN',
  'ISBN_TAKEN',
];
