import { Session } from '@comanda/domains/auth/auth.session.entity';
import { Passwords } from '@comanda/domains/auth/credentials/passwords';
import { HOUR, MINUTE } from '@comanda/kernel/time';
import { PASSWORD } from '@comanda/testing/given';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { BEHIND_PROXY, from, inTurn, outcomeOf, post, tally, toldBy } from '../auth/callers.ts';
import { accountOf, auditOf, auditText, inside } from '../auth/looking.ts';

const BCRYPT = '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy';

describe('signing in', () => {
  test('S0-01 S0-05 S0-10 S1-02 S2-01 a person gets both tokens, their role and the end of the token', async () => {
    await using app = await openApp();

    const signedIn = await app
      .as('anonymous')
      .auth.login.mutate({ identifier: 'chef', password: PASSWORD });

    expect(signedIn).toEqual({
      accessToken: expect.stringMatching(/^eyJ/),
      refreshToken: expect.stringMatching(/^cr_/),
      expiresAt: new Date(app.clock.now().getTime() + 15 * MINUTE),
      user: expect.objectContaining({ username: 'chef', role: 'chef', level: 2 }),
    });
  });

  test.each([
    { password: PASSWORD },
    { identifier: 'chef' },
    { identifier: null, password: PASSWORD },
    { identifier: 'chef', password: 12345678 },
    { identifier: 'chef', password: { $ne: '' } },
    { identifier: 'chef', password: 'x'.repeat(257) },
    { identifier: 'chef', password: '\ud800\ud800\ud800\ud800' },
  ])('T26 T27 S0-01 S0-11 %o is refused as input, without a hash', async (input) => {
    await using app = await openApp();
    const before = app.house.passwords.count;

    const answer = await post(app, 'auth.login', input);

    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('"reason":"VALIDATION"');
    expect(app.house.passwords.count).toBe(before);
  });

  test.each([
    ['S0-01', 'Ann.Lemon'],
    ['S1-05', 'Ann@Lemon.Example'],
    ['S3-01', '+39 055 1234567'],
    ['S3-01', '0039-055-1234567'],
    ['S0-01', 'ａｎｎ．ｌｅｍｏｎ'],
  ])('%s %j is one of the three names of Ann', async (_, identifier) => {
    await using app = await openApp();
    const names = { username: 'ann.lemon', email: 'ann@lemon.example', phone: '+390551234567' };
    const { id } = await app.given.person(names);

    const { user } = await app
      .as('anonymous')
      .auth.login.mutate({ identifier, password: PASSWORD });

    expect(user.id).toBe(id);
  });

  test('S1-03 the time of the last sign-in is kept', async () => {
    await using app = await openApp();
    const { waiter } = app.home.staff;
    const before = (await accountOf(app, waiter)).lastLoginAt;
    app.clock.advance(HOUR);

    await app.as('anonymous').auth.login.mutate({ identifier: 'waiter', password: PASSWORD });

    expect(before).toBeNull();
    expect((await accountOf(app, waiter)).lastLoginAt).toEqual(app.clock.now());
  });

  test('each device is listed with its address and what it calls itself', async () => {
    await using app = await openApp({ config: BEHIND_PROXY });
    const device = { address: '192.0.2.7', userAgent: 'Kitchen display 4' };
    const { accessToken: token } = await from(app, device).auth.login.mutate({
      identifier: 'waiter',
      password: PASSWORD,
    });

    const { items } = await from(app, { ...device, token }).auth.sessions.list.query();

    expect(items).toMatchObject([
      { current: true, address: '192.0.2.7', userAgent: 'Kitchen display 4' },
    ]);
  });

  test('S0-45 is written down with who, what and from where; no hash and no token', async () => {
    await using app = await openApp({ config: BEHIND_PROXY });
    const { waiter } = app.home.staff;

    const { accessToken, refreshToken } = await from(app, {
      address: '192.0.2.7',
    }).auth.login.mutate({ identifier: 'waiter', password: PASSWORD });

    const rows = await auditOf(app, 'auth.login');
    const text = await auditText(app);
    expect(rows).toMatchObject([
      { target: 'Account', targetId: waiter.id, change: 'updated', address: '192.0.2.7' },
      { target: 'Session', change: 'created', address: '192.0.2.7' },
    ]);
    expect(rows.every(({ requestId }) => requestId.length >= 8)).toBe(true);
    expect(text).not.toContain(accessToken);
    expect(text).not.toContain(refreshToken?.split('.')[2]);
    expect(text).not.toMatch(/argon2|tokenHash|familyKey|passwordHash/);
  });

  test('S0-45 a failed one is written down too, with the account if there is one', async () => {
    await using app = await openApp();
    const { auth } = app.as('anonymous');
    const { id } = app.home.staff.waiter;

    await outcomeOf(auth.login.mutate({ identifier: 'waiter', password: 'not the password' }));
    await outcomeOf(auth.login.mutate({ identifier: 'nobody', password: 'not the password' }));

    const rows = await auditOf(app, 'auth.login.failed');
    expect(rows.map(({ target, targetId }) => [target, targetId])).toEqual([
      ['Account', id],
      ['Account', 'unknown'],
    ]);
    expect(await auditText(app)).not.toContain('not the password');
  });
});

