import { HOUR, MINUTE } from '@comanda/kernel/time';
import type { TestApp } from '@comanda/testing';
import type { Person } from '@comanda/testing/given';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import {
  askTogether,
  cycle,
  deniedTo,
  everyRow,
  freshly,
  idsOf,
  mixedBatches,
  ofKind,
  promised,
  showing,
  verdictsOf,
} from './access.calls.ts';
import { CALLERS, DOORS, PATHS, type Role, ROLES, SESSION_ONLY } from './access.table.ts';

/** All but the late ones were good, and were used, before they went bad. */
const SPOILED: [token: string, spoil: (app: TestApp, owner: Person) => Promise<string>][] = [
  [
    'an access token that has expired',
    async (app, owner) => {
      const { accessToken } = await signIn(app, owner);
      app.clock.advance(16 * MINUTE);
      return accessToken;
    },
  ],
  [
    'the access token of a revoked session',
    async (app, owner) => {
      const { accessToken } = await signIn(app, owner);
      await app.as(owner).auth.sessions.revokeOthers.mutate();
      return accessToken;
    },
  ],
  [
    'the access token of a session that was logged out',
    async (app, owner) => {
      const { accessToken, refreshToken } = await signIn(app, owner);
      await app.as('anonymous').auth.logout.mutate({ refreshToken });
      return accessToken;
    },
  ],
  [
    'the access token of a deactivated membership',
    async (app, owner) => {
      const { accessToken } = await signIn(app, owner);
      await app.as('admin').people.deactivate.mutate({ personId: owner.id });
      return accessToken;
    },
  ],
  [
    'the access token of a deactivated account',
    async (app, owner) => {
      const { accessToken } = await signIn(app, owner);
      await app.as('admin').people.deactivateAccount.mutate({ personId: owner.id });
      return accessToken;
    },
  ],
  [
    'an access token from before a change of role',
    async (app, owner) => {
      const { accessToken } = await signIn(app, owner);
      await app
        .as('admin')
        .people.setRole.mutate({ personId: owner.id, role: otherThan(owner.role) });
      return accessToken;
    },
  ],
  [
    'the access token of a sign-in that came late for its membership',
    async (app, owner) => {
      await app.as('admin').people.deactivate.mutate({ personId: owner.id });
      return (await app.session(owner)).accessToken;
    },
  ],
  [
    'the access token of a sign-in that came late for its account',
    async (app, owner) => {
      await app.as('admin').people.deactivateAccount.mutate({ personId: owner.id });
      return (await app.session(owner)).accessToken;
    },
  ],
  [
    'an access token with another signature',
    async (app, owner) => {
      const { accessToken } = await signIn(app, owner);
      return accessToken.replace(/.{8}$/, 'AAAAAAAA');
    },
  ],
  [
    'a device pass that has expired',
    async (app, owner) => {
      const { token } = await issuePass(app, owner);
      app.clock.advance(25 * HOUR);
      return token;
    },
  ],
  [
    'a revoked device pass',
    async (app, owner) => {
      const { token, id } = await issuePass(app, owner);
      await app.as(owner).auth.passes.revoke.mutate({ id });
      return token;
    },
  ],
  [
    'the device pass of a deactivated membership',
    async (app, owner) => {
      const { token } = await issuePass(app, owner);
      await app.as('admin').people.deactivate.mutate({ personId: owner.id });
      return token;
    },
  ],
];

describe('showing a token that is good no more', () => {
  const closed = PATHS.filter((path) => !DOORS.includes(path));
  const refused = Object.fromEntries(closed.map((path) => [path, '401 TOKEN_INVALID']));

  test.each(SPOILED)('P13 P8 T32 %s opens nothing, in no role', async (_, spoil) => {
    await using app = await openApp();
    const ids = await idsOf(app, app.home.staff.chef);
    const tokens = await forEveryRole((role) => spoiledOf(app, { role, spoil }));
    const before = await everyRow(app);

    const told = await forEveryRole((role) =>
      verdictsOf(app, { paths: closed, ids, show: showing(tokens[role]) }),
    );

    expect(told).toEqual(Object.fromEntries(ROLES.map((role) => [role, refused])));
    expect(await everyRow(app)).toEqual(before);
  });

  test.each(SPOILED)('P13 %s keeps nobody from signing in or out', async (_, spoil) => {
    await using app = await openApp();
    const token = await spoiledOf(app, { role: 'waiter', spoil });
    const ids = await idsOf(app, app.home.staff.chef);

    const told = await verdictsOf(app, { paths: DOORS, ids, show: showing(token) });

    expect(told).toEqual(promised('anonymous', DOORS));
  });
});

