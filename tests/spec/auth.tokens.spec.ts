import { Account } from '@comanda/domains/auth/auth.entity';
import { KeyRing, newKeySet, rotated } from '@comanda/domains/auth/credentials/keys';
import { DAY, HOUR, MINUTE } from '@comanda/kernel/time';
import { refuseOutsideTransaction } from '@comanda/storage/transaction';
import type { TestApp } from '@comanda/testing';
import { PASSWORD } from '@comanda/testing/given';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { outcomeOf } from '../auth/callers.ts';
import { FORGERIES, openForger } from '../auth/forging.ts';
import { countQueries, inside } from '../auth/looking.ts';

const ask = (authorization: string) => ({ headers: { authorization } });
const SESSION = 'http://localhost/trpc/auth.session';

describe('showing a token', () => {
  test.each(FORGERIES)('P6 T31 S1-07 %s: refused everywhere, without a query', async (_, forge) => {
    await using app = await openApp();
    const client = app.withToken(forge(await openForger(app)));
    const queries = countQueries(app);

    const closed = await refusalOf(client.auth.session.query());
    const open = await refusalOf(client.permissions.matrix.query());

    expect(closed).toMatchObject({ reason: 'TOKEN_INVALID', httpStatus: 401 });
    expect(open).toMatchObject({ reason: 'TOKEN_INVALID', httpStatus: 401 });
    expect(queries.count).toBe(0);
  });

  test('P6 the same by the same hand with nothing wrong is accepted, with queries', async () => {
    await using app = await openApp();
    const forger = await openForger(app);
    const queries = countQueries(app);

    const { user } = await app.withToken(forger.token()).auth.session.query();

    expect(user.username).toBe('waiter');
    expect(queries.count).toBeGreaterThan(0);
  });

  test.each([
    ['of another scheme', 'Basic d2FpdGVyOndhaXRlcg=='],
    ['Kitchen-Pass', 'Kitchen-Pass abc'],
    ['without a scheme', 'abc'],
    ['empty', 'Bearer '],
    ['of two words', 'Bearer one two'],
    ['that is nothing', 'Bearer undefined'],
  ])('S1-07 S0-03 a header %s is refused, not passed over', async (_, header) => {
    await using app = await openApp();

    const answer = await app.fetch(SESSION, ask(header));

    expect(answer.status).toBe(401);
    expect(await answer.text()).toContain('"reason":"TOKEN_INVALID"');
  });

  test('S1-01 S0-07 S4-04 session tokens and device passes both travel as Bearer', async () => {
    await using app = await openApp();
    const { accessToken } = await app.session('waiter');
    const pass = await app.withToken(accessToken).auth.passes.issue.mutate({ label: 'Bar' });

    const kinds = await Promise.all(
      [accessToken, pass.token].map((token) => app.withToken(token).auth.session.query()),
    );

    expect(kinds.map(({ via, user }) => [via, user.username])).toEqual([
      ['session', 'waiter'],
      ['pass', 'waiter'],
    ]);
  });

  test('S1-07 a refresh token is no access token', async () => {
    await using app = await openApp();
    const { refreshToken } = await app.session('waiter');

    const refused = await refusalOf(app.withToken(refreshToken).auth.session.query());

    expect(refused.reason).toBe('TOKEN_INVALID');
  });

  test('S0-09 an access token lives for 15 minutes', async () => {
    await using app = await openApp();
    const { accessToken } = await app.session('waiter');
    const { auth } = app.withToken(accessToken);
    app.clock.advance(15 * MINUTE - 1);
    const inTime = await outcomeOf(auth.session.query());

    app.clock.advance(1);
    const late = await outcomeOf(auth.session.query());

    expect([inTime, late]).toEqual(['ok', 'TOKEN_INVALID']);
  });

  test('S1-07 the tokens of a person who is gone are refused', async () => {
    await using app = await openApp();
    const person = await app.given.person();
    const { accessToken, refreshToken } = await app.session(person);
    const em = inside(app);
    (await em.findOneOrFail(Account, person.id)).deletedAt = app.clock.now();
    await em.flush();

    const shown = await outcomeOf(app.withToken(accessToken).auth.session.query());
    const refreshed = await outcomeOf(app.as('anonymous').auth.refresh.mutate({ refreshToken }));

    expect([shown, refreshed]).toEqual(['TOKEN_INVALID', 'TOKEN_INVALID']);
  });
});

describe('asking without a token', () => {
  test.each([
    ['auth.session'],
    ['auth.sessions.list'],
    ['auth.passes.list'],
    ['people.list'],
    ['permissions.mine'],
  ])('S0-14 S1-06 %s says: sign in first', async (path) => {
    await using app = await openApp();

    const answer = await app.fetch(`http://localhost/trpc/${path}`);

    expect(answer.status).toBe(401);
    expect(await answer.text()).toContain('"reason":"UNAUTHENTICATED"');
  });

  test('S1-06 who is known but not allowed is told which capability is missing', async () => {
    await using app = await openApp();

    const refused = await refusalOf(app.as('customer').people.list.query());

    expect(refused).toMatchObject({
      reason: 'FORBIDDEN',
      httpStatus: 403,
      details: { capability: 'staff.read' },
    });
  });

  test('S1-09 an admin may do everything but write recipes; the vault only by breaking the glass', async () => {
    await using app = await openApp();
    const admin = await app.as('admin').permissions.mine.query();
    const { roles } = await app.as('anonymous').permissions.matrix.query();

    const held = new Set<string>(admin.grants.map(({ capability }) => capability));
    const all = roles.flatMap(({ grants }) => grants.map(({ capability }) => capability));
    expect(new Set(all.filter((one) => !held.has(one)))).toEqual(new Set(['recipe.write']));
    expect(admin.grants).toContainEqual(
      expect.objectContaining({ capability: 'vault.open', extent: 'break_glass' }),
    );
  });
});

