import { MINUTE } from '@comanda/kernel/time';
import { tidyUp } from '@comanda/server/housekeeping';
import { AuditEntry } from '@comanda/storage/audit.entity';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { inside } from '../auth/looking.ts';
import { EVENING, holdsIn, reservationsIn } from '../reservations/booking.ts';

const NEXT = 1;

/** The state of each, and why, as the house tidies up so long after the start. */
async function statesAfter(app: TestApp, ms: number): Promise<[string, string | null][]> {
  app.clock.set(new Date(EVENING.getTime() + ms));
  await tidyUp(app.house);
  const found = await reservationsIn(app);
  return found.map(({ state, reason }) => [state, reason]);
}

describe('what nobody has seen to in time', () => {
  test('D7 a request is called off once its start is past, and its table is free', async () => {
    await using app = await openApp();
    const tables = [{ id: await app.given.table(), name: 'T' }];
    const id = await app.given.reservation({ startsAt: EVENING, tables });

    const before = await statesAfter(app, 0);
    const held = await holdsIn(app);
    const behind = await statesAfter(app, NEXT);

    expect([before, held]).toEqual([[['requested', null]], { [id]: 6 }]);
    expect([behind, await holdsIn(app)]).toEqual([[['cancelled', 'nobody confirmed it']], {}]);
  });

  test('D7 a confirmed party has not come once its stay is past', async () => {
    await using app = await openApp();
    const tables = [{ id: await app.given.table(), name: 'T' }];
    await app.given.reservation({ state: 'confirmed', startsAt: EVENING, tables });

    const before = await statesAfter(app, 90 * MINUTE);
    const behind = await statesAfter(app, 90 * MINUTE + NEXT);

    expect(before).toEqual([['confirmed', null]]);
    expect([behind, await holdsIn(app)]).toEqual([[['no_show', null]], {}]);
  });

  test('D7 whoever is seated, and what is over, stays as it is', async () => {
    await using app = await openApp();
    const states = ['seated', 'completed', 'cancelled', 'no_show'] as const;
    await Promise.all(states.map((state) => app.given.reservation({ state, startsAt: EVENING })));

    const told = await statesAfter(app, 365 * 24 * 60 * MINUTE);

    expect(told.map(([state]) => state).toSorted()).toEqual(states.toSorted());
    expect((await reservationsIn(app)).map(({ version }) => version)).toEqual([1, 1, 1, 1]);
  });

  test('D9 is closed in every restaurant, and written down there as done by the house', async () => {
    await using app = await openApp();
    const there = await app.given.restaurant();
    await app.given.reservation({ startsAt: EVENING });
    await app.given.reservation({ startsAt: EVENING, restaurantId: there });

    await statesAfter(app, NEXT);

    const action = 'reservations.settle';
    const rows = await inside(app).find(AuditEntry, { action }, { orderBy: { id: 'asc' } });
    const row = { role: 'system', actorId: null, after: { state: 'cancelled' } };
    expect(rows).toMatchObject([row, row]);
    const restaurants = rows.map(({ restaurantId }) => restaurantId);
    expect(new Set(restaurants)).toEqual(new Set([app.home.restaurantId, there]));
  });
});
