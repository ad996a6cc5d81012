import type { PlaceOrder } from '@comanda/client';
import { newId } from '@comanda/kernel/id';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTurn, tally } from '../auth/callers.ts';
import { ledgerOf } from '../faults/ledger.ts';
import { SOUND } from '../faults/placing.ts';
import type { Exit } from '../faults/server.ts';
import type { Said } from '../faults/shoppers.ts';
import { differing, heardBy, toldIn } from '../faults/watched.ts';
import { type Guest, guests } from './crowds.ts';
import { NEXT_STEP, nextVersion } from './next-version.ts';
import { openSite, type Site } from './site.ts';
import { audience, startTrade } from './trade.ts';

const STOCK = 1_000_000;
const { answeredAnew: _, ...BALANCED } = SOUND;

let site: Site;
let itemId: string;
/** Of all tests of this file: the books are of one restaurant. */
const said: Said[] = [];
beforeAll(async () => {
  site = await openSite();
  itemId = await site.furnish((given) => given.item({ stockMode: 'count', stockLeft: STOCK }));
});
afterAll(() => site?.[Symbol.asyncDispose]());

/** What came of trade and watching while servers were replaced. */
async function tradedThrough(work: () => Promise<Exit[]>) {
  await using crowd = await audience(site);
  const trade = await startTrade(site, itemId);
  const { outcome: exits, ...seen } = await site.seen(work);
  await trade.end();
  said.push(...trade.said);
  const told = await toldIn(site.fleet.premises);
  // Whoever has not heard it by then is told of below.
  await heardBy(crowd.viewers, told.at(-1)?.id).catch(() => undefined);
  const connections = crowd.viewers.flatMap((one) => one.connections);
  return {
    exits,
    ...seen,
    failed: trade.failed,
    orders: trade.said.length,
    ledger: await ledgerOf(site.fleet.premises, { said, stock: STOCK }),
    unlike: crowd.viewers.flatMap((one) => differing(one, told)),
    /** Connections that were not asked to go on behind the last event that was heard. */
    astray: connections.filter(({ shown, heard }) => shown !== heard),
    connections: connections.length,
  };
}

async function ordered({ id: shopperId, client, cartVersion }: Guest): Promise<Said> {
  const input: PlaceOrder = { idempotencyKey: newId(), cartVersion, type: 'pickup' };
  const order = await client.orders.place.mutate(input).catch(() => undefined);
  return { shopperId, input, ...(order ? { outcome: 'told', order } : { outcome: 'unknown' }) };
}

describe('four servers under load', () => {
  test('P29 P25 are replaced one after the other: no call fails, no event is lost', async () => {
    const { fleet } = site;

    const { exits, ...came } = await tradedThrough(() =>
      inTurn(4, (nth) => fleet.replace(nth, 'SIGTERM')),
    );

    expect(exits.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(exits.map(({ output }) => output).join()).not.toContain('stopping without');
    expect(came).toMatchObject({ failed: [], faults: [], unlike: [], astray: [], servers: 4 });
    expect(came.ledger).toEqual(BALANCED);
    expect(came.connections).toBeGreaterThan(6);
    expect(came.orders).toBeGreaterThan(0);
  });

  test('P4 P15 lose one by kill -9: every call with a key is answered, and made once', async () => {
    const buyers = await guests(site, { count: 40, wanted: () => [{ itemId }] });
    const bought: Said[] = [];

    const { exits, ...came } = await tradedThrough(async () => {
      const calls = buyers.map(ordered);
      await Promise.race(calls);
      const exit = await site.fleet.replace(1, 'SIGKILL');
      bought.push(...(await Promise.all(calls)));
      said.push(...bought);
      // The new one may be up only when all of that is over.
      await site.allServe();
      return [exit];
    });

    expect(exits.map(({ signal }) => signal)).toEqual(['SIGKILL']);
    expect(tally(bought.map(({ outcome }) => outcome))).toEqual({ told: 40 });
    // What a cart was told without a key may be unknown to whoever told it.
    expect(came.failed.filter(({ what }) => what !== 'add')).toEqual([]);
    expect(came).toMatchObject({ unlike: [], astray: [], servers: 4 });
    expect(came.ledger).toEqual(BALANCED);
  });

  test('P24 are brought to the next version one after the other: old and new serve on', async () => {
    const { fleet } = site;
    using next = nextVersion();

    const { exits, ...came } = await tradedThrough(async () => {
      const first = await fleet.replace(0, 'SIGTERM', next.entry);
      await site.allServe();
      const others = await inTurn(3, (at) => fleet.replace(at + 1, 'SIGTERM', next.entry));
      return [first, ...others];
    });

    const [step] = await fleet.premises.look((ask) =>
      ask(`select count(*) as times from schema_migrations where name like '${NEXT_STEP}%'`),
    );
    expect(exits.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(Number(step?.['times'])).toBe(1);
    expect(came).toMatchObject({ failed: [], faults: [], unlike: [], astray: [], servers: 4 });
    expect(came.ledger).toEqual(BALANCED);
  });
});
