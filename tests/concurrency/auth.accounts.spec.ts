import { Passwords } from '@comanda/domains/auth/credentials/passwords';
import { Account } from '@comanda/domains/auth/auth.entity';
import type { TestApp } from '@comanda/testing';
import { PASSWORD } from '@comanda/testing/given';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { BEHIND_PROXY, from, inTurn, outcomeOf, parallel, tally } from '../auth/callers.ts';
import { accountOf, auditOf, inside, liveSessionsOf } from '../auth/looking.ts';
import { withPatience } from '../auth/patience.ts';
import { openSecondServer } from '../auth/second-server.ts';

const WEAK = new Passwords({ memoryKiB: 256, passes: 1, lanes: 1 });

/** A replaced hash leaves a row of its own that tells nothing. */
async function replacements(app: TestApp): Promise<number> {
  const written = await auditOf(app, 'auth.login');
  const ofAccount = written.filter(({ target }) => target === 'Account');
  return ofAccount.filter(({ after }) => Object.keys(after ?? {}).length === 0).length;
}

describe('signing up in parallel', () => {
  test.each([
    { username: 'nadia' },
    { email: 'nadia@lemon.example' },
    { phone: '+39 055 1234567' },
  ])('of 20 people who want %o one gets it and the others are told', async (name) => {
    await using app = await openApp({ config: BEHIND_PROXY });
    withPatience(app);

    const calls = await parallel(20, (at) =>
      outcomeOf(
        from(app, { address: `203.0.113.${at}` }).auth.register.mutate({
          ...name,
          password: PASSWORD,
        }),
      ),
    );

    expect(tally(calls)).toEqual({ ok: 1, NAME_TAKEN: 19 });
    expect(await inside(app).count(Account, { firstName: '' })).toBe(1);
  });
});

describe('signing in in parallel', () => {
  test('P12 a hash of less work is replaced exactly once by 20 sign-ins, and all get in', async () => {
    await using app = await openApp({ config: BEHIND_PROXY });
    withPatience(app);
    const weak = await WEAK.hash(PASSWORD);
    const person = await app.given.person({ username: 'old.hand', passwordHash: weak });
    const login = { identifier: 'old.hand', password: PASSWORD };

    const calls = await parallel(20, (at) =>
      outcomeOf(from(app, { address: `203.0.113.${at}` }).auth.login.mutate(login)),
    );

    const { passwordHash } = await accountOf(app, person);
    expect(tally(calls)).toEqual({ ok: 20 });
    expect(passwordHash).toContain('m=1024,');
    expect(await replacements(app)).toBe(1);
  });

  test('20 sign-ins of one person leave the ten sessions that a person may have', async () => {
    await using app = await openApp({ config: BEHIND_PROXY });
    withPatience(app);
    const login = { identifier: 'waiter', password: PASSWORD };

    const calls = await parallel(20, (at) =>
      outcomeOf(from(app, { address: `203.0.113.${at}` }).auth.login.mutate(login)),
    );

    expect(tally(calls)).toEqual({ ok: 20 });
    expect(await liveSessionsOf(app, app.home.staff.waiter)).toHaveLength(10);
  });

  test('P5 a sign-in with the old password does not outlive a change of it elsewhere', async () => {
    await using app = await openApp();
    await using elsewhere = await openSecondServer(app);
    const passwords = withPatience(app);
    const { accessToken } = await app.session('waiter');
    const held = Promise.withResolvers<void>();
    const busy = passwords.gate.run(() => held.promise);

    const late = outcomeOf(
      app.as('anonymous').auth.login.mutate({ identifier: 'waiter', password: PASSWORD }),
    );
    await expect.poll(() => passwords.gate.waiting).toBe(1);
    await elsewhere
      .withToken(accessToken)
      .auth.changePassword.mutate({ password: PASSWORD, newPassword: 'another horse battery' });
    held.resolve();
    await busy;

    expect(await late).toBe('INVALID_CREDENTIALS');
    expect(await liveSessionsOf(app, app.home.staff.waiter)).toHaveLength(1);
  });
});

describe('guessing in parallel', () => {
  test('P11 1000 guesses at one account from 200 addresses cost at most its 30 hashes', async () => {
    await using app = await openApp({ config: BEHIND_PROXY });
    withPatience(app);
    const guess = { identifier: 'waiter', password: 'not the password' };
    const before = app.house.passwords.count;

    const bursts = await inTurn(10, (burst) =>
      parallel(100, (at) => {
        const stranger = from(app, { address: `198.51.100.${(burst * 100 + at) % 200}` });
        return outcomeOf(stranger.auth.login.mutate(guess));
      }),
    );

    const { QUOTA_EXCEEDED, INVALID_CREDENTIALS } = tally(bursts.flat());
    expect(QUOTA_EXCEEDED).toBe(970);
    expect(app.house.passwords.count - before).toBe(INVALID_CREDENTIALS);
  });

  test('P11 the owner signs in from a familiar address while others guess', async () => {
    await using app = await openApp({ config: BEHIND_PROXY });
    withPatience(app);
    const owner = from(app, { address: '192.0.2.7' });
    await owner.auth.login.mutate({ identifier: 'waiter', password: PASSWORD });
    await parallel(100, (at) => {
      const stranger = from(app, { address: `198.51.100.${at}` });
      return outcomeOf(stranger.auth.login.mutate({ identifier: 'waiter', password: 'a guess' }));
    });

    const stranger = from(app, { address: '192.0.2.8' });
    const login = { identifier: 'waiter', password: PASSWORD };
    const [familiar, unknown] = await Promise.all([
      outcomeOf(owner.auth.login.mutate(login)),
      outcomeOf(stranger.auth.login.mutate(login)),
    ]);

    expect({ familiar, unknown }).toEqual({ familiar: 'ok', unknown: 'QUOTA_EXCEEDED' });
  });

  test('P11 one address that tries 100 accounts pays for 20 tries', async () => {
    await using app = await openApp({ config: BEHIND_PROXY });
    withPatience(app);
    const stranger = from(app, { address: '198.51.100.1' });
    const before = app.house.passwords.count;

    const calls = await parallel(100, (at) =>
      outcomeOf(stranger.auth.login.mutate({ identifier: `nobody.${at}`, password: 'a guess' })),
    );

    expect(tally(calls)).toEqual({ INVALID_CREDENTIALS: 20, QUOTA_EXCEEDED: 80 });
    expect(app.house.passwords.count - before).toBe(20);
  });

  test('S0-10 S0-42 the strict preset lets five of 20 tries through, right or wrong', async () => {
    await using app = await openApp({ preset: 'strict' });
    withPatience(app);
    const { auth } = app.as('anonymous');
    const login = { identifier: 'waiter', password: PASSWORD };

    const calls = await parallel(20, () => outcomeOf(auth.login.mutate(login)));

    expect(tally(calls)).toEqual({ ok: 5, QUOTA_EXCEEDED: 15 });
  });
});
