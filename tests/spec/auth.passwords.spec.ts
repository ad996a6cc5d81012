import { ResetCode } from '@comanda/domains/auth/auth.session.entity';
import { HOUR, MINUTE } from '@comanda/kernel/time';
import type { TestApp } from '@comanda/testing';
import { PASSWORD } from '@comanda/testing/given';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import {
  BEHIND_PROXY,
  from,
  inTurn,
  outcomeOf,
  parallel,
  post,
  tally,
  toldBy,
} from '../auth/callers.ts';
import { auditOf, auditText, inside } from '../auth/looking.ts';
import { withPatience } from '../auth/patience.ts';

const NEW = 'another horse battery';

describe('changing one’s password', () => {
  test('ends every other session and every pass, and keeps the own session', async () => {
    await using app = await openApp();
    const [own, other] = [await app.session('waiter'), await app.session('waiter')];
    const { auth } = app.withToken(own.accessToken);
    const pass = await auth.passes.issue.mutate({ label: 'Till' });
    const strangers = await app.session('chef');

    const answer = await auth.changePassword.mutate({ password: PASSWORD, newPassword: NEW });

    const tokens = [own.accessToken, other.accessToken, pass.token, strangers.accessToken];
    const left = await Promise.all(
      tokens.map((token) => outcomeOf(app.withToken(token).auth.session.query())),
    );
    expect(answer).toEqual({ ended: 2 });
    expect(left).toEqual(['ok', 'TOKEN_INVALID', 'TOKEN_INVALID', 'ok']);
    expect(await outcomeOf(auth.refresh.mutate({ refreshToken: own.refreshToken }))).toBe('ok');
  });

  test('from then on only the new one signs in', async () => {
    await using app = await openApp();
    await app.as('waiter').auth.changePassword.mutate({ password: PASSWORD, newPassword: NEW });

    const [old, fresh] = await inTurn(2, (at) =>
      outcomeOf(
        app
          .as('anonymous')
          .auth.login.mutate({ identifier: 'waiter', password: [PASSWORD, NEW][at] ?? '' }),
      ),
    );

    expect([old, fresh]).toEqual(['INVALID_CREDENTIALS', 'ok']);
  });

  test('asks for the old one', async () => {
    await using app = await openApp();

    const refused = await refusalOf(
      app.as('waiter').auth.changePassword.mutate({ password: 'a guess', newPassword: NEW }),
    );

    expect(refused).toMatchObject({ reason: 'INVALID_CREDENTIALS', httpStatus: 401 });
  });

  test.each([
    ['common', 'password123'],
    ['contains_name', 'the waiter of 2026'],
  ])('refuses a %s one: %j', async (because, newPassword) => {
    await using app = await openApp();

    const refused = await refusalOf(
      app.as('waiter').auth.changePassword.mutate({ password: PASSWORD, newPassword }),
    );

    expect(refused).toMatchObject({ reason: 'PASSWORD_WEAK', details: { because } });
  });

  test('of five changes at once one wins', async () => {
    await using app = await openApp();
    withPatience(app);
    const { auth } = app.as('waiter');

    const outcomes = await parallel(5, (at) =>
      outcomeOf(auth.changePassword.mutate({ password: PASSWORD, newPassword: `${NEW} ${at}` })),
    );

    expect(tally(outcomes)).toEqual({ ok: 1, INVALID_CREDENTIALS: 4 });
  });

  test('leaves no password and no hash in the audit or the logs', async () => {
    await using app = await openApp();

    await app.as('waiter').auth.changePassword.mutate({ password: PASSWORD, newPassword: NEW });

    const written = (await auditText(app)) + app.logs.join('');
    expect(await auditOf(app, 'auth.changePassword')).not.toEqual([]);
    expect(written).not.toContain(NEW);
    expect(written).not.toContain(PASSWORD);
    expect(written).not.toContain('argon2');
  });
});

function codeFor(app: TestApp, personId: string) {
  return app.as('manager').people.issueResetCode.mutate({ personId });
}

