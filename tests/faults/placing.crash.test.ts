import { SECOND } from '@comanda/kernel/time';
import { describe, expect, test } from 'vitest';
import { kills, placedThrough, SOUND } from './placing.ts';
import { KINDS } from './premises.ts';

const KILLS = 13;

describe.each(KINDS)('ordering on %s while servers are killed', (kind) => {
  test(`K1…6 K8 P17 P22 P36 makes one whole order for every key that was answered, in spite of ${KILLS} kills`, async () => {
    const { outcomes, slowestStartMs, ...ledger } = await placedThrough(kills(KILLS, kind), kind);

    expect(ledger).toEqual(SOUND);
    expect(outcomes['told']).toBeGreaterThan(KILLS);
    expect(slowestStartMs).toBeLessThan(5 * SECOND);
  });
});