describe('being turned away', () => {
  test.each([
    ['unknown name', { identifier: 'nobody.here', password: PASSWORD }],
    ['no name at all', { identifier: '!!', password: PASSWORD }],
    ['wrong password', { identifier: 'waiter', password: 'not the password' }],
    ['closed account', { identifier: 'closed', password: PASSWORD }],
    ['closed account, wrong password', { identifier: 'closed', password: 'not the password' }],
    ['empty password', { identifier: 'waiter', password: '' }],
    ['corrupt hash', { identifier: 'corrupt', password: PASSWORD }],
    ['hash of another kind', { identifier: 'bcrypt', password: PASSWORD }],
    ['hash that asks for 100 GB', { identifier: 'greedy', password: PASSWORD }],
  ])(
    'P10 P12 T24 T28 S0-11 S1-10 S4-02 S3-03 %s: one hash and the one answer',
    async (_, input) => {
      await using app = await openApp();
      await app.given.person({ username: 'closed', active: false });
      await app.given.person({ username: 'corrupt', passwordHash: '$argon2id$v=19$m=1024,t=2' });
      await app.given.person({ username: 'bcrypt', passwordHash: BCRYPT });
      await app.given.person({
        username: 'greedy',
        passwordHash: `$argon2id$v=19$m=9999999,t=2,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`,
      });
      const unknown = { identifier: 'somebody.else', password: 'anything' };
      const expected = await toldBy(await post(app, 'auth.login', unknown));
      const before = app.house.passwords.count;

      const told = await toldBy(await post(app, 'auth.login', input));

      expect(told).toEqual(expected);
      expect(told.status).toBe(401);
      expect(told.body).toContain('"reason":"INVALID_CREDENTIALS"');
      expect(app.house.passwords.count - before).toBe(1);
    },
  );

  test('P12 a hash of more work is kept as it is', async () => {
    await using app = await openApp();
    const strong = await new Passwords({ memoryKiB: 2_048, passes: 3, lanes: 1 }).hash(PASSWORD);
    const person = await app.given.person({ username: 'careful', passwordHash: strong });

    await app.as('anonymous').auth.login.mutate({ identifier: 'careful', password: PASSWORD });

    expect((await accountOf(app, person)).passwordHash).toBe(strong);
  });

  test('P11 T25 five failures at one name from one address, and the next has to wait', async () => {
    await using app = await openApp();
    const { auth } = app.as('anonymous');
    const guess = { identifier: 'waiter', password: 'not the password' };
    const tries = await inTurn(6, () => outcomeOf(auth.login.mutate(guess)));

    const refused = await refusalOf(
      auth.login.mutate({ identifier: 'waiter', password: PASSWORD }),
    );
    app.clock.advance(15 * MINUTE);
    const later = await outcomeOf(auth.login.mutate({ identifier: 'waiter', password: PASSWORD }));

    expect(tally(tries)).toEqual({ INVALID_CREDENTIALS: 5, QUOTA_EXCEEDED: 1 });
    expect(refused).toMatchObject({
      httpStatus: 429,
      details: { scope: 'login.pair', limit: 5, retryAfterMs: 3 * MINUTE },
    });
    expect(later).toBe('ok');
  });

  test('P11 one name has one budget, however it is spelled', async () => {
    await using app = await openApp();
    const { auth } = app.as('anonymous');
    await app.given.person({ username: 'ann', email: 'ann@x.io', phone: '+390551234567' });
    const spellings = ['ann', 'ANN', 'ann@x.io', 'Ann@X.io', '+390551234567', '00390551234567'];

    const tries = await inTurn(6, (at) =>
      outcomeOf(auth.login.mutate({ identifier: spellings[at] ?? '', password: 'a guess' })),
    );

    expect(tries.at(-1)).toBe('QUOTA_EXCEEDED');
  });

  test('P11 whoever knows the password is charged nothing', async () => {
    await using app = await openApp();
    const { auth } = app.as('anonymous');
    const login = { identifier: 'waiter', password: PASSWORD };

    const tries = await inTurn(12, () => outcomeOf(auth.login.mutate(login)));

    expect(tally(tries)).toEqual({ ok: 12 });
  });

  test('S0-10 strict counts every try, and tells when the next one may be made', async () => {
    await using app = await openApp({ preset: 'strict' });
    const login = { identifier: 'waiter', password: PASSWORD };
    const tries = await inTurn(5, () => outcomeOf(app.as('anonymous').auth.login.mutate(login)));

    const answer = await post(app, 'auth.login', login);

    expect(tally(tries)).toEqual({ ok: 5 });
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('720');
    expect(await inside(app).count(Session, {})).toBe(5);
  });
});
