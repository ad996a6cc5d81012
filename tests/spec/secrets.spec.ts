import { MINUTE } from '@comanda/kernel/time';
import { AuditEntry } from '@comanda/storage/audit.entity';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import type { TestApp } from '@comanda/testing';
import { behind } from '@comanda/testing/author';
import { PASSWORD } from '@comanda/testing/given';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { ask, post, withoutTable } from '../http.ts';

/** Would be found wherever it was written, cut to pieces or not. */
const CANARY = 'canaryQ7x';
const everything = { config: { logLevel: 'trace' } };

async function auditOf({ house }: TestApp): Promise<string> {
  const em = acrossRestaurants(house.database, behind(house.clock));
  return JSON.stringify(await em.findAll(AuditEntry));
}

describe('P34 logs, at their most talkative', () => {
  test('hold no password, right or wrong, old or new', async () => {
    await using app = await openApp(everything);
    const { auth } = app.as('anonymous');
    const password = `${CANARY} of a customer`;

    const { accessToken } = await auth.register.mutate({ username: 'somebody', password });
    await auth.login.mutate({ identifier: 'somebody', password });
    const wrong = refusalOf(auth.login.mutate({ identifier: 'chef', password: `${CANARY}-wrong` }));
    const changing = { password, newPassword: `${CANARY} of the same one` };
    await app.withToken(accessToken).auth.changePassword.mutate(changing);
    const code = { identifier: 'chef', code: `${CANARY}-code`, newPassword: `${CANARY}-new-one` };
    const reset = refusalOf(auth.resetPassword.mutate(code));

    expect(JSON.stringify([await wrong, await reset])).not.toContain(CANARY);
    expect(app.logs.length).toBeGreaterThan(5);
    expect(app.logs.join('')).not.toContain(CANARY);
    expect(await auditOf(app)).not.toContain(CANARY);
  });

  test('hold no token that was given out, and no part of one', async () => {
    await using app = await openApp(everything);
    const credentials = { identifier: 'manager', password: PASSWORD };

    const first = await app.as('anonymous').auth.login.mutate(credentials);
    const again = await app
      .as('anonymous')
      .auth.refresh.mutate({ refreshToken: first.refreshToken });
    const signedIn = app.withToken(again.accessToken);
    const pass = await signedIn.auth.passes.issue.mutate({ label: 'kitchen display' });
    const personId = app.home.staff.waiter.id;
    const { code } = await signedIn.people.issueResetCode.mutate({ personId });
    await app.withToken(pass.token).auth.session.query();
    await signedIn.auth.logout.mutate({ refreshToken: again.refreshToken });
    const written = `${app.logs.join('')}${await auditOf(app)}`;

    const secrets = [first, again].flatMap((one) => [one.accessToken, one.refreshToken ?? '']);
    const parts = [...secrets, pass.token, code].flatMap((secret) => [secret, secret.slice(-12)]);
    expect(parts.filter((part) => written.includes(part))).toEqual([]);
  });

  test('hold nothing of a session cookie, given, used, used up and taken away', async () => {
    await using app = await openApp(everything);
    const page = { 'x-session': 'cookie', origin: 'http://localhost' };
    const body = JSON.stringify({ json: { identifier: 'manager', password: PASSWORD } });
    const cookieIn = ({ headers }: Response) => headers.getSetCookie()[0]?.split(';')[0] ?? '';

    const first = cookieIn(await post(app, '/trpc/auth.login', { body, headers: page }));
    const headers = { ...page, cookie: first };
    const second = cookieIn(await post(app, '/trpc/auth.refresh', { headers }));
    app.clock.advance(MINUTE);
    await post(app, '/trpc/auth.refresh', { headers });
    const fault = await withoutTable(app, 'session', () =>
      post(app, '/trpc/auth.logout', { headers: { ...page, cookie: second } }),
    );
    await post(app, '/trpc/auth.logout', { headers: { ...page, cookie: second } });
    const written = `${app.logs.join('')}${await auditOf(app)}`;

    expect(fault.status).toBe(500);
    const tokens = [first, second].map((cookie) => cookie.replace('comanda-session=', ''));
    const parts = tokens.flatMap((token) => token.split('.').slice(2));
    expect(parts.map(({ length }) => length)).toEqual([43, 22, 43, 22]);
    expect(parts.filter((part) => written.includes(part))).toEqual([]);
  });

  test.each([
    ['a token', { authorization: `Bearer ${CANARY}` }],
    ['a pass', { authorization: `Bearer cp_${CANARY}` }],
    ['a password', { authorization: `Basic ${btoa(`chef:${CANARY}`)} ${CANARY}` }],
    ['a cookie', { cookie: `__Host-comanda-session=${CANARY}` }],
    ['a cookie that is asked for', { 'x-session': 'cookie', cookie: `comanda-session=${CANARY}` }],
    ['an origin', { 'x-session': 'cookie', origin: `https://${CANARY}.example` }],
    ['a guest token', { 'x-guest-token': CANARY }],
    ['an id of bad shape', { 'x-request-id': `${CANARY} ${CANARY}` }],
  ])('hold nothing of %s in a header', async (_, headers) => {
    await using app = await openApp(everything);

    const answers = await Promise.all([
      ask(app, '/trpc/permissions.mine', { headers }),
      ask(app, '/nothing', { headers }),
      post(app, '/trpc/auth.login', { body: '{', headers }),
    ]);
    const told = await Promise.all(answers.map((answer) => answer.text()));

    expect(told.join('')).not.toContain(CANARY);
    expect(app.logs.join('')).not.toContain(CANARY);
  });

  test.each([
    `/trpc/people.list?input=%7B%22json%22%3A%7B%22search%22%3A%22${CANARY}%22%7D%7D`,
    `/trpc/people.list?input=${CANARY}`,
    `/trpc/restaurants.list?input=%7B%22json%22%3A%7B%22${CANARY}%22%3A1%7D%7D`,
    `/trpc/no.such?token=${CANARY}`,
    `/nothing?token=${CANARY}`,
    `/health?connectionParams=${CANARY}`,
    `/trpc/%zz?token=${CANARY}`,
  ])('hold nothing of the query in %s', async (path) => {
    await using app = await openApp(everything);

    const answer = await ask(app, path);

    expect(await answer.text()).not.toContain(CANARY);
    expect(app.logs.length).toBeGreaterThan(0);
    expect(app.logs.join('')).not.toContain(CANARY);
  });

  test.each([
    ['half a JSON', `{"json":{"identifier":"chef","password":"${CANARY}`],
    ['no JSON', CANARY],
    ['JSON of a bad shape', `{"json":{"identifier":["${CANARY}"],"${CANARY}":1}}`],
    ['meta of a bad shape', `{"json":{},"meta":{"values":{"${CANARY}":["Set"]}}}`],
    ['too much of it', `{"json":"${CANARY.repeat(10_000)}"}`],
  ])('and answers hold nothing of a body that is %s', async (_, body) => {
    await using app = await openApp(everything);

    const answer = await post(app, '/trpc/auth.login', { body });

    expect(await answer.text()).not.toContain(CANARY);
    expect(app.logs.join('')).not.toContain(CANARY);
  });

  test('hold nothing of a name that is taken', async () => {
    await using app = await openApp(everything);
    const email = `${CANARY}@example.com`;
    const { auth } = app.as('anonymous');
    await auth.register.mutate({ email, password: PASSWORD });

    const again = Array.from({ length: 3 }, () =>
      refusalOf(auth.register.mutate({ email: email.toUpperCase(), password: PASSWORD })),
    );

    expect((await Promise.all(again)).map(({ reason }) => reason)).toEqual(
      Array(3).fill('NAME_TAKEN'),
    );
    expect(JSON.stringify(await Promise.all(again))).not.toContain(CANARY);
    expect(app.logs.join('')).not.toContain(CANARY);
  });

  test.each([
    ['as it is', CANARY],
    ['on a line that looks like a stack', `a\n    at ${CANARY}`],
    ['behind a quote', `'"\`${CANARY}`],
  ])('hold nothing of the values of a statement that failed, %s', async (_, secret) => {
    await using app = await openApp(everything);
    const { accessToken } = await app.session('manager');
    const { auth, people } = app.withToken(accessToken);
    const login = { identifier: secret, password: `${CANARY}-password` };
    const names = { username: 'new.waiter', firstName: secret };

    const read = await withoutTable(app, 'account', () =>
      refusalOf(app.as('anonymous').auth.login.mutate(login)),
    );
    const inserted = await withoutTable(app, 'device_pass', () =>
      refusalOf(auth.passes.issue.mutate({ label: secret })),
    );
    const audited = await withoutTable(app, 'audit_entry', () =>
      refusalOf(people.create.mutate({ ...names, password: PASSWORD, role: 'waiter' })),
    );
    const refused = [read, inserted, audited];
    const faults = app.logs.filter((line) => line.includes('"msg":"fault"'));

    expect(refused.map(({ reason }) => reason)).toEqual(Array(3).fill('INTERNAL'));
    expect(JSON.stringify(refused)).not.toContain(CANARY);
    expect(faults).toHaveLength(3);
    expect(faults.join('')).toContain('the database refused a statement');
    expect(app.logs.join('')).not.toContain(CANARY);
  });
});

describe('P34 the audit log', () => {
  test('tells of a new person by name, and keeps the password and its hash back', async () => {
    await using app = await openApp();
    const password = `${CANARY} of a waiter`;

    await app
      .as('manager')
      .people.create.mutate({ username: 'new.waiter', password, role: 'waiter' });
    const audit = await auditOf(app);

    expect(audit).toContain('new.waiter');
    expect(audit).not.toContain(CANARY);
    expect(audit).not.toContain('$argon2');
  });
});