describe('changing the signing key', () => {
  const OVERLAP = HOUR;
  const kidOf = (token: string): unknown =>
    JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid;

  async function openRotated() {
    const app = await openApp();
    const old = await newKeySet(new Date(app.clock.now().getTime() - DAY));
    app.house.tokens.ring = await KeyRing.from(old);
    const before = await app.session('waiter');
    const both = await rotated(old, app.clock.now(), { overlapMs: OVERLAP });
    app.house.tokens.ring = await KeyRing.from(both);
    const [oldKid, newKid] = both.keys.map(({ kid }) => kid);
    return { app, before, oldKid, newKid };
  }

  test('P7 a token from before goes on working until it ends by itself', async () => {
    const { app: opened, before } = await openRotated();
    await using app = opened;
    const { auth } = app.withToken(before.accessToken);

    const atOnce = await outcomeOf(auth.session.query());
    app.clock.advance(15 * MINUTE - 1);
    const toTheEnd = await outcomeOf(auth.session.query());

    expect([atOnce, toTheEnd]).toEqual(['ok', 'ok']);
  });

  test('P7 the new key signs after a minute, when every server has read it', async () => {
    const { app: opened, oldKid, newKid } = await openRotated();
    await using app = opened;

    const first = await app.session('waiter');
    app.clock.advance(MINUTE - 1);
    const before = await app.session('waiter');
    app.clock.advance(1);
    const after = await app.session('waiter');

    expect([first, before, after].map(({ accessToken }) => kidOf(accessToken))).toEqual([
      oldKid,
      oldKid,
      newKid,
    ]);
    expect(await outcomeOf(app.withToken(after.accessToken).auth.session.query())).toBe('ok');
  });

  test('P7 after the overlap no token of the old key is taken, even one that was seen before', async () => {
    await using app = await openApp({ settings: { accessTokenMs: 3 * HOUR } });
    const old = await newKeySet(new Date(app.clock.now().getTime() - DAY));
    app.house.tokens.ring = await KeyRing.from(old);
    const [seen, unseen] = [await app.session('waiter'), await app.session('waiter')];
    app.house.tokens.ring = await KeyRing.from(
      await rotated(old, app.clock.now(), { overlapMs: OVERLAP }),
    );
    app.clock.advance(MINUTE + OVERLAP - 1);
    const inTime = await outcomeOf(app.withToken(seen.accessToken).auth.session.query());

    app.clock.advance(1);
    const late = await Promise.all(
      [seen, unseen].map(({ accessToken }) =>
        outcomeOf(app.withToken(accessToken).auth.session.query()),
      ),
    );

    expect([inTime, ...late]).toEqual(['ok', 'TOKEN_INVALID', 'TOKEN_INVALID']);
    const next = await app.as('anonymous').auth.refresh.mutate({ refreshToken: seen.refreshToken });
    expect(await outcomeOf(app.withToken(next.accessToken).auth.session.query())).toBe('ok');
  });

  test('P7 the published keys are those that are taken, without their private half', async () => {
    const { app: opened, oldKid, newKid } = await openRotated();
    await using app = opened;
    const published = async () =>
      (await (await app.fetch('http://localhost/.well-known/jwks.json')).json()) as {
        keys: Record<string, string>[];
      };

    const during = await published();
    app.clock.advance(MINUTE + OVERLAP);
    const after = await published();

    expect(during.keys.map(({ kid }) => kid)).toEqual([oldKid, newKid]);
    expect(after.keys).toEqual([
      {
        kty: 'OKP',
        crv: 'Ed25519',
        alg: 'EdDSA',
        use: 'sig',
        kid: newKid,
        x: expect.stringMatching(/^[\w-]{43}$/),
      },
    ]);
  });
});

describe('signing a token', () => {
  test('is waited for by nobody with the database in hand', async () => {
    await using app = await openApp();
    refuseToSignInTransactions(app);
    const { auth } = app.as('anonymous');
    const names = { username: 'nadia', firstName: 'Nadia', lastName: 'Rossi' };

    const registered = await auth.register.mutate({ ...names, password: PASSWORD });
    const signedIn = await auth.login.mutate({ identifier: 'nadia', password: PASSWORD });
    const refreshed = await auth.refresh.mutate({ refreshToken: signedIn.refreshToken ?? '' });
    const switched = await app
      .withToken(refreshed.accessToken)
      .auth.switchRestaurant.mutate({ restaurantId: null });

    const users = [registered, signedIn, refreshed, switched].map(({ user }) => user.username);
    expect(users).toEqual(['nadia', 'nadia', 'nadia', 'nadia']);
  });
});

function refuseToSignInTransactions({ house: { tokens } }: TestApp): void {
  const { ring } = tokens;
  tokens.ring = {
    verifying: (kid, now) => ring.verifying(kid, now),
    published: (now) => ring.published(now),
    signing: (now) => {
      refuseOutsideTransaction();
      return ring.signing(now);
    },
  } as KeyRing;
}
