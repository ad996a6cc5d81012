import { describe, expect, test } from 'vitest';
import { doneSince, refuseOtherPart } from './tasks.rules.ts';

const OWN = { ownerId: 'ann', assignedById: null };
const GIVEN = { ownerId: 'ann', assignedById: 'max' };

describe('a task', () => {
  test.each([
    ['words', OWN, 'ann'],
    ['done', OWN, 'ann'],
    ['words', GIVEN, 'max'],
    ['done', GIVEN, 'ann'],
  ] as const)('S1-19 has its %s (%j) in the hands of %s', (part, task, by) => {
    expect(() => refuseOtherPart(task, { by, part })).not.toThrow();
  });

  test.each([
    ['words', GIVEN, 'ann'],
    ['done', GIVEN, 'max'],
    ['words', OWN, 'max'],
    ['done', OWN, 'max'],
  ] as const)('S1-19 has its %s (%j) not in the hands of %s', (part, task, by) => {
    expect(() => refuseOtherPart(task, { by, part })).toThrow('Whoever gave this task');
  });

  test('S1-18 is done since it was said first, until it is said that it is not', () => {
    const [then, now] = [new Date('2026-06-01'), new Date('2026-06-02')];

    expect(doneSince(null, { done: true, now })).toEqual(now);
    expect(doneSince(then, { done: true, now })).toEqual(then);
    expect(doneSince(then, { done: false, now })).toBeNull();
  });
});
