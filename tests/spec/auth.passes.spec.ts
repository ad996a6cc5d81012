import { DevicePass } from '@comanda/domains/auth/auth.session.entity';
import { HOUR } from '@comanda/kernel/time';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { inTurn, outcomeOf } from '../auth/callers.ts';
import { auditText, inside } from '../auth/looking.ts';
import { openSecondServer } from '../auth/second-server.ts';

describe('a device pass', () => {
  test('S0-01 S0-02 is told once, lasts 24 hours and does what its owner may do', async () => {
    await using app = await openApp();

    const pass = await app.as('manager').auth.passes.issue.mutate({ label: ' Till 2 ' });

    expect(pass).toEqual({
      id: expect.any(String),
      label: 'Till 2',
      token: expect.stringMatching(/^cp_[\w-]{43}$/),
      expiresAt: new Date(app.clock.now().getTime() + 24 * HOUR),
    });
    const till = app.withToken(pass.token);
    expect(await till.auth.session.query()).toMatchObject({
      via: 'pass',
      id: pass.id,
      expiresAt: pass.expiresAt,
      user: { role: 'manager', restaurant: { name: 'Little Lemon' } },
    });
    expect(await outcomeOf(till.people.list.query())).toBe('ok');
  });

  test('S0-02 each device has its own: to end one leaves the other', async () => {
    await using app = await openApp();
    const { auth } = app.as('waiter');
    const till = await auth.passes.issue.mutate({ label: 'Till' });
    const bar = await auth.passes.issue.mutate({ label: 'Bar' });

    await auth.passes.revoke.mutate({ id: till.id });

    const works = await Promise.all(
      [till, bar].map(({ token }) => outcomeOf(app.withToken(token).auth.session.query())),
    );
    expect(till.token).not.toBe(bar.token);
    expect(works).toEqual(['TOKEN_INVALID', 'ok']);
  });

  test('S0-03 an expired one is refused and not listed', async () => {
    await using app = await openApp();
    const pass = await app.as('waiter').auth.passes.issue.mutate({ label: 'Till' });
    const till = app.withToken(pass.token);
    app.clock.advance(24 * HOUR - 1);
    const inTime = await outcomeOf(till.auth.session.query());

    app.clock.advance(1);
    const late = await refusalOf(till.auth.session.query());

    expect(inTime).toBe('ok');
    expect(late).toMatchObject({ reason: 'TOKEN_INVALID', httpStatus: 401 });
    expect(await app.as('waiter').auth.passes.list.query()).toEqual({
      items: [],
      nextCursor: null,
    });
  });

  test('S0-03 an unknown one is refused', async () => {
    await using app = await openApp();

    const refused = await refusalOf(app.withToken(`cp_${'A'.repeat(43)}`).auth.session.query());

    expect(refused).toMatchObject({ reason: 'TOKEN_INVALID', httpStatus: 401 });
  });

  test('S0-02 is kept as a hash only, and audited without it', async () => {
    await using app = await openApp();

    const { id, token } = await app.as('waiter').auth.passes.issue.mutate({ label: 'Till' });

    const kept = await inside(app).findOneOrFail(DevicePass, id);
    const text = await auditText(app);
    expect(kept.tokenHash).toMatch(/^[\w-]{43}$/);
    expect(JSON.stringify(Object.values(kept))).not.toContain(token.slice(3));
    expect(text).toContain('"action":"auth.passes.issue"');
    expect(text).not.toContain(token.slice(3));
    expect(text).not.toContain(kept.tokenHash);
    expect(app.logs.join('')).not.toContain(token.slice(3));
  });

  test('is listed for its owner, newest first, without its token', async () => {
    await using app = await openApp();
    const { auth } = app.as('waiter');
    await auth.passes.issue.mutate({ label: 'Till' });
    await auth.passes.issue.mutate({ label: 'Bar' });
    await app.as('chef').auth.passes.issue.mutate({ label: 'Stove' });

    const { items } = await auth.passes.list.query();

    expect(items).toEqual(
      ['Bar', 'Till'].map((label) => ({
        id: expect.any(String),
        label,
        createdAt: app.clock.now(),
        expiresAt: new Date(app.clock.now().getTime() + 24 * HOUR),
        restaurant: { id: app.home.restaurantId, name: 'Little Lemon' },
      })),
    );
  });

  test('S0-04 ends itself, and a second time ends nothing', async () => {
    await using app = await openApp();
    const owner = app.as('waiter');
    const { id, token } = await owner.auth.passes.issue.mutate({ label: 'Till' });

    const left = await app.withToken(token).auth.passes.revoke.mutate({ id });
    const again = await owner.auth.passes.revoke.mutate({ id });

    expect([left, again]).toEqual([{ ended: 1 }, { ended: 0 }]);
    expect(await outcomeOf(app.withToken(token).auth.session.query())).toBe('TOKEN_INVALID');
  });

  test('S0-04 somebody else’s is answered like one that never was', async () => {
    await using app = await openApp();
    const { id } = await app.as('waiter').auth.passes.issue.mutate({ label: 'Till' });
    const { auth } = app.as('chef');

    const foreign = await refusalOf(auth.passes.revoke.mutate({ id }));
    const unknown = await refusalOf(auth.passes.revoke.mutate({ id: crypto.randomUUID() }));

    expect(foreign).toMatchObject({ reason: 'NOT_FOUND', details: { what: 'pass' } });
    expect(unknown.details).toEqual(foreign.details);
  });

  test('may not touch the keys to the account', async () => {
    await using app = await openApp();
    const { token } = await app.as('waiter').auth.passes.issue.mutate({ label: 'Till' });
    const { auth } = app.withToken(token);
    const passwords = { password: 'whatever it was', newPassword: 'another horse battery' };

    const outcomes = await Promise.all(
      [
        auth.passes.issue.mutate({ label: 'Another' }),
        auth.passes.list.query(),
        auth.sessions.list.query(),
        auth.sessions.revoke.mutate({ id: crypto.randomUUID() }),
        auth.sessions.revokeOthers.mutate(),
        auth.changePassword.mutate(passwords),
        auth.switchRestaurant.mutate({ restaurantId: null }),
      ].map(outcomeOf),
    );

    expect(outcomes).toEqual(outcomes.map(() => 'SESSION_REQUIRED'));
  });

  test.each(['', '   ', 'x'.repeat(101)])('needs a label: %j is none', async (label) => {
    await using app = await openApp();

    const refused = await refusalOf(app.as('waiter').auth.passes.issue.mutate({ label }));

    expect(refused.reason).toBe('VALIDATION');
  });
});

describe('making many passes', () => {
  test('a person keeps ten: the oldest gives way', async () => {
    await using app = await openApp();
    const { auth } = app.as('waiter');
    const { token: oldest } = await auth.passes.issue.mutate({ label: 'till 0' });
    await inTurn(10, () => auth.passes.issue.mutate({ label: 'till' }));

    const { items } = await auth.passes.list.query();

    expect(items).toHaveLength(10);
    expect((await refusalOf(app.withToken(oldest).auth.session.query())).reason).toBe(
      'TOKEN_INVALID',
    );
  });

  test('a session that another server has ended makes none, although it is remembered here', async () => {
    await using app = await openApp();
    await using second = await openSecondServer(app);
    const { accessToken } = await app.session('waiter');
    const { auth } = second.withToken(accessToken);
    await auth.session.query();
    await app.withToken(accessToken).auth.logout.mutate();

    const refused = await refusalOf(auth.passes.issue.mutate({ label: 'thief' }));

    expect(refused).toMatchObject({ reason: 'TOKEN_INVALID', httpStatus: 401 });
  });
});
