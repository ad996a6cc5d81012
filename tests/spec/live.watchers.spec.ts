import { GUEST_TOKEN_MS } from '@comanda/domains/auth/credentials/guest-tokens';
import { entities } from '@comanda/domains/entities';
import { DAY, MINUTE, SECOND } from '@comanda/kernel/time';
import { connect } from '@comanda/storage/connect';
import { describe, expect, inject, test, vi } from 'vitest';
import { openSecondServer } from '../auth/second-server.ts';
import { withoutTable } from '../http.ts';
import { newFeedLab, step } from '../lab/feed.procedures.ts';
import { allClosed, openFeed, type Service, SOON, upTo } from '../lab/feeding.ts';
import { following, stepsIn } from '../lab/following.ts';
import { openSecond } from '../lab/second.ts';
import { wayTo } from '../lab/way.ts';

/** How many of these calls have failed by now. */
function failedIn({ mock }: { mock: { settledResults: { type: string }[] } }): number {
  return mock.settledResults.filter(({ type }) => type === 'rejected').length;
}

describe('T13 P8 a stream whose watcher', () => {
  const ENDED = { event: 'serialized-error', data: { reason: 'TOKEN_INVALID', httpStatus: 401 } };
  const checking = { settings: { streamCheckMs: 20 } };
  const endings: [string, (service: Service) => Promise<unknown>][] = [
    [
      'ended their other sessions',
      async ({ app }) => {
        const { accessToken } = await app.session('waiter');
        await app.withToken(accessToken).auth.sessions.revokeOthers.mutate();
      },
    ],
    ['let the token expire', async ({ app }) => app.clock.advance(15 * MINUTE)],
    [
      'has another role',
      ({ app }) =>
        app
          .as('manager')
          .people.setRole.mutate({ personId: app.home.staff.waiter.id, role: 'chef' }),
    ],
    [
      'does not work there any more',
      ({ app }) =>
        app.as('manager').people.deactivate.mutate({ personId: app.home.staff.waiter.id }),
    ],
  ];

  test.each(endings)('%s is closed while nothing happens', async (_, end) => {
    await using service = await openFeed(checking);
    await using stream = await service.follow();
    await stream.next();

    await end(service);

    expect(await stream.next()).toMatchObject(ENDED);
    expect(await stream.next()).toBeUndefined();
    await allClosed(service);
  });

  test.each(endings)('%s is told nothing more', async (_, end) => {
    await using service = await openFeed();
    await using stream = await service.follow();
    await stream.next();

    await end(service);
    await step(service.app, [1]);

    expect(await stream.next()).toMatchObject(ENDED);
  });

  test('holds a pass, and has another role, is closed', async () => {
    await using service = await openFeed(checking);
    const { app } = service;
    const { token } = await app.as('waiter').auth.passes.issue.mutate({ label: 'a display' });
    await using stream = await service.follow({ headers: { authorization: `Bearer ${token}` } });
    await stream.next();

    await app
      .as('manager')
      .people.setRole.mutate({ personId: app.home.staff.waiter.id, role: 'chef' });

    expect(await stream.next()).toMatchObject(ENDED);
  });

  test('is a guest is closed when the guest token expires, and not before', async () => {
    await using service = await openFeed(checking);
    const { app } = service;
    const { token } = await app.house.guests.issue(app.clock.now());
    await using stream = await service.follow({ headers: { 'x-guest-token': token } });
    await stream.next();
    app.clock.advance(DAY);
    await step(app, [1]);

    const meanwhile = await stream.next();
    app.clock.advance(GUEST_TOKEN_MS);

    expect(stepsIn([meanwhile])).toEqual([1]);
    expect(await stream.next()).toMatchObject({ data: { reason: 'GUEST_TOKEN_INVALID' } });
  });

  test('was sent away by another server is closed', async () => {
    await using service = await openFeed(checking);
    const { app } = service;
    await using second = await openSecondServer(app);
    const { accessToken } = await app.session('waiter');
    await using stream = await service.follow();
    await stream.next();

    await second.withToken(accessToken).auth.sessions.revokeOthers.mutate();
    app.clock.advance(5 * SECOND);

    expect(await stream.next()).toMatchObject(ENDED);
  });

  test('is in good standing goes on', async () => {
    await using service = await openFeed(checking);
    await using stream = await service.follow();
    await stream.next();
    const checks = vi.spyOn(service.app.house.standings, 'stands');

    await vi.waitUntil(() => checks.mock.calls.length > 5, SOON);
    await step(service.app, [1]);

    expect(stepsIn([await stream.next()])).toEqual([1]);
  });
});

