import { describe, expect, test } from 'vitest';
import { clockedThrough, EVEN } from './clocking.ts';
import { kills } from './placing.ts';
import { KINDS } from './premises.ts';

const KILLS = 6;

describe.each(KINDS)('clocking in and out on %s while servers are killed', (kind) => {
  test(`A12 D4 P17 does once what each key asks for, and tells it again, in spite of ${KILLS} kills`, async () => {
    const points = ['clock.written', 'clock.answer', 'clock.begin', 'reply', 'moment'] as const;

    const { calls, ...survived } = await clockedThrough(kills(KILLS, kind, points), kind);

    expect(survived).toEqual(EVEN);
    expect(calls).toBeGreaterThan(KILLS);
  });
});
