import { follow } from '@comanda/domains/live/follow';
import { router } from '@comanda/domains/trpc';
import { newId } from '@comanda/kernel/id';
import { HOUR } from '@comanda/kernel/time';
import { contextOfCommand } from '@comanda/server/opening';
import { within } from '@comanda/storage/tenancy';
import { trim } from '@comanda/storage/trimming';
import type { TestApp } from '@comanda/testing';
import { behind } from '@comanda/testing/author';
import { describe, expect, test } from 'vitest';
import { toldIn } from '../http.ts';
import { newFeedLab, step } from '../lab/feed.procedures.ts';
import { allClosed, epochOf, openFeed, type Service, upTo } from '../lab/feeding.ts';
import { shownBy, stepsIn } from '../lab/following.ts';

describe('a stream of what happens', () => {
  test('says at once where it begins, and tells everything from there on', async () => {
    await using service = await openFeed();
    await step(service.app, [1, 2, 3]);
    await using stream = await service.follow();

    const first = await stream.next();
    await step(service.app, [4, 5]);
    const after = await stream.take(2);

    const epoch = await epochOf(service);
    expect(first).toEqual({ event: 'message', id: `${epoch}-3`, data: { kind: 'ready' } });
    const told = { kind: 'step', at: service.app.clock.now(), where: 'Little Lemon' };
    expect(after).toEqual([
      { event: 'message', id: `${epoch}-4`, data: { ...told, n: 4 } },
      { event: 'message', id: `${epoch}-5`, data: { ...told, n: 5 } },
    ]);
    expect(first?.id).toMatch(/^[a-z0-9]{8}-\d{1,19}$/);
  });

  test('of a restaurant where nothing ever happened tells the first thing that does', async () => {
    await using service = await openFeed();
    await using stream = await service.follow();
    const first = await stream.next();
    await using other = await service.follow({ lastEventId: first?.id ?? '' });

    await step(service.app, [1]);
    const heard = [await stream.next(), await other.next()];
    await using late = await service.follow({ lastEventId: first?.id ?? '' });

    expect(stepsIn([...heard, await late.next()])).toEqual([1, 1, 1]);
  });

  test('leaves out what is not for its watcher', async () => {
    await using service = await openFeed();
    await using stream = await service.follow();
    await stream.next();

    await step(service.app, [1, 2], { secret: true });
    await step(service.app, [3]);

    expect(stepsIn([await stream.next()])).toEqual([3]);
  });

  test('T33 tells nothing of another restaurant', async () => {
    await using service = await openFeed();
    const { app } = service;
    const restaurantId = await app.given.restaurant();
    await using stream = await service.follow({ who: 'customer', restaurantId });
    await using home = await service.follow({
      who: 'customer',
      restaurantId: app.home.restaurantId,
    });
    await Promise.all([stream.next(), home.next()]);

    await step(app, [1]);
    await step(app, [2], { restaurantId });

    expect(stepsIn([await stream.next(), await home.next()])).toEqual([2, 1]);
  });

  test('is read once for all who watch', async () => {
    await using service = await openFeed();
    const streams = await Promise.all(upTo(4).map(() => service.follow()));
    await Promise.all(streams.map((stream) => stream.next()));

    await step(service.app, [1]);
    const heard = await Promise.all(streams.map((stream) => stream.next()));

    expect(stepsIn(heard)).toEqual([1, 1, 1, 1]);
    expect(service.app.house.live.watched).toBe(1);
    await Promise.all(streams.map((stream) => stream[Symbol.asyncDispose]()));
    await allClosed(service);
  });
});

const NEW = { lastEventId: undefined, signal: undefined };

/** Somebody who asks how far it all has come, and is answered when a test says so. */
function slowToLook({ app: { house, clock, home } }: Service) {
  const looked = Promise.withResolvers<void>();
  const word = Promise.withResolvers<void>();
  const em = within(house.database, home.restaurantId, behind(clock));
  const { getKysely } = em;
  const driver = em.getDriver();
  // By way of Kysely: what SQLite answers at once, nobody could hold up.
  em.getDriver = () =>
    new Proxy({} as typeof driver, { get: (_, name) => Reflect.get(driver, name) });
  em.getKysely = (options) =>
    getKysely.call(em, options).withPlugin({
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        looked.resolve();
        await word.promise;
        return result;
      },
    }) as never;
  const via = { kind: 'guest', id: newId(), expiresAt: new Date('2030-01-01') } as const;
  const actor = {
    id: via.id,
    name: '',
    role: 'customer',
    level: 1,
    membership: null,
    via,
  } as const;
  const ctx = { ...contextOfCommand(house, 'test'), em, actor, restaurantId: home.restaurantId };
  return { ctx, looked: looked.promise, answer: word.resolve };
}

