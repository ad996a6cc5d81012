import { chmodSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { between } from './between.ts';
import { type Desks, openDesks } from './desks.ts';
import { type Desk, typed } from './running.ts';

let desks: Desks;

beforeAll(async () => {
  desks = await openDesks();
});
afterAll(() => desks?.[Symbol.asyncDispose]());

async function examined(desk: Desk, ...args: string[]) {
  const { code, out } = await typed(desk, ['doctor', ...args]);
  return { code, lines: out.trimEnd().split('\n') };
}

describe('the doctor', () => {
  test('finds nothing where all is well', async () => {
    const { code, out } = await typed(await desks.signedIn('manager'), ['doctor', '--json']);
    const { findings, ...told } = JSON.parse(out) as {
      findings: { what: string; state: string }[];
    };

    expect([code, told]).toEqual([0, { well: true }]);
    expect(findings.map(({ what, state }) => `${what} ${state}`)).toEqual([
      'service ok',
      expect.stringMatching(/^latency (ok|warn)$/),
      'clock ok',
      'ready ok',
      'contract ok',
      'sign-in ok',
      'quota ok',
      'quota ok',
      'folder ok',
    ]);
  });

  test('says how to sign in where nobody is', async () => {
    const { code, lines } = await examined(desks.nobody());

    expect(code).toBe(0);
    expect(lines).toContain('warn  sign-in   Nobody is signed in.');
    expect(lines).toContain('                comanda sign-in <name>');
  });

  test('finds nobody at home', async () => {
    const { code, lines } = await examined(desks.nobody({ COMANDA_URL: 'http://127.0.0.1:1' }));

    expect([code, lines[0]]).toEqual([1, 'bad   service   Nothing answers at http://127.0.0.1:1.']);
  });

  test('finds a pass that is over', async () => {
    const { code, lines } = await examined(desks.nobody({ COMANDA_TOKEN: 'x'.repeat(40) }));

    expect(code).toBe(1);
    expect(lines).toContain('bad   sign-in   The pass has ended, or was revoked.');
  });

  test('finds a folder that others may look into', async () => {
    const desk = await desks.signedIn('chef');
    chmodSync(desk.folder, 0o755);

    const { code, lines } = await examined(desk);

    expect(code).toBe(1);
    expect(lines).toContain(`bad   folder    Others on this machine may look into ${desk.folder}.`);
  });

  test.each<[string, Parameters<typeof between>[1]]>([
    [
      'bad   ready     It takes no calls: database, disk.',
      (path) =>
        path === '/ready'
          ? {
              answer: {
                status: 503,
                body: { status: 'unavailable', reasons: ['database', 'disk'] },
              },
            }
          : {},
    ],
    [
      'warn  ready     It takes calls, without redis.',
      (path) =>
        path === '/ready'
          ? { answer: { status: 200, body: { status: 'ready', degraded: ['redis'] } } }
          : {},
    ],
    [
      'bad   contract  It speaks version 0.1 of the contract, and this command 9.9.',
      () => ({ headers: { 'x-comanda-contract': '9.9.abc' } }),
    ],
    [
      'bad   clock     The clock here is 60',
      (path) => {
        const date = new Date(Date.now() - 600_000).toUTCString();
        return path === '/health' ? { answer: { status: 200, body: {}, headers: { date } } } : {};
      },
    ],
    [
      'bad   service   ',
      (path) => (path === '/health' ? { answer: { status: 502, body: {} } } : {}),
    ],
  ])('finds it: %s', async (line, meddle) => {
    await using other = await between(desks.server.url, meddle);

    const { code, lines } = await examined(desks.nobody({ COMANDA_URL: other.url }));

    expect(code).toBe(line.startsWith('bad') ? 1 : 0);
    expect(lines).toContainEqual(expect.stringContaining(line));
  });

  test('counts what is left of the quota', async () => {
    const { accessToken } = await desks.server.signIn('admin');
    const { quotas } = desks.server.client(accessToken);
    const desk = await desks.signedIn('waiter');
    await quotas.set.mutate({ role: 'waiter', reads: ['10/h'] });
    await typed(desk, ['quotas', 'mine']);
    await typed(desk, ['tables', 'list']);

    const few = await examined(desk);
    const none = await examined(desk)
      .then(() => examined(desk))
      .then(() => examined(desk));

    expect(few.lines).toContainEqual(expect.stringMatching(/ quota +\d of 10 reads are left\.$/));
    expect([none.code, none.lines]).toEqual([
      1,
      expect.arrayContaining(['bad   quota     The quota is used up.']),
    ]);
  });
});
