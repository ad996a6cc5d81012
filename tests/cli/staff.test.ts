import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@comanda/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { between } from './between.ts';
import { type Desks, openDesks } from './desks.ts';
import { begun, type Desk, typed } from './running.ts';

interface Outcome {
  place: string;
  name: string;
  state: string;
  reason?: string;
  password?: string;
}

let desks: Desks;
let manager: Desk;
let house: Client;

beforeAll(async () => {
  desks = await openDesks();
  manager = await desks.signedIn('manager');
  house = desks.server.client((await desks.server.signIn('manager')).accessToken);
});
afterAll(() => desks?.[Symbol.asyncDispose]());

const people = async () => (await house.people.list.query({ limit: 100 })).items;
const named = async (username: string) =>
  (await people()).find((person) => person.username === username);
const hiring = (content: string, ...args: string[]) =>
  typed(manager, ['staff', 'import', desks.file('staff.csv', content), ...args]);
const outcomesIn = (out: string) => (JSON.parse(out) as { people: Outcome[] }).people;
const signIn = (identifier: string, password = '') =>
  desks.server.client().auth.login.mutate({ identifier, password });

/** Somebody who may hire one person every four seconds. */
async function slowed(role: 'head_chef' | 'master_chef'): Promise<Desk> {
  const desk = await desks.signedIn(role);
  const { accessToken } = await desks.server.signIn('admin');
  await desks.server.client(accessToken).quotas.set.mutate({ role, writes: ['1 per 4 s'] });
  return desk;
}