describe('P25 a stream that is taken up again', () => {
  test('at any event tells the same as if it had never been lost', async () => {
    await using service = await openFeed();
    await using whole = await service.follow();
    await step(service.app, [1, 2, 3]);
    await step(service.app, [0], { secret: true });
    await step(
      service.app,
      upTo(30).map((n) => n + 3),
    );
    const history = await whole.take(34);

    const replays = [];
    for (const [at, heard] of history.entries()) {
      await using again = await service.follow({ lastEventId: heard?.id ?? '' });
      replays.push(await again.take(history.length - at - 1));
    }

    expect(stepsIn(history.slice(1))).toEqual(upTo(33));
    expect(replays).toEqual(history.map((_, at) => history.slice(at + 1)));
  });

  test('while others are still to be told hears nothing twice', async () => {
    await using service = await openFeed();
    await using other = await service.follow({ who: 'chef' });
    const first = await other.next();
    await step(service.app, [1, 2], { wake: false });

    await using anew = await service.follow();
    await using again = await service.follow({ lastEventId: first?.id ?? '' });
    const heard = [await anew.next(), ...(await again.take(2))];
    await step(service.app, [3]);
    heard.push(await anew.next(), await again.next());

    expect(heard.map((one) => one?.id?.split('-')[1])).toEqual(['2', '1', '2', '3', '3']);
    expect(stepsIn(await other.take(3))).toEqual([1, 2, 3]);
  });

  test.each<[string, (app: TestApp) => Promise<void> | undefined]>([
    ['what happens', (app) => step(app, [1])],
    ['the first thing that ever happens', () => undefined],
  ])('while others have heard it already does not miss %s', async (_, begin) => {
    await using service = await openFeed();
    const { app } = service;
    await begin(app);
    await using other = await service.follow();
    const { ctx, looked, answer } = slowToLook(service);

    const following = follow<unknown>(ctx, NEW, { first: 'ready', accept: ({ data }) => data });
    await looked;
    await step(app, [2]);
    const heard = await other.take(2);
    answer();
    const told = (await following)[Symbol.asyncIterator]();
    const values = [(await told.next()).value, (await told.next()).value];
    await told.return?.();
    await step(app, [3]);

    expect(values.map((value) => value?.[1])).toMatchObject(['ready', { n: 2 }]);
    expect(stepsIn([heard[1], await other.next()])).toEqual([2, 3]);
  });

  test('after every single event, while others come, misses none and hears none twice', async () => {
    await using service = await openFeed();
    await using other = await service.follow({ who: 'chef' });
    const steps = 60;
    const stepping = (async () => {
      for (const n of upTo(steps)) await step(service.app, [n]);
    })();

    const heard: number[] = [];
    let lastEventId = '00000000-0';
    while (heard.length < steps) {
      await using stream = await service.follow({ lastEventId });
      const next = await stream.next();
      lastEventId = next?.id ?? '';
      heard.push(...stepsIn([next]));
    }
    await stepping;

    expect(heard).toEqual(upTo(steps));
    expect(stepsIn((await other.take(steps + 1)).slice(1))).toEqual(upTo(steps));
  });
});

describe('P27 T14 an id that cannot be gone on from', () => {
  const unreadable = [
    'nonsense',
    '-1',
    'abcdefgh-',
    'abcdefgh--1',
    'ABCDEFGH-1',
    'abcdefgh-1.5',
    `abcdefgh-${'9'.repeat(20)}`,
    'x'.repeat(4_000),
    "' or 1=1 --",
  ];
  const ids: [string, (epoch: string) => string][] = [
    ['of another epoch', () => 'zzzzzzzz-605'],
    ['of the future', (epoch) => `${epoch}-608`],
    ['of the far future', (epoch) => `${epoch}-${'9'.repeat(19)}`],
    ['of what is not kept any more', (epoch) => `${epoch}-206`],
    ['of before everything', () => '00000000-0'],
    ['with something behind it', (epoch) => `${epoch}-300x`],
    ['with something before it', (epoch) => `x${epoch}-300`],
    ...unreadable.map((id): [string, () => string] => [
      `that is none: ${id.slice(0, 20)}`,
      () => id,
    ]),
  ];

  /** 607 steps, of which so many are kept. */
  async function aged(service: Service, keep = 400, told = 607): Promise<string> {
    await step(service.app, upTo(told));
    await trim(service.app.house.database, { before: new Date(0), keep });
    return epochOf(service);
  }

  const reset = { reason: 'STREAM_RESET', httpStatus: 409, path: 'lab.follow' };

  test.each(ids)('is refused before anything is told: one %s', async (_, idIn) => {
    await using service = await openFeed();
    const epoch = await aged(service);

    const refused = await service.follow({ lastEventId: idIn(epoch) });

    expect(await toldIn(refused.answer)).toMatchObject(reset);
    await allClosed(service);
  });

  test('of more than 2,000 events ago is refused, T16', async () => {
    await using service = await openFeed();
    const epoch = await aged(service, 2_107, 2_107);

    const refused = await service.follow({ lastEventId: `${epoch}-106` });
    await using stream = await service.follow({ lastEventId: `${epoch}-107` });

    expect(await toldIn(refused.answer)).toMatchObject(reset);
    expect(stepsIn(await stream.take(2_000))).toEqual(upTo(2_000).map((n) => n + 107));
  });

  test('of another restaurant is refused', async () => {
    await using service = await openFeed();
    const restaurantId = await service.app.given.restaurant();
    await step(service.app, [1, 2], { restaurantId });
    await step(service.app, [1, 2]);
    const lastEventId = `${await epochOf(service)}-2`;

    const refused = await service.follow({ who: 'customer', restaurantId, lastEventId });

    expect(await toldIn(refused.answer)).toMatchObject(reset);
  });

  test('is one event away from one that can', async () => {
    await using service = await openFeed();
    const epoch = await aged(service);

    await using stream = await service.follow({ lastEventId: `${epoch}-207` });

    expect(stepsIn(await stream.take(400))).toEqual(upTo(400).map((n) => n + 207));
  });

  test('is followed by the live stream, for whoever comes without one', async () => {
    await using service = await openFeed();
    await aged(service);
    const refused = await service.follow({ lastEventId: 'nonsense' });

    await using stream = await service.follow();
    const first = await stream.next();
    await step(service.app, [608]);

    expect(await toldIn(refused.answer)).toMatchObject(reset);
    expect(first?.data).toEqual({ kind: 'ready' });
    expect(stepsIn([await stream.next()])).toEqual([608]);
  });
});

