import { Account } from '@comanda/domains/auth/auth.entity';
import { HOUR, MINUTE } from '@comanda/kernel/time';
import { PASSWORD } from '@comanda/testing/given';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { BEHIND_PROXY, from, inTurn, outcomeOf, post, tally } from '../auth/callers.ts';
import { accountOf, auditOf, auditText, inside } from '../auth/looking.ts';

const ALONE = '\ud800'; // half of a pair: no text that could be stored

describe('signing up', () => {
  test('S1-04 S4-01 S2-01 a new person gets both tokens and sees who they are', async () => {
    await using app = await openApp();

    const { accessToken, refreshToken, expiresAt, user } = await app
      .as('anonymous')
      .auth.register.mutate({
        username: 'Nadia',
        email: 'Nadia@Lemon.example',
        password: PASSWORD,
        firstName: ' Nadia ',
        lastName: 'Rossi',
      });

    expect(user).toEqual({
      id: expect.any(String),
      username: 'nadia',
      email: 'nadia@lemon.example',
      phone: null,
      firstName: 'Nadia',
      lastName: 'Rossi',
      role: 'customer',
      level: 1,
      restaurant: null,
      hiredAt: null,
    });
    expect(expiresAt).toEqual(new Date(app.clock.now().getTime() + 15 * MINUTE));
    const { auth } = app.withToken(accessToken);
    expect(await auth.session.query()).toMatchObject({ user, via: 'session' });
    expect(await auth.refresh.mutate({ refreshToken })).toMatchObject({ user });
  });

  test('S1-08 the password is kept as an argon2id hash and told to nobody', async () => {
    await using app = await openApp();
    const input = { username: 'nadia', password: PASSWORD };

    const answer = await post(app, 'auth.register', input);

    const body = await answer.text();
    const { passwordHash } = await inside(app).findOneOrFail(Account, { username: 'nadia' });
    expect(passwordHash).toMatch(/^\$argon2id\$v=19\$/);
    expect(body).not.toMatch(/argon2|assword/);
    expect(body + (await auditText(app)) + app.logs.join('')).not.toContain(PASSWORD);
  });

  test('S1-04 a repeated password is compared by the form, not by the service', async () => {
    await using app = await openApp();
    const input = { username: 'nadia', password: PASSWORD, passwordConfirm: PASSWORD };

    const answer = await post(app, 'auth.register', input);

    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('unknown keys are not accepted');
  });

  test('S4-01 without any name the input is refused', async () => {
    await using app = await openApp();

    const refused = await refusalOf(
      app.as('anonymous').auth.register.mutate({ password: PASSWORD }),
    );

    expect(refused).toMatchObject({ reason: 'VALIDATION', httpStatus: 400 });
  });

  test('is written down once, without hash or token', async () => {
    await using app = await openApp();

    const signedUp = await app
      .as('anonymous')
      .auth.register.mutate({ username: 'nadia', password: PASSWORD });

    const rows = await auditOf(app, 'auth.register');
    expect(rows.map(({ target, change, role }) => [target, change, role])).toEqual([
      ['Account', 'created', 'anonymous'],
      ['Session', 'created', 'anonymous'],
    ]);
    const { passwordHash } = await accountOf(app, signedUp.user);
    expect(await auditText(app)).not.toContain(passwordHash);
    expect(await auditText(app)).not.toMatch(/Hash|familyKey|childSalt|cr_|eyJ/);
  });

  test('S4-05 a stranger opens five accounts an hour, then has to wait', async () => {
    await using app = await openApp({ config: BEHIND_PROXY });
    const stranger = from(app, { address: '198.51.100.1' });
    const neighbour = from(app, { address: '198.51.100.2' });

    const tries = await inTurn(6, (at) =>
      outcomeOf(stranger.auth.register.mutate({ username: `new.${at}`, password: PASSWORD })),
    );
    const next = await outcomeOf(
      neighbour.auth.register.mutate({ username: 'neighbour', password: PASSWORD }),
    );
    app.clock.advance(HOUR);
    const later = await outcomeOf(
      stranger.auth.register.mutate({ username: 'patient', password: PASSWORD }),
    );

    expect(tally(tries)).toEqual({ ok: 5, QUOTA_EXCEEDED: 1 });
    expect([next, later]).toEqual(['ok', 'ok']);
  });
});

