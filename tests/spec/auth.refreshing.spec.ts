import { Account } from '@comanda/domains/auth/auth.entity';
import { readRefreshToken } from '@comanda/domains/auth/credentials/refresh-tokens';
import { DAY, HOUR, MINUTE, SECOND } from '@comanda/kernel/time';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { inTurn, outcomeOf, post } from '../auth/callers.ts';
import { auditOf, countQueries, inside, liveSessionsOf } from '../auth/looking.ts';

/** The tokens of a family from the oldest to the newest, a minute apart unless told otherwise. */
async function generations(app: TestApp, count: number, apartMs = MINUTE) {
  const { auth } = app.as('anonymous');
  const first = await app.session('waiter');
  const family = [first];
  await inTurn(count - 1, async () => {
    app.clock.advance(apartMs);
    const parent = family.at(-1)?.refreshToken ?? '';
    const { refreshToken = '', ...child } = await auth.refresh.mutate({ refreshToken: parent });
    family.push({ ...child, refreshToken });
  });
  return family as [typeof first, ...(typeof first)[]];
}

describe('refreshing', () => {
  test('S0-09 S0-13 S1-02 S1-03 S2-01 gives a new pair, and the old refresh token is used up', async () => {
    await using app = await openApp();
    const { auth } = app.as('anonymous');
    const old = await app.session('waiter');
    app.clock.advance(MINUTE);

    const next = await auth.refresh.mutate({ refreshToken: old.refreshToken });

    expect(next).toMatchObject({
      expiresAt: new Date(app.clock.now().getTime() + 15 * MINUTE),
      user: { username: 'waiter', role: 'waiter' },
    });
    expect(next.accessToken).not.toBe(old.accessToken);
    expect(next.refreshToken).not.toBe(old.refreshToken);
    app.clock.advance(11 * SECOND);
    expect(await outcomeOf(auth.refresh.mutate({ refreshToken: old.refreshToken }))).toBe(
      'TOKEN_REUSED',
    );
  });

  test('S0-09 a session that rests for 7 days is over', async () => {
    await using app = await openApp();
    const { auth } = app.as('anonymous');
    const { refreshToken } = await app.session('waiter');
    app.clock.advance(7 * DAY - 1);
    const next = await auth.refresh.mutate({ refreshToken });

    app.clock.advance(7 * DAY);
    const refused = await refusalOf(auth.refresh.mutate({ refreshToken: next.refreshToken }));

    expect(refused).toMatchObject({ reason: 'TOKEN_INVALID', httpStatus: 401 });
  });

  test('S0-09 after 30 days everybody signs in again, however busy they were', async () => {
    await using app = await openApp();
    const { auth } = app.as('anonymous');
    let { refreshToken } = await app.session('waiter');

    const days = await inTurn(5, async () => {
      app.clock.advance(6 * DAY - HOUR);
      ({ refreshToken = '' } = await auth.refresh.mutate({ refreshToken }));
      return 'ok';
    });
    app.clock.advance(5 * HOUR);
    const last = await outcomeOf(auth.refresh.mutate({ refreshToken }));

    expect(days).toHaveLength(5);
    expect(last).toBe('TOKEN_INVALID');
  });

  test('P4 whose answer was lost gets the same one again for ten seconds', async () => {
    await using app = await openApp();
    const { auth } = app.as('anonymous');
    const { refreshToken } = await app.session('waiter');
    const lost = await auth.refresh.mutate({ refreshToken });

    const again = await inTurn(10, async () => {
      app.clock.advance(SECOND - 1);
      return (await auth.refresh.mutate({ refreshToken })).refreshToken;
    });

    expect(new Set(again)).toEqual(new Set([lost.refreshToken]));
    expect(await auth.refresh.mutate({ refreshToken: lost.refreshToken })).toMatchObject({
      user: { role: 'waiter' },
    });
  });

  test('a turn asks seven times, its transaction included, and is told of once', async () => {
    await using app = await openApp();
    const { auth } = app.as('anonymous');
    const { refreshToken } = await app.session('waiter');
    const asked = countQueries(app);

    await auth.refresh.mutate({ refreshToken });

    expect(asked.count).toBe(7);
    const [told, another] = await auditOf(app, 'auth.refresh');
    expect(another).toBeUndefined();
    expect(told).toMatchObject({
      change: 'updated',
      target: 'Session',
      targetId: readRefreshToken(refreshToken)?.sessionId,
      before: { counter: 0 },
      after: { counter: 1 },
    });
  });

  test('a closed account gets no token, though its session was left', async () => {
    await using app = await openApp();
    const { auth } = app.as('anonymous');
    const { refreshToken } = await app.session('waiter');
    const { id } = app.home.staff.waiter;
    await inside(app).nativeUpdate(Account, { id }, { deactivatedAt: app.clock.now() });

    const refused = await outcomeOf(auth.refresh.mutate({ refreshToken }));

    expect(refused).toBe('TOKEN_INVALID');
    expect(await auditOf(app, 'auth.refresh')).toEqual([]);
  });

  test.each([
    ['nothing', {}],
    ['a number', { refreshToken: 5 }],
  ])('S1-07 S0-08 %s in its place is refused as input', async (_, input) => {
    await using app = await openApp();

    const answer = await post(app, 'auth.refresh', input);

    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('"reason":"VALIDATION"');
  });

  test('S1-07 no other text is taken for a refresh token', async () => {
    await using app = await openApp();
    const { auth } = app.as('anonymous');
    const { accessToken, refreshToken } = await app.session('waiter');
    const other = await app.session('chef');
    const [head, , secret = '', tag] = refreshToken.split('.');
    const texts = [
      '',
      'cr_',
      accessToken,
      `${refreshToken}x`,
      `${head}.0.${'A'.repeat(43)}.${tag}`,
      `${head}.0.${secret}.${'A'.repeat(22)}`,
      `${head}.7.${secret}.${tag}`,
      `${head}.0.${secret}.${other.refreshToken.split('.')[3]}`,
      refreshToken.replace(/^cr_[^.]+/, 'cr_00000000-0000-7000-8000-000000000000'),
    ];

    const outcomes = await Promise.all(
      texts.map((text) => outcomeOf(auth.refresh.mutate({ refreshToken: text }))),
    );

    expect(outcomes).toEqual(texts.map(() => 'TOKEN_INVALID'));
    expect(await outcomeOf(auth.refresh.mutate({ refreshToken }))).toBe('ok');
  });
});