describe('T15 a reader that does not keep up', () => {
  test('is sent away to come back, and misses nothing; nobody else is', async () => {
    await using service = await openFeed();
    const { app, lab } = service;
    const slow = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const gates: Record<string, () => Promise<void>> = {
      waiter: () => (begun.resolve(), slow.promise),
    };
    lab.before = (role) => gates[role]?.();
    await using stream = await service.follow({ who: 'waiter' });
    await using other = await service.follow({ who: 'chef' });
    const [{ id: lastEventId = '' } = {}] = await Promise.all([stream.next(), other.next()]);

    await step(app, [1]);
    await begun.promise;
    const told = [await other.next()];
    for (const n of upTo(6)) {
      await step(app, upTo(50), { secret: true });
      await step(app, [n + 1]);
      told.push(await other.next());
    }
    slow.resolve();
    const heard = await stream.take(3);
    await using again = await service.follow({ who: 'manager', lastEventId });

    expect(stepsIn(told)).toEqual(upTo(7));
    expect(stepsIn(heard.slice(0, 1))).toEqual([1]);
    expect(heard[1]).toMatchObject({
      event: 'serialized-error',
      data: { reason: 'OVERLOADED', details: { retryAfterMs: 1_000 } },
    });
    expect(heard[2]).toBeUndefined();
    expect(stepsIn(await again.take(7))).toEqual(upTo(7));
  });
});

describe('a server on the same database', () => {
  test('hears of what another told by looking for it, without a word', async () => {
    await using service = await openFeed();
    const { app } = service;
    const lab = newFeedLab().procedures;
    await using second = await openSecond(app, { lab });
    await using stream = await following(app, second.url);
    await stream.next();

    await step(app, [1]);

    expect(stepsIn([await stream.next()])).toEqual([1]);
  });

  test('is closed for everybody at once, who come back to another', async () => {
    await using service = await openFeed();
    const { app } = service;
    const second = await openSecond(app, { lab: newFeedLab().procedures });
    await using stream = await following(app, second.url);
    const first = await stream.next();

    await second[Symbol.asyncDispose]();
    const end = await stream.next().catch((error: Error) => error.message);
    await step(app, [1]);
    await using again = await service.follow({ lastEventId: first?.id ?? '' });

    expect(end).toBe('terminated');
    expect(second.house.streams.open).toBe(0);
    expect(stepsIn([await again.next()])).toEqual([1]);
  });
});

describe('a stream while what happens cannot be read', () => {
  test('stays open, and goes on once it can', async () => {
    await using service = await openFeed({ settings: { streamLookMs: 20 } });
    const { app } = service;
    await using stream = await service.follow();
    await stream.next();

    await withoutTable(app, 'stream_head', async () => {
      await vi.waitUntil(() => app.logs.join('').includes('streams stay open and wait'), SOON);
    });
    await step(app, [1], { wake: false });

    expect(stepsIn([await stream.next()])).toEqual([1]);
    expect(app.logs.filter((line) => line.includes('streams stay open'))).toHaveLength(1);
  });

  test.each([inject('mariadbUrl')].filter((url) => url !== null))(
    'because the database is away stays open as well, though nobody knows who watches',
    async () => {
      await using service = await openFeed();
      const { app } = service;
      await using way = await wayTo(app.house.database.orm.config.get('clientUrl') ?? '');
      const database = await connect(way.url, entities);
      const settings = { streamLookMs: 20, streamCheckMs: 20 };
      const lab = newFeedLab().procedures;
      await using second = await openSecond(app, { lab, settings, database });
      await using stream = await following(app, second.url);
      await stream.next();
      const checks = vi.spyOn(second.house.standings, 'actorOf');

      way.close();
      app.clock.advance(5 * SECOND);
      await vi.waitUntil(() => failedIn(checks) > 2, SOON);
      way.open();
      await step(app, [1]);
      const heard = await stream.next();

      expect(stepsIn([heard])).toEqual([1]);
      await database.close();
    },
  );
});
