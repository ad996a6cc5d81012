import { type CallError, type Client, createClient } from '@comanda/client';
import { SECOND } from '@comanda/kernel/time';
import { PASSWORD } from '@comanda/testing/given';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Fleet, openFleet } from './fleet.ts';
import { KINDS } from './premises.ts';
import { callUntilRefused } from './until-refused.ts';
import { gather, heardBy, toldIn, watchedThrough } from './watched.ts';
import { watch } from './watchers.ts';

const HANG_LIMIT = { timeout: 60 * SECOND };

describe.each(KINDS)('watching on %s', (kind) => {
  let fleet: Fleet;
  let manager: Client;
  beforeAll(async () => {
    fleet = await openFleet(kind);
    manager = createClient({ url: fleet.url });
    await manager.auth.login.mutate({ identifier: 'manager', password: PASSWORD });
  });
  afterAll(() => fleet?.[Symbol.asyncDispose]());

  test('P8 ends within seconds for somebody who is let go, whichever server they watch', async () => {
    const { waiter } = fleet.premises.home.staff;
    await using watcher = await watch(fleet, { person: waiter, nth: fleet.size - 1 });
    await vi.waitUntil(() => watcher.lastId, HANG_LIMIT);
    const calling = callUntilRefused(watcher.client);
    await calling.begun;

    await manager.people.deactivate.mutate({ personId: waiter.id });
    const letGo = performance.now();
    const why = await watcher.ended.catch(({ reason }: CallError) => reason);
    const closed = performance.now();
    const answered = await calling.answered;

    expect(why).toBe('TOKEN_INVALID');
    expect(closed - letGo).toBeLessThan(8 * SECOND);
    expect(Math.max(...answered) - letGo).toBeLessThan(kind === 'SQLite' ? 0 : 5 * SECOND);
  });

  test('P29 goes on for everybody where they were when a server drains', async () => {
    await using crowd = await gather(fleet, 10);
    const { watchers } = crowd;
    const itemId = await fleet.premises.furnish((given) => given.item());

    const exit = await fleet.replace(0, 'SIGTERM');
    const order = await manager.orders.take.mutate({ lines: [{ itemId }] });
    const [told] = (await toldIn(fleet.premises)).slice(-1);
    await heardBy(watchers, told?.id);

    const sentAway = watchers.filter((_, nth) => nth % fleet.size === 0);
    const later = sentAway.map(({ connections: [, ...later] }) => later);
    expect(exit).toMatchObject({ code: 0, output: expect.not.stringContaining('without') });
    expect(later.filter(({ length }) => length === 0)).toEqual([]);
    expect(later.flat().filter(({ shown, heard }) => !shown || shown !== heard)).toEqual([]);
    expect(watchers.map(({ heard: [, ...events] }) => events)).toEqual(
      watchers.map(() => [`${told?.id} ${order.id}`]),
    );
  });

  test('K7 P25 tells everybody everything, once and in order, though lines are cut and servers end', async () => {
    const watched = await watchedThrough(fleet, {
      watchers: 10,
      changes: 160,
      perSecond: 25,
      ends: ['SIGTERM', 'SIGKILL'],
    });

    expect(watched).toMatchObject({ unlike: [], astray: [] });
    expect(watched.exits.map(({ code }) => code)).toEqual([0, null]);
    expect(watched.events).toBeGreaterThanOrEqual(160);
    expect(watched.connections).toBeGreaterThan(20);
  });
});