describe('a refresh token that was used before', () => {
  test.each([0, 1, 2])(
    'P2 T29 replayed from generation %i of four it ends the whole family, and only that',
    async (generation) => {
      await using app = await openApp();
      const { auth } = app.as('anonymous');
      const elsewhere = await app.session('waiter');
      const family = await generations(app, 4);
      app.clock.advance(11 * SECOND);
      const { refreshToken } = family[generation] ?? family[0];

      const refused = await refusalOf(auth.refresh.mutate({ refreshToken }));

      expect(refused).toMatchObject({ reason: 'TOKEN_REUSED', httpStatus: 401 });
      const left = await Promise.all(
        family.flatMap((one) => [
          outcomeOf(app.withToken(one.accessToken).auth.session.query()),
          outcomeOf(auth.refresh.mutate({ refreshToken: one.refreshToken })),
        ]),
      );
      expect(left).not.toContain('ok');
      expect(await outcomeOf(app.withToken(elsewhere.accessToken).auth.session.query())).toBe('ok');
      const noted = await auditOf(app, 'auth.refresh.reused');
      expect(noted.map(({ targetId }) => targetId)).toEqual([
        readRefreshToken(refreshToken)?.sessionId,
      ]);
    },
  );

  test('P3 the grace is for the direct parent only', async () => {
    await using app = await openApp();
    const { auth } = app.as('anonymous');
    const [first] = await generations(app, 3, 400);

    const refused = await refusalOf(auth.refresh.mutate({ refreshToken: first.refreshToken }));

    expect(refused.reason).toBe('TOKEN_REUSED');
    expect(await liveSessionsOf(app, app.home.staff.waiter)).toEqual([]);
  });

  test('P3 the grace of the parent ends after ten seconds', async () => {
    await using app = await openApp();
    const { auth } = app.as('anonymous');
    const [parent] = await generations(app, 2);
    app.clock.advance(10 * SECOND - 1);
    const inTime = await outcomeOf(auth.refresh.mutate({ refreshToken: parent.refreshToken }));

    app.clock.advance(1);
    const late = await outcomeOf(auth.refresh.mutate({ refreshToken: parent.refreshToken }));

    expect([inTime, late]).toEqual(['ok', 'TOKEN_REUSED']);
  });

  test('P5 two rotations within one tick of the clock do not make the first good again', async () => {
    await using app = await openApp();
    const { auth } = app.as('anonymous');
    const [first] = await generations(app, 3, 0);

    const refused = await refusalOf(auth.refresh.mutate({ refreshToken: first.refreshToken }));

    expect(refused.reason).toBe('TOKEN_REUSED');
  });

  test('P5 without a grace the parent is refused at once', async () => {
    await using app = await openApp({ settings: { refreshGraceMs: 0 } });
    const { auth } = app.as('anonymous');
    const [parent] = await generations(app, 2, 0);

    const refused = await refusalOf(auth.refresh.mutate({ refreshToken: parent.refreshToken }));

    expect(refused.reason).toBe('TOKEN_REUSED');
  });

  test('of a family that nobody can prove to be theirs ends nothing', async () => {
    await using app = await openApp();
    const { auth } = app.as('anonymous');
    const [first, , third] = await generations(app, 3);
    const [head, , secret] = first.refreshToken.split('.');
    const forged = `${head}.0.${secret}.${'A'.repeat(22)}`;

    const refused = await refusalOf(auth.refresh.mutate({ refreshToken: forged }));

    expect(refused.reason).toBe('TOKEN_INVALID');
    expect(await outcomeOf(auth.refresh.mutate({ refreshToken: third?.refreshToken ?? '' }))).toBe(
      'ok',
    );
  });
});

describe('a thief who keeps turning', () => {
  test('P2 does not hold off the end of the family by using up its budget', async () => {
    await using app = await openApp();
    const { auth } = app.as('anonymous');
    const { refreshToken: stolen } = await app.session('waiter');
    let refreshToken = stolen;
    await inTurn(30, async () => {
      ({ refreshToken = '' } = await auth.refresh.mutate({ refreshToken }));
    });

    const owner = await outcomeOf(auth.refresh.mutate({ refreshToken: stolen }));

    expect(owner).toBe('TOKEN_REUSED');
    expect(await liveSessionsOf(app, app.home.staff.waiter)).toEqual([]);
  });
});
