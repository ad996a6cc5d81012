import { signedIn } from '@comanda/domains/trpc';
import { SECOND } from '@comanda/kernel/time';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { ask } from '../http.ts';
import { times } from '../recording.ts';

/** A report that ends when the test says so, and tells in what order reports were begun. */
function newReports() {
  const begun: string[] = [];
  const held: (() => void)[] = [];
  const slow = signedIn()
    .meta({ slow: true })
    .query(async ({ ctx }) => {
      begun.push(ctx.actor.role);
      await new Promise<void>((resolve) => held.push(resolve));
      return begun.length;
    });
  const endOne = () => held.shift()?.();
  return { lab: { slow }, begun, endOne };
}

const settled = async (is: () => boolean) => {
  while (!is()) await new Promise(setImmediate);
};

describe('slow procedures', () => {
  test('let few in at once, and a manager before customers who came first', async () => {
    const { lab, begun, endOne } = newReports();
    await using app = await openApp({ lab });
    const tokens = [await app.session('customer'), await app.session('manager')] as const;
    const call = (who: 0 | 1) =>
      ask(app, '/trpc/lab.slow', {
        headers: { authorization: `Bearer ${tokens[who].accessToken}` },
      });

    const customers = times(12, () => call(0));
    await settled(() => begun.length === 4 && app.house.slowGate.waiting === 8);
    const manager = call(1);
    await settled(() => app.house.slowGate.waiting === 9);
    endOne();
    await settled(() => begun.length === 5);
    const fifth = begun[4];
    const all = Promise.all([...customers, manager]);
    for (let ended = 1; ended < 13; ended += 1) {
      await settled(() => begun.length >= Math.min(13, ended + 4));
      endOne();
    }

    expect(fifth).toBe('manager');
    expect((await all).map(({ status }) => status)).toEqual(Array(13).fill(200));
  });

  test('refuse whom there is no place for, at once and with a time to come back', async () => {
    const { lab, begun, endOne } = newReports();
    await using app = await openApp({ lab });
    const { accessToken } = await app.session('customer');
    const call = () =>
      ask(app, '/trpc/lab.slow', { headers: { authorization: `Bearer ${accessToken}` } });
    const waiting = times(54, call);
    await settled(() => begun.length === 4 && app.house.slowGate.waiting === 50);

    const refused = await call();
    const all = Promise.all(waiting);
    for (let ended = 0; ended < 54; ended += 1) {
      await settled(() => begun.length > ended);
      endOne();
    }
    await all;

    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBe((5 * SECOND) / SECOND);
    expect(await refused.text()).toContain('"reason":"OVERLOADED"');
  });

  test('others do not wait for them', async () => {
    const { lab, begun, endOne } = newReports();
    await using app = await openApp({ lab });
    const { accessToken } = await app.session('customer');
    const slow = times(6, () =>
      ask(app, '/trpc/lab.slow', { headers: { authorization: `Bearer ${accessToken}` } }),
    );
    await settled(() => begun.length === 4);

    const mine = await app.as('customer').permissions.mine.query();
    const refused = await refusalOf(app.as('customer').quotas.usage.query());
    for (let ended = 0; ended < 6; ended += 1) {
      await settled(() => begun.length > ended);
      endOne();
    }
    await Promise.all(slow);

    expect(mine.role).toBe('customer');
    // Who may not have a report is told so without waiting for a place.
    expect(refused.reason).toBe('FORBIDDEN');
  });
});
