import type { kernelErrors } from '@comanda/kernel/kernel.errors';
import { describe, expect, test } from 'vitest';
import { refuseSeats } from './tables.rules.ts';

function refusedPath(seatsMin: number, seatsMax: number): string | undefined {
  try {
    refuseSeats({ seatsMin, seatsMax });
    return undefined;
  } catch (error) {
    const { details } = error as ReturnType<typeof kernelErrors.VALIDATION>;
    return (details as { issues: { path: string }[] }).issues[0]?.path;
  }
}

describe('a table', () => {
  test.each([
    [1, 1],
    [2, 4],
    [50, 50],
  ])('D7 may seat %i to %i', (seatsMin, seatsMax) => {
    expect(refusedPath(seatsMin, seatsMax)).toBeUndefined();
  });

  test.each([
    [2, 1],
    [50, 49],
  ])('D7 does not seat %i at least and %i at most', (seatsMin, seatsMax) => {
    expect(refusedPath(seatsMin, seatsMax)).toBe('seatsMin');
  });
});