describe('a reset code', () => {
  test('sets a new password once and ends every session and pass', async () => {
    await using app = await openApp();
    const { id } = app.home.staff.waiter;
    const { accessToken } = await app.session('waiter');
    const pass = await app.withToken(accessToken).auth.passes.issue.mutate({ label: 'Till' });
    const { code } = await codeFor(app, id);
    const { auth } = app.as('anonymous');
    const reset = { identifier: 'Waiter', code, newPassword: NEW };

    const answer = await auth.resetPassword.mutate(reset);
    const again = await outcomeOf(auth.resetPassword.mutate(reset));

    const left = await Promise.all(
      [accessToken, pass.token].map((token) =>
        outcomeOf(app.withToken(token).auth.session.query()),
      ),
    );
    expect(code).toMatch(/^\w{4}-\w{4}-\w{4}$/);
    expect(answer).toEqual({ ended: 2 });
    expect(again).toBe('CODE_INVALID');
    expect(left).toEqual(['TOKEN_INVALID', 'TOKEN_INVALID']);
    expect(await outcomeOf(auth.login.mutate({ identifier: 'waiter', password: NEW }))).toBe('ok');
  });

  test('may be typed in small letters and without dashes', async () => {
    await using app = await openApp();
    const { code } = await codeFor(app, app.home.staff.waiter.id);

    const outcome = await outcomeOf(
      app.as('anonymous').auth.resetPassword.mutate({
        identifier: 'waiter',
        code: ` ${code.replaceAll('-', ' ').toLowerCase()}`,
        newPassword: NEW,
      }),
    );

    expect(outcome).toBe('ok');
  });

  test.each([
    [30 * MINUTE - 1, 'ok'],
    [30 * MINUTE, 'CODE_INVALID'],
  ])('after %i ms: %s', async (ms, expected) => {
    await using app = await openApp();
    const { code, expiresAt } = await codeFor(app, app.home.staff.waiter.id);
    expect(expiresAt.getTime() - app.clock.now().getTime()).toBe(30 * MINUTE);
    app.clock.advance(ms);

    const outcome = await outcomeOf(
      app
        .as('anonymous')
        .auth.resetPassword.mutate({ identifier: 'waiter', code, newPassword: NEW }),
    );

    expect(outcome).toBe(expected);
  });

  test('dies after five wrong tries, wherever they come from', async () => {
    await using app = await openApp({ config: BEHIND_PROXY });
    const { code } = await codeFor(app, app.home.staff.waiter.id);
    const reset = { identifier: 'waiter', newPassword: NEW };

    const tries = await inTurn(6, (at) =>
      outcomeOf(
        from(app, { address: `198.51.100.${at}` }).auth.resetPassword.mutate({
          ...reset,
          code: at < 5 ? 'WRONG-WRONG' : code,
        }),
      ),
    );

    expect(tally(tries)).toEqual({ CODE_INVALID: 6 });
  });

  test('still works after four wrong tries', async () => {
    await using app = await openApp();
    const { code } = await codeFor(app, app.home.staff.waiter.id);

    const tries = await inTurn(5, (at) =>
      outcomeOf(
        app.as('anonymous').auth.resetPassword.mutate({
          identifier: 'waiter',
          newPassword: NEW,
          code: at < 4 ? 'WRONG-WRONG' : code,
        }),
      ),
    );

    expect(tries.at(-1)).toBe('ok');
  });

  test('is replaced by the next one', async () => {
    await using app = await openApp();
    const { id } = app.home.staff.waiter;
    const codes = [(await codeFor(app, id)).code, (await codeFor(app, id)).code];

    const outcomes = await inTurn(2, (at) =>
      outcomeOf(
        app.as('anonymous').auth.resetPassword.mutate({
          identifier: 'waiter',
          newPassword: NEW,
          code: codes[at] ?? '',
        }),
      ),
    );

    expect(outcomes).toEqual(['CODE_INVALID', 'ok']);
  });

  test('is used up by one of five at once', async () => {
    await using app = await openApp();
    withPatience(app);
    const { code } = await codeFor(app, app.home.staff.waiter.id);

    const outcomes = await parallel(5, (at) =>
      outcomeOf(
        app.as('anonymous').auth.resetPassword.mutate({
          identifier: 'waiter',
          newPassword: `${NEW} ${at}`,
          code,
        }),
      ),
    );

    expect(tally(outcomes)).toEqual({ ok: 1, CODE_INVALID: 4 });
  });

  test('is kept as a hash only, and audited without it', async () => {
    await using app = await openApp();

    const { code } = await codeFor(app, app.home.staff.waiter.id);

    const [kept] = await inside(app).findAll(ResetCode);
    const text = await auditText(app);
    const plain = code.replaceAll('-', '');
    expect(JSON.stringify(Object.values(kept ?? {}))).not.toContain(plain);
    expect(text).toContain('"action":"people.issueResetCode"');
    expect(text + app.logs.join('')).not.toContain(plain);
    expect(text).not.toContain(kept?.codeHash);
  });

  test('refuses a password with the person’s name in it, and stays good', async () => {
    await using app = await openApp();
    const { code } = await codeFor(app, app.home.staff.waiter.id);
    const { auth } = app.as('anonymous');
    const reset = { identifier: 'waiter', code };

    const refused = await refusalOf(
      auth.resetPassword.mutate({ ...reset, newPassword: 'waiter of 2026' }),
    );
    const again = await outcomeOf(auth.resetPassword.mutate({ ...reset, newPassword: NEW }));

    expect(refused).toMatchObject({
      reason: 'PASSWORD_WEAK',
      details: { because: 'contains_name' },
    });
    expect(again).toBe('ok');
  });

  test.each([
    ['a wrong code', 'waiter', NEW],
    ['no code was given', 'chef', NEW],
    ['a closed account', 'closed', NEW],
    ['no name at all', '!!', NEW],
    ['a password with the name of the account', 'waiter', 'waiter of 2026'],
  ])('P10 tells a stranger nothing: %s', async (_, identifier, newPassword) => {
    await using app = await openApp({ config: BEHIND_PROXY });
    await app.given.person({ username: 'closed', active: false });
    await codeFor(app, app.home.staff.waiter.id);
    const code = 'WRONG-WRONG';
    const unknown = { identifier: 'nobody.here', code, newPassword };
    const expected = await toldBy(await post(app, 'auth.resetPassword', unknown));
    const before = app.house.passwords.count;

    const told = await toldBy(
      await post(app, 'auth.resetPassword', { identifier, code, newPassword }),
    );

    expect(told).toEqual(expected);
    expect(told.body).toContain('"reason":"CODE_INVALID"');
    expect(app.house.passwords.count - before).toBe(1);
  });

  test('an address tries five times an hour', async () => {
    await using app = await openApp();
    const { auth } = app.as('anonymous');
    const reset = { identifier: 'nobody', code: 'WRONG', newPassword: NEW };
    const tries = await inTurn(6, () => outcomeOf(auth.resetPassword.mutate(reset)));

    app.clock.advance(HOUR);
    const later = await outcomeOf(auth.resetPassword.mutate(reset));

    expect(tally(tries)).toEqual({ CODE_INVALID: 5, QUOTA_EXCEEDED: 1 });
    expect(later).toBe('CODE_INVALID');
  });
});