describe('P28 streams', () => {
  const statuses = (streams: { answer: Response }[]) => streams.map(({ answer }) => answer.status);
  const hangUp = (streams: AsyncDisposable[]) =>
    Promise.all(streams.map((stream) => stream[Symbol.asyncDispose]()));

  test('of one person are five: of thirty 25 are refused, and there is room again after', async () => {
    await using service = await openFeed();
    const streams = await Promise.all(upTo(30).map(() => service.follow()));
    const refused = streams.filter(({ answer }) => answer.status === 429);
    const [first] = refused;

    const told = first && (await toldIn(first.answer));
    await hangUp(streams);
    await allClosed(service);
    await using again = await service.follow();

    expect(statuses(streams).filter((status) => status === 200)).toHaveLength(5);
    expect(refused).toHaveLength(25);
    expect(told).toMatchObject({
      reason: 'TOO_MANY_STREAMS',
      details: { limit: 5, retryAfterMs: 5_000 },
    });
    expect(first?.answer.headers.get('retry-after')).toBe('5');
    expect(again.answer.status).toBe(200);
  });

  test('of one address are twenty', async () => {
    await using service = await openFeed();
    const people = ['waiter', 'manager', 'chef', 'admin'] as const;
    const five = people.flatMap((who) => upTo(5).map(() => service.follow({ who })));
    const streams = await Promise.all(five);

    const { answer } = await service.follow({ who: 'head_chef' });

    expect(new Set(statuses(streams))).toEqual(new Set([200]));
    expect(await toldIn(answer)).toMatchObject({ details: { limit: 20 } });
    await hangUp(streams);
  });

  test('leave nothing behind, a thousand of them, however early their readers hang up', async () => {
    await using service = await openFeed();
    const people = ['waiter', 'manager', 'chef', 'admin'] as const;
    const shown = await Promise.all(people.map((who) => shownBy(service.app, who)));
    const twenty = upTo(5).flatMap(() => shown);

    for (const _ of upTo(50)) {
      await Promise.all(twenty.map((headers, n) => openAndHangUp(service, headers, n)));
      await allClosed(service);
    }
    await using stream = await service.follow();

    expect(stream.answer.status).toBe(200);
  }, 60_000);
});

test('P28 a stream that nobody begins to read is closed with its line', async () => {
  await using service = await openFeed();
  const { house, clock, home } = service.app;
  const ctx = {
    ...contextOfCommand(house, 'test'),
    guest: { id: newId(), expiresAt: new Date(clock.now().getTime() + HOUR) },
  };
  const line = new AbortController();
  const caller = router(newFeedLab().procedures).createCaller(ctx, { signal: line.signal });
  await caller.follow({ restaurantId: home.restaurantId });

  const before = [house.streams.open, house.live.watched];
  line.abort();

  expect(before).toEqual([1, 1]);
  expect([house.streams.open, house.live.watched]).toEqual([0, 0]);
});

/** At once, after some moments, or when the answer has begun. */
async function openAndHangUp({ url }: Service, headers: Record<string, string>, n: number) {
  const line = new AbortController();
  const answer = fetch(`${url}/trpc/lab.follow`, { headers, signal: line.signal });
  answer.catch(() => undefined);
  await [() => undefined, () => turns(n % 7), () => answer][n % 3]?.();
  line.abort();
}

/** Lets others go on, so many times. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
}
