import { readRefreshToken } from '@comanda/domains/auth/credentials/refresh-tokens';
import { DAY, HOUR, MINUTE, SECOND } from '@comanda/kernel/time';
import { PASSWORD } from '@comanda/testing/given';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { inTurn, outcomeOf, post } from '../auth/callers.ts';
import { auditOf, liveSessionsOf } from '../auth/looking.ts';

describe('asking who one is', () => {
  test('S0-05 S0-06 S0-07 S1-02 S4-04 tells person, role, permissions and the end of the token', async () => {
    await using app = await openApp();
    const { accessToken } = await app.session('sous_chef');

    const session = await app.withToken(accessToken).auth.session.query();

    expect(session).toMatchObject({
      user: {
        username: 'sous_chef',
        role: 'sous_chef',
        level: 3,
        restaurant: { id: app.home.restaurantId, name: 'Little Lemon' },
        hiredAt: app.clock.now(),
      },
      title: 'Sous Chef',
      isChef: true,
      via: 'session',
      expiresAt: new Date(app.clock.now().getTime() + 15 * MINUTE),
    });
    expect(session.capabilities).toContain('recipe.read');
    expect(session.capabilities).not.toContain('staff.read');
  });

  test('S0-06 a role is read from the books, not from the token', async () => {
    await using app = await openApp();
    const { accessToken } = await app.session('waiter');
    const [, payload = ''] = accessToken.split('.');

    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());

    expect(Object.keys(claims).toSorted()).toEqual([
      'aud',
      'exp',
      'hat',
      'iat',
      'iss',
      'jti',
      'sid',
      'sub',
    ]);
  });
});

describe('signing out', () => {
  test('S0-12 S3-04 S4-03 ends the session at once, its access and its refresh token', async () => {
    await using app = await openApp();
    const { accessToken, refreshToken } = await app.session('waiter');
    const { auth } = app.withToken(accessToken);
    await auth.session.query();

    const answer = await auth.logout.mutate({ refreshToken });

    expect(answer).toEqual({ ended: true });
    expect(await outcomeOf(auth.session.query())).toBe('TOKEN_INVALID');
    expect(await outcomeOf(auth.refresh.mutate({ refreshToken }))).toBe('TOKEN_INVALID');
  });

  test('S0-45 is written down once, with the session that ended', async () => {
    await using app = await openApp();
    const { refreshToken } = await app.session('waiter');
    const { auth } = app.as('anonymous');

    await auth.logout.mutate({ refreshToken });
    await auth.logout.mutate({ refreshToken });

    expect(await auditOf(app, 'auth.logout')).toMatchObject([
      {
        target: 'Session',
        targetId: readRefreshToken(refreshToken)?.sessionId,
        after: { endReason: 'logout' },
      },
    ]);
  });

  test('S0-08 the refresh token alone is enough, the access token alone too', async () => {
    await using app = await openApp();
    const [one, other] = [await app.session('waiter'), await app.session('waiter')];

    const byRefresh = await app
      .as('anonymous')
      .auth.logout.mutate({ refreshToken: one.refreshToken });
    const byAccess = await app.withToken(other.accessToken).auth.logout.mutate();

    expect([byRefresh, byAccess]).toEqual([{ ended: true }, { ended: true }]);
    expect(await liveSessionsOf(app, app.home.staff.waiter)).toEqual([]);
  });

  test('S0-08 S0-12 with nothing to end, or a second time, it is no mistake', async () => {
    await using app = await openApp();
    const { accessToken, refreshToken } = await app.session('waiter');
    const { auth } = app.withToken(accessToken);
    await auth.logout.mutate({ refreshToken });

    const again = await auth.logout.mutate({ refreshToken });
    const bare = await auth.logout.mutate();
    const nobody = await app.as('anonymous').auth.logout.mutate();
    const nonsense = await app.as('anonymous').auth.logout.mutate({ refreshToken: 'nonsense' });

    expect([again, bare, nobody, nonsense]).toEqual(Array(4).fill({ ended: false }));
  });

  test('a made-up refresh token ends nobody’s session', async () => {
    await using app = await openApp();
    const { refreshToken } = await app.session('waiter');
    const forged = refreshToken.replace(/[^.]+$/, 'A'.repeat(22));

    const answer = await app.as('anonymous').auth.logout.mutate({ refreshToken: forged });

    expect(answer).toEqual({ ended: false });
    expect(await liveSessionsOf(app, app.home.staff.waiter)).toHaveLength(1);
  });
});

