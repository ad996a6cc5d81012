import type { CallError, Client } from '@comanda/client';
import { SECOND } from '@comanda/kernel/time';
import type { Person } from '@comanda/testing/given';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callUntilRefused } from '../faults/until-refused.ts';
import { differing, gather, heardBy, toldIn } from '../faults/watched.ts';
import { startWork } from '../faults/busy.ts';
import { times } from '../recording.ts';
import { openSite, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.[Symbol.asyncDispose]());

interface Felt {
  /** Of the servers that were not asked to, each: from the change to the last call that it answered. */
  answeredForMs: number;
  /** To the end of the stream that was open there, and why it ended. */
  closedAfterMs: number;
  why: string;
}

/** The change is made at the first server; the others are asked, and watched, with this token. */
async function feltBy(token: string, change: () => Promise<unknown>): Promise<Felt[]> {
  const elsewhere = await Promise.all([1, 2, 3].map((nth) => working(nth, token)));
  await change();
  const changed = performance.now();
  return Promise.all(
    elsewhere.map(async ({ calling, stream }) => ({
      why: await stream,
      closedAfterMs: performance.now() - changed,
      answeredForMs: Math.max(...(await calling.answered)) - changed,
    })),
  );
}

async function working(nth: number, token: string) {
  const client = await site.clientAt(nth, { token });
  const begun = Promise.withResolvers<void>();
  const watching = async () => {
    for await (const _ of client.orders.watch.subscribe({})) begun.resolve();
    return 'over';
  };
  const stream = watching().catch(({ reason }: CallError) => reason);
  const calling = callUntilRefused(client);
  await Promise.all([begun.promise, calling.begun]);
  return { calling, stream };
}

/** Somebody who works at the first server. */
async function atFirst(person: Person): Promise<Client> {
  return site.clientAt(0, { token: await site.signIn(person) });
}

/** A session of theirs: its token and its id. */
async function sessionOf(person: Person) {
  const token = await site.signIn(person);
  const { id } = await site.client({ token }).auth.session.query();
  return { token, id };
}

describe('a change made at one of four servers', () => {
  test('P8 is felt at the others within five seconds: another role, the end of work, of a session', async () => {
    const { hire, home } = site.fleet.premises;
    const [moved, gone, robbed] = (await hire(['waiter', 'waiter', 'waiter'])) as Three<Person>;
    const { people } = await atFirst(home.staff.manager);
    const { auth } = await atFirst(robbed);
    const mover = await sessionOf(moved);
    const goer = await sessionOf(gone);
    const { token, id } = await sessionOf(robbed);

    const felt = await Promise.all([
      feltBy(mover.token, () => people.setRole.mutate({ personId: moved.id, role: 'chef' })),
      feltBy(goer.token, () => people.deactivate.mutate({ personId: gone.id })),
      feltBy(token, () => auth.sessions.revoke.mutate({ id })),
    ]);

    const all = felt.flat();
    expect(all.map(({ why }) => why)).toEqual(times(9, () => 'TOKEN_INVALID'));
    expect(Math.max(...all.map(({ answeredForMs }) => answeredForMs))).toBeLessThan(5 * SECOND);
    expect(Math.max(...all.map(({ closedAfterMs }) => closedAfterMs))).toBeLessThan(8 * SECOND);
  });
});

type Three<What> = [What, What, What];

describe('watching at each of four servers what is done at the others', () => {
  test('P25 P31 everybody hears everything, once and in order, though Redis goes away and comes back', async () => {
    const { fleet, redis } = site;
    const itemId = await site.furnish((given) => given.item());
    await using crowd = await gather(fleet, 8);
    const { watchers } = crowd;
    const work = await startWork(fleet, { itemId, changes: 120, perSecond: 25 });

    await work.reached(40);
    await redis.kill();
    await work.reached(80);
    await redis.start();
    await work.finished;
    const told = await toldIn(fleet.premises);
    await heardBy(watchers, told.at(-1)?.id);

    expect(told.length).toBeGreaterThanOrEqual(120);
    expect(watchers.flatMap((one) => differing(one, told))).toEqual([]);
    expect(watchers.map(({ connections }) => connections.length)).toEqual(times(8, () => 1));
  });
});
