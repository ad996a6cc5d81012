import { describe, expect, test } from 'vitest';
import { openFleet } from '../faults/fleet.ts';
import { KINDS } from '../faults/premises.ts';
import { watchedThrough } from '../faults/watched.ts';

describe.each(KINDS)('watching on %s', (kind) => {
  test('P25 P29 tells 50 people 2000 changes, once and in order, through three drains and three kills', async () => {
    await using fleet = await openFleet(kind);

    const watched = await watchedThrough(fleet, {
      watchers: 50,
      changes: 2_000,
      perSecond: 100,
      ends: ['SIGTERM', 'SIGKILL', 'SIGKILL', 'SIGTERM', 'SIGTERM', 'SIGKILL'],
    });

    expect(watched).toMatchObject({ unlike: [], astray: [] });
    expect(watched.exits.map(({ code }) => code)).toEqual([0, null, null, 0, 0, null]);
    expect(watched.events).toBeGreaterThanOrEqual(2_000);
  });
});