describe('showing a token from before a change of level', () => {
  test('P13 T32 D2 it has to be refreshed first', async () => {
    await using app = await openApp();
    const { chef } = app.home.staff;
    const { accessToken, refreshToken } = await signIn(app, chef);
    await app.as('manager').people.setLevel.mutate({ personId: chef.id, level: 1 });

    const stale = await refusalOf(app.withToken(accessToken).permissions.mine.query());
    const fresh = await app.as('anonymous').auth.refresh.mutate({ refreshToken });

    expect(stale).toMatchObject({ reason: 'TOKEN_INVALID', httpStatus: 401 });
    expect(await app.withToken(fresh.accessToken).permissions.mine.query()).toMatchObject({
      level: 1,
    });
  });
});

describe('showing a device pass', () => {
  test.each(ROLES)('P13 the pass of %s does what the owner may, but for the keys', async (role) => {
    await using app = await openApp();
    const cook = await app.given.person({ role: 'chef' });
    const ids = { ...(await idsOf(app, app.home.staff[role])), personId: cook.id };
    const { token } = await issuePass(app, app.home.staff[role]);

    const told = await verdictsOf(app, { paths: PATHS, ids, show: showing(token) });

    const owners = promised(role, PATHS);
    const keys = SESSION_ONLY.filter((path) => owners[path] === 'allowed');
    expect(told).toEqual({
      ...owners,
      ...Object.fromEntries(keys.map((path) => [path, '403 SESSION_REQUIRED'])),
    });
  });
});

describe('calling in batches', () => {
  test.each(mixedBatches())(
    'P13 among ten calls of $caller one $kind is allowed, nine are not',
    async ({ caller, paths }) => {
      await using app = await openApp();
      const ids = await idsOf(app, app.home.staff.chef);
      const token = await freshly(app, caller)();

      const { status, verdicts } = await askTogether(app, { paths, ids, token });

      expect(status).toBe(207);
      expect(verdicts).toEqual(paths.map((path) => [path, promised(caller, [path])[path]]));
    },
  );

  test.each(CALLERS.filter((caller) => caller !== 'admin'))(
    'P13 ten mutations that are denied to %s leave no trace',
    async (caller) => {
      await using app = await openApp();
      const ids = await idsOf(app, app.home.staff.chef);
      const token = await freshly(app, caller)();
      const paths = cycle(ofKind('mutation', deniedTo(caller)), 10);
      const before = await everyRow(app);

      const { verdicts } = await askTogether(app, { paths, ids, token });

      expect(verdicts).toEqual(paths.map((path) => [path, promised(caller, [path])[path]]));
      expect(await everyRow(app)).toEqual(before);
    },
  );

  test.each(PATHS.filter((path) => path.startsWith('auth.')))(
    'P13 T5 %s is not for batches, whoever calls',
    async (path) => {
      await using app = await openApp();
      const ids = await idsOf(app, app.home.staff.admin);
      const token = await freshly(app, 'admin')();
      const before = await everyRow(app);

      const { status, verdicts } = await askTogether(app, { paths: [path, path], ids, token });

      expect(status).toBe(400);
      expect(verdicts).toEqual([path, path].map((each) => [each, '400 NOT_BATCHABLE']));
      expect(await everyRow(app)).toEqual(before);
    },
  );
});

async function signIn(app: TestApp, owner: Person) {
  const session = await app.session(owner);
  await app.withToken(session.accessToken).permissions.mine.query();
  return session;
}

async function issuePass(app: TestApp, owner: Person) {
  const pass = await app.as(owner).auth.passes.issue.mutate({ label: 'Screen' });
  await app.withToken(pass.token).permissions.mine.query();
  return pass;
}

function otherThan(role: Role): Role {
  return role === 'employee' ? 'waiter' : 'employee';
}

/** The token of somebody who works at home, customers included: so that they can be dismissed. */
async function spoiledOf(
  app: TestApp,
  { role, spoil }: { role: Role; spoil: (typeof SPOILED)[number][1] },
): Promise<string> {
  return spoil(app, await app.given.person({ role, restaurantId: app.home.restaurantId }));
}

async function forEveryRole<Answer>(
  work: (role: Role) => Promise<Answer>,
): Promise<Record<Role, Answer>> {
  const answers: Partial<Record<Role, Answer>> = {};
  for (const role of ROLES) answers[role] = await work(role);
  return answers as Record<Role, Answer>;
}
