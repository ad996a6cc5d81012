import { readRefreshToken } from '@comanda/domains/auth/credentials/refresh-tokens';
import { SECOND } from '@comanda/kernel/time';
import type { TestApp } from '@comanda/testing';
import { PASSWORD } from '@comanda/testing/given';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { outcomeOf } from '../auth/callers.ts';
import { openSecondServer } from '../auth/second-server.ts';

type Tokens = Awaited<ReturnType<TestApp['session']>>;
type Measure = (app: TestApp, tokens: Tokens) => Promise<unknown>;

const personId = (app: TestApp) => app.home.staff.waiter.id;
const sessionId = ({ refreshToken }: Tokens) => readRefreshToken(refreshToken)?.sessionId ?? '';

const MEASURES: [string, Measure][] = [
  [
    'membership ended',
    (app) => app.as('manager').people.deactivate.mutate({ personId: personId(app) }),
  ],
  [
    'account closed',
    (app) => app.as('admin').people.deactivateAccount.mutate({ personId: personId(app) }),
  ],
  [
    'role changed',
    (app) => app.as('manager').people.setRole.mutate({ personId: personId(app), role: 'employee' }),
  ],
  [
    'session revoked',
    (app, tokens) => app.as('waiter').auth.sessions.revoke.mutate({ id: sessionId(tokens) }),
  ],
  ['others revoked', (app) => app.as('waiter').auth.sessions.revokeOthers.mutate()],
  [
    'signed out',
    (app, { refreshToken }) => app.as('anonymous').auth.logout.mutate({ refreshToken }),
  ],
  [
    'password changed',
    (app) =>
      app
        .as('waiter')
        .auth.changePassword.mutate({ password: PASSWORD, newPassword: 'another horse battery' }),
  ],
];

describe('taking back what a person may do', () => {
  test.each(MEASURES)('P8 %s: the very next call and refresh are refused', async (_, take) => {
    await using app = await openApp();
    const tokens = await app.session('waiter');
    const { auth } = app.withToken(tokens.accessToken);
    const before = await outcomeOf(auth.session.query());

    await take(app, tokens);

    const after = await outcomeOf(auth.session.query());
    const refreshed = await outcomeOf(
      app.as('anonymous').auth.refresh.mutate({ refreshToken: tokens.refreshToken }),
    );
    expect([before, after, refreshed]).toEqual(['ok', 'TOKEN_INVALID', 'TOKEN_INVALID']);
  });

  test.each(MEASURES)('P8 %s: felt by another server within five seconds', async (_, take) => {
    await using app = await openApp();
    await using elsewhere = await openSecondServer(app);
    const tokens = await app.session('waiter');
    const { auth } = elsewhere.withToken(tokens.accessToken);
    const before = await outcomeOf(auth.session.query());

    await take(app, tokens);
    app.clock.advance(5 * SECOND);

    const after = await outcomeOf(auth.session.query());
    expect([before, after]).toEqual(['ok', 'TOKEN_INVALID']);
  });

  test.each([
    ['membership ended', MEASURES[0]?.[1]],
    ['account closed', MEASURES[1]?.[1]],
    ['password changed', MEASURES[6]?.[1]],
  ])('P8 %s: the device passes end with it', async (_, take) => {
    await using app = await openApp();
    const tokens = await app.session('waiter');
    const pass = await app
      .withToken(tokens.accessToken)
      .auth.passes.issue.mutate({ label: 'Till' });
    const { auth } = app.withToken(pass.token);
    const before = await outcomeOf(auth.session.query());

    await take?.(app, tokens);

    expect([before, await outcomeOf(auth.session.query())]).toEqual(['ok', 'TOKEN_INVALID']);
  });

  test('P8 a new role is worn from the next sign-in on', async () => {
    await using app = await openApp();
    await app.as('manager').people.setRole.mutate({ personId: personId(app), role: 'prep_cook' });

    const { user } = await app
      .as('anonymous')
      .auth.login.mutate({ identifier: 'waiter', password: PASSWORD });

    expect(user.role).toBe('prep_cook');
  });

  test('P8 nobody else is touched', async () => {
    await using app = await openApp();
    const { auth } = app.as('chef');
    await auth.session.query();

    await app.as('manager').people.deactivate.mutate({ personId: personId(app) });

    expect(await outcomeOf(auth.session.query())).toBe('ok');
  });
});