describe('choosing a name', () => {
  test.each([
    ['username', 'WAITER', 'waiter'],
    ['username', ' ｗａｉｔｅｒ ', 'waiter'],
    ['username', 'Andre\u0301', 'andr\u00e9'],
    ['email', 'Ann@X.IO', 'ann@x.io'],
    ['phone', '0039 055 12-34.567', '+39055 1234567'],
    ['phone', '(055) 123/4567', '0551234567'],
  ])('%s %j is the same as %j', async (field, one, other) => {
    await using app = await openApp();
    const { auth } = app.as('anonymous');
    await outcomeOf(auth.register.mutate({ [field]: other, password: PASSWORD }));

    const refused = await refusalOf(auth.register.mutate({ [field]: one, password: PASSWORD }));

    expect(refused).toMatchObject({ reason: 'NAME_TAKEN', details: { field }, httpStatus: 409 });
  });

  test('a name with an accent is another name than one without', async () => {
    await using app = await openApp();
    const { auth } = app.as('anonymous');
    await auth.register.mutate({ username: 'andré', password: PASSWORD });

    const other = await auth.register.mutate({ username: 'andre', password: PASSWORD });

    expect(other.user.username).toBe('andre');
  });

  test.each([
    { username: 'a' },
    { username: '0551234567' },
    { username: 'ann@x.io' },
    { username: 'two words' },
    { username: '.hidden' },
    { username: 'x'.repeat(61) },
    { username: `half${ALONE}` },
    { email: 'ann' },
    { email: 'ann@localhost' },
    { email: 'a b@x.io' },
    { phone: '12345' },
    { phone: '+1234567890123456' },
    { phone: 'call me' },
  ])('%j is no name', async (name) => {
    await using app = await openApp();

    const refused = await refusalOf(
      app.as('anonymous').auth.register.mutate({ ...name, password: PASSWORD }),
    );

    expect(refused).toMatchObject({ reason: 'VALIDATION', httpStatus: 400 });
  });
});

describe('choosing a password', () => {
  test.each([
    ['7 characters', 'quince7'],
    ['257 characters', 'x1'.repeat(128) + 'y'],
    ['half of a surrogate pair', `quinces and ${ALONE} pears`],
  ])('%s are refused before any hash', async (_, password) => {
    await using app = await openApp();
    const before = app.house.passwords.count;

    const refused = await refusalOf(
      app.as('anonymous').auth.register.mutate({ username: 'nadia', password }),
    );

    expect(refused).toMatchObject({ reason: 'VALIDATION', httpStatus: 400 });
    expect(app.house.passwords.count).toBe(before);
  });

  test.each([
    ['8 characters', 'quince78'],
    ['256 characters', 'x1'.repeat(128)],
    ['blanks and other scripts', '  柠檬 🍋 лимон  '],
  ])('%s are fine, and are compared exactly as sent', async (_, password) => {
    await using app = await openApp();
    const { auth } = app.as('anonymous');
    await auth.register.mutate({ username: 'nadia', password });

    const right = await outcomeOf(auth.login.mutate({ identifier: 'nadia', password }));
    const trimmed = await outcomeOf(
      auth.login.mutate({ identifier: 'nadia', password: password.trim().slice(0, -1) }),
    );

    expect([right, trimmed]).toEqual(['ok', 'INVALID_CREDENTIALS']);
  });

  test.each([
    ['common', 'password123'],
    ['common', 'PassWord123'],
    ['common', 'ｐａｓｓｗｏｒｄ'],
    ['common', 'zzzzzzzzzz'],
    ['common', 'testpass123'],
    ['contains_name', 'my-nadia-2026'],
    ['contains_name', 'NADIA.rossi'],
    ['contains_name', 'lemonade1 for all'],
  ])('refused as %s: %j', async (because, password) => {
    await using app = await openApp();

    const refused = await refusalOf(
      app
        .as('anonymous')
        .auth.register.mutate({ username: 'nadia', email: 'lemonade1@x.io', password }),
    );

    expect(refused).toMatchObject({
      reason: 'PASSWORD_WEAK',
      details: { because },
      httpStatus: 422,
    });
  });
});