describe('looking after one’s sessions', () => {
  test('every live one is listed, newest first, the own one marked', async () => {
    await using app = await openApp();
    const first = await app.session('waiter');
    app.clock.advance(HOUR);
    const second = await app.session('waiter');
    await app.session('chef');
    app.clock.advance(MINUTE);
    const { accessToken } = await app
      .as('anonymous')
      .auth.refresh.mutate({ refreshToken: first.refreshToken });

    const { items, nextCursor } = await app.withToken(accessToken).auth.sessions.list.query();

    expect(items).toMatchObject([
      {
        id: readRefreshToken(second.refreshToken)?.sessionId,
        current: false,
        lastUsedAt: new Date(app.clock.now().getTime() - MINUTE),
      },
      {
        id: readRefreshToken(first.refreshToken)?.sessionId,
        current: true,
        createdAt: new Date(app.clock.now().getTime() - MINUTE - HOUR),
        lastUsedAt: app.clock.now(),
        restaurant: { name: 'Little Lemon' },
      },
    ]);
    expect(nextCursor).toBeNull();
  });

  test('one that rested for a week is not listed any more', async () => {
    await using app = await openApp();
    await app.session('waiter');
    app.clock.advance(7 * DAY);

    const { items } = await app.as('waiter').auth.sessions.list.query();

    expect(items).toMatchObject([{ current: true }]);
    expect(items).toHaveLength(1);
  });

  test('a revoked one ends at once; a second time ends nothing', async () => {
    await using app = await openApp();
    const lost = await app.session('waiter');
    const id = readRefreshToken(lost.refreshToken)?.sessionId ?? '';
    const { auth } = app.as('waiter');
    await app.withToken(lost.accessToken).auth.session.query();

    const once = await auth.sessions.revoke.mutate({ id: id.toUpperCase() });
    const twice = await auth.sessions.revoke.mutate({ id });

    expect([once, twice]).toEqual([{ ended: 1 }, { ended: 0 }]);
    expect(await outcomeOf(app.withToken(lost.accessToken).auth.session.query())).toBe(
      'TOKEN_INVALID',
    );
    expect(await outcomeOf(auth.session.query())).toBe('ok');
  });

  test('S4-05 somebody else’s is answered like one that never was', async () => {
    await using app = await openApp();
    const others = await app.session('chef');
    const id = readRefreshToken(others.refreshToken)?.sessionId ?? '';
    const { auth } = app.as('waiter');

    const foreign = await refusalOf(auth.sessions.revoke.mutate({ id }));
    const unknown = await refusalOf(auth.sessions.revoke.mutate({ id: crypto.randomUUID() }));

    expect(foreign).toMatchObject({ reason: 'NOT_FOUND', httpStatus: 404 });
    expect(foreign.details).toEqual(unknown.details);
    expect(await outcomeOf(app.withToken(others.accessToken).auth.session.query())).toBe('ok');
  });

  test('all others can be ended in one go, passes included', async () => {
    await using app = await openApp();
    const [own, other] = [await app.session('waiter'), await app.session('waiter')];
    const pass = await app.withToken(other.accessToken).auth.passes.issue.mutate({ label: 'Bar' });
    const { auth } = app.withToken(own.accessToken);

    const answer = await auth.sessions.revokeOthers.mutate();

    const left = await Promise.all(
      [own.accessToken, other.accessToken, pass.token].map((token) =>
        outcomeOf(app.withToken(token).auth.session.query()),
      ),
    );
    expect(answer).toEqual({ ended: 2 });
    expect(left).toEqual(['ok', 'TOKEN_INVALID', 'TOKEN_INVALID']);
  });

  test('the eleventh sign-in ends the session that was unused for longest', async () => {
    await using app = await openApp();
    const ten = await inTurn(10, () => {
      app.clock.advance(SECOND);
      return app.session('waiter');
    });
    const [oldest, second] = ten.map(({ refreshToken }) => refreshToken) as [string, string];
    app.clock.advance(SECOND);
    const { auth } = app.as('anonymous');
    const renewed = await auth.refresh.mutate({ refreshToken: oldest });

    const login = { identifier: 'waiter', password: PASSWORD };
    const { accessToken } = await auth.login.mutate(login);

    const { items } = await app.withToken(accessToken).auth.sessions.list.query();
    expect(items).toHaveLength(10);
    expect(await outcomeOf(auth.refresh.mutate({ refreshToken: second }))).toBe('TOKEN_INVALID');
    expect(await outcomeOf(auth.refresh.mutate({ refreshToken: renewed.refreshToken }))).toBe('ok');
  });
});

describe('calls about signing in', () => {
  test('travel alone: in a batch each of them is refused', async () => {
    await using app = await openApp();
    const body = JSON.stringify({
      0: { json: { identifier: 'waiter', password: PASSWORD } },
      1: { json: { identifier: 'chef', password: PASSWORD } },
    });
    const before = app.house.passwords.count;

    const answer = await app.fetch('http://localhost/trpc/auth.login,auth.login?batch=1', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });

    const reasons = (await answer.text()).match(/"reason":"\w+"/g);
    expect(reasons).toEqual(['"reason":"NOT_BATCHABLE"', '"reason":"NOT_BATCHABLE"']);
    expect(answer.status).toBe(400);
    expect(app.house.passwords.count).toBe(before);
  });

  test('a batch that hides one among others refuses just that one', async () => {
    await using app = await openApp();

    const answer = await app.fetch(
      'http://localhost/trpc/permissions.matrix,auth.session?batch=1&input=%7B%7D',
    );

    const [matrix, session] = (await answer.json()) as object[];
    expect(matrix).toHaveProperty('result');
    expect(session).toMatchObject({ error: { json: { data: { reason: 'NOT_BATCHABLE' } } } });
  });

  test('take no notice of a token in the header, however bad', async () => {
    await using app = await openApp();
    const { refreshToken } = await app.session('waiter');
    const { auth } = app.withToken('no.good.token');
    const reset = { identifier: 'waiter', code: 'WRONG', newPassword: 'another horse battery' };

    const outcomes = await inTurn(5, (at) =>
      outcomeOf(
        [
          () => auth.register.mutate({ username: 'nadia', password: PASSWORD }),
          () => auth.login.mutate({ identifier: 'waiter', password: PASSWORD }),
          () => auth.refresh.mutate({ refreshToken }),
          () => auth.logout.mutate({ refreshToken }),
          () => auth.resetPassword.mutate(reset),
        ][at]?.() ?? Promise.resolve(),
      ),
    );

    expect(outcomes).toEqual(['ok', 'ok', 'ok', 'ok', 'CODE_INVALID']);
  });

  test('refuse what they do not know', async () => {
    await using app = await openApp();

    const answer = await post(app, 'auth.login', {
      identifier: 'waiter',
      password: PASSWORD,
      role: 'admin',
    });

    expect(answer.status).toBe(400);
  });
});