describe('hiring from a file', () => {
  test('gives everybody a password that works, and tells it once', async () => {
    const csv = 'username,firstName,role,level\nada,Ada,waiter,1\nbea,Bea,chef,\n';

    const { code, out } = await hiring(csv, '--json');
    const [ada, bea] = outcomesIn(out);

    expect(code).toBe(0);
    expect(await named('ada')).toMatchObject({ firstName: 'Ada', role: 'waiter', level: 1 });
    expect((await signIn('ada', ada?.password)).user.role).toBe('waiter');
    expect((await signIn('bea', bea?.password)).user.role).toBe('chef');
    expect(ada?.password).not.toBe(bea?.password);
  });

  test('run again hires nobody twice, and says so', async () => {
    const csv = 'username,role\ncato,waiter\ncleo,waiter\n';
    const first = await hiring(csv);
    const before = await people();

    const again = await hiring(csv, '--json');

    expect([first.code, again.code]).toEqual([0, 6]);
    expect(outcomesIn(again.out)).toMatchObject([
      { place: 'line 2', name: 'cato', state: 'refused', reason: 'ALREADY_STAFF' },
      { place: 'line 3', name: 'cleo', state: 'refused', reason: 'ALREADY_STAFF' },
    ]);
    expect(again.out).not.toContain('password');
    expect(await people()).toEqual(before);
  });

  test('goes on where somebody is refused, and tells why by the line', async () => {
    const csv = [
      'username,role,password,level',
      'customer,waiter,,',
      'dora,waiter,aaaaaaaaaaaa,',
      'dana,employee,,5',
      'dino,waiter,,',
    ].join('\n');

    const { code, out } = await hiring(csv);
    const lines = out.trimEnd().split('\n');

    expect(code).toBe(6);
    expect(lines).toEqual([
      'line 2: customer: refused: NAME_TAKEN: Somebody has that name already. (username)',
      'line 3: dora: refused: PASSWORD_WEAK: This password is too easy to guess.',
      expect.stringMatching(/^line 4: dana: refused: LEVEL_TOO_HIGH: /),
      expect.stringMatching(/^line 5: dino: hired as waiter, password \S{19}$/),
      '1 hired, 3 refused, 0 not tried.',
    ]);
  });

  test('writes passwords to a new file for nobody else', async () => {
    const file = join(manager.folder, 'passwords.csv');

    const { code, out } = await hiring('username,role\nemil,waiter\n', '--passwords', file);
    const again = await hiring('username,role\nemma,waiter\n', '--passwords', file);
    const [, password = ''] = /^emil,(\S+)$/m.exec(readFileSync(file, 'utf8')) ?? [];

    expect([code, statSync(file).mode & 0o777]).toEqual([0, 0o600]);
    expect((await signIn('emil', password)).user.username).toBe('emil');
    expect(out).not.toContain(password);
    expect([again.code, again.err]).toEqual([2, expect.stringContaining('cannot be made')]);
    expect(await named('emma')).toBeUndefined();
  });

  test('takes a list in YAML as it is written, and invites who has an account', async () => {
    const yaml =
      '- username: fay\n  phone: +49300555123\n  role: waiter\n- existing: customer\n  role: waiter\n';
    const file = desks.file('staff.yaml', yaml);

    const { code, out } = await typed(manager, ['staff', 'import', file, '--json']);

    expect(code).toBe(0);
    expect(outcomesIn(out)).toMatchObject([
      { name: 'fay', state: 'hired' },
      { name: 'customer', state: 'invited' },
    ]);
    expect(await named('fay')).toMatchObject({ phone: '+49300555123' });
  });

  test('of a file with anything wrong in it hires nobody', async () => {
    const before = await people();
    const csv = [
      'username,email,role,level,password',
      'gil,,king,,',
      ',,waiter,,',
      'gus,gus@example.com,waiter,9,short',
      'gia,gia@example.com,waiter,,',
      'gia,GIA@example.com,waiter,,',
    ].join('\n');

    const { code, out, err } = await hiring(csv);

    expect([code, out]).toEqual([7, '']);
    expect(err.trimEnd().split('\n').slice(1)).toEqual([
      expect.stringMatching(/^ {2}line 2, role: king is none that you give: employee, /),
      '  line 3: needs a username, an email or a phone, or the name of somebody under existing',
      '  line 4, level: is 1 to 5',
      '  line 4, password: is 8 to 256 characters long',
      '  line 6, username: stands in line 5 already',
      '  line 6, email: stands in line 5 already',
    ]);
    expect(await people()).toEqual(before);
  });

  test('on trial hires nobody', async () => {
    const before = await people();

    const { code, out } = await hiring('username,role\nhal,waiter\nmanager,waiter\n', '--dry-run');

    expect([code, out.split('\n')[0]]).toEqual([6, 'line 2: hal: would be hired as waiter']);
    expect(out).toContain('1 would be hired, 1 not.');
    expect(await people()).toEqual(before);
  });

  test('tells the password of whoever is perhaps hired, and stops there', async () => {
    await using lossy = await between(desks.server.url, (path) => ({
      lost: path.includes('people.create'),
    }));
    const desk = await desks.signedIn('manager', { COMANDA_URL: lossy.url });
    const file = desks.file('staff.csv', 'username,role\nivo,waiter\nida,waiter\n');

    const { code, out, err } = await typed(desk, ['staff', 'import', file, '--json']);
    const [ivo, ida] = outcomesIn(out);

    expect(code).toBe(9);
    expect([ivo?.state, ida?.state]).toEqual(['unknown', 'untried']);
    expect((await signIn('ivo', ivo?.password)).user.username).toBe('ivo');
    expect(await named('ida')).toBeUndefined();
    expect(JSON.parse(err)).toMatchObject({ error: { reason: 'FAULT' } });
  });

  test('waits for the quota by itself, and says so', async () => {
    const headChef = await slowed('head_chef');
    const file = desks.file('staff.csv', 'username,role\njo,chef\njan,chef\njim,chef\n');

    const { code, out, err } = await typed(headChef, ['staff', 'import', file]);

    expect([code, out]).toEqual([0, expect.stringContaining('3 hired, 0 refused, 0 not tried.')]);
    expect(err).toMatch(/^Waiting: .+\n$/);
  });

  test('is ended by Ctrl-C behind the one under way, and tells who was not tried', async () => {
    const rows = Array.from({ length: 5 }, (_, at) => `quirin-${at},chef`);
    const file = desks.file('staff.csv', ['username,role', ...rows].join('\n'));
    const run = begun(await slowed('master_chef'), ['staff', 'import', file]);
    await expect.poll(() => run.said.out, { timeout: 30_000 }).toContain('hired');

    run.child.kill('SIGINT');
    const { code, out } = await run.ended;
    const hired = out.match(/: hired as chef/g)?.length ?? 0;

    expect(code).toBe(6);
    expect(hired).toBeLessThan(5);
    expect(out).toContain(`${hired} hired, 0 refused, ${5 - hired} not tried.`);
    expect((await house.people.list.query({ search: 'quirin', limit: 100 })).items).toHaveLength(
      hired,
    );
  });

  test('is not for everybody', async () => {
    const waiter = await desks.signedIn('waiter');

    const { code } = await typed(waiter, ['staff', 'import', desks.file('x.csv', 'role\n')]);
    const file = desks.file('staff.csv', 'username,role\nkim,waiter\n');
    const asked = await typed(waiter, ['staff', 'import', file]);

    expect([code, asked.code]).toEqual([7, 7]);
    expect(asked.err).toContain('line 2, role: ');
  });
});
