import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createClient } from '@comanda/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { outcomeOf } from '../auth/callers.ts';
import { PIXEL } from '../package/pixel.ts';
import { answered, type Desks, openDesks } from './desks.ts';
import { begun, type Desk, typed } from './running.ts';

let desks: Desks;
let manager: Desk;

beforeAll(async () => {
  desks = await openDesks();
  manager = await desks.signedIn('manager');
});
afterAll(() => desks?.[Symbol.asyncDispose]());

describe('signing in', () => {
  test('keeps a pass for this user alone, and no password', async () => {
    const desk = await desks.signedIn('chef');

    const kept = readFileSync(join(desk.folder, 'sign-in.json'), 'utf8');
    const modes = [desk.folder, join(desk.folder, 'sign-in.json')].map(
      (path) => statSync(path).mode & 0o777,
    );
    const { out } = await typed(desk, ['who']);

    expect(modes).toEqual([0o700, 0o600]);
    expect(kept).not.toContain(desks.server.passwords['chef']);
    expect(out).toContain('name: chef');
    expect(out).not.toContain((JSON.parse(kept) as { token: string }).token);
  });

  test('leaves no session open but the pass', async () => {
    const desk = await desks.signedIn('sous_chef');

    const { accessToken } = await desks.server.signIn('sous_chef');
    const { passes, sessions } = desks.server.client(accessToken).auth;

    expect((await answered(desk, 'who'))['name']).toBe('sous_chef');
    expect((await passes.list.query()).items).toHaveLength(1);
    expect((await sessions.list.query()).items).toEqual([
      expect.objectContaining({ current: true }),
    ]);
  });

  test('is over after signing out, here and over there', async () => {
    const desk = await desks.signedIn('waiter');
    const file = join(desk.folder, 'sign-in.json');
    const { token } = JSON.parse(readFileSync(file, 'utf8')) as { token: string };

    const { code, out } = await typed(desk, ['sign-out']);
    const asked = createClient({ url: desks.server.url, token, retry: false }).auth.session.query();

    expect([code, out]).toEqual([0, 'waiter is signed out.\n']);
    expect(readdirSync(desk.folder)).not.toContain('sign-in.json');
    expect(await outcomeOf(asked)).toBe('TOKEN_INVALID');
  });

  test('shows the pass to no other address', async () => {
    const document = await (await fetch(`${desks.server.url}/openapi.json`)).text();
    const heard: string[] = [];
    await using other = await strangerWith((asked) => {
      if (asked.url === '/openapi.json') return document;
      heard.push(`${asked.url} ${asked.headers.authorization}`);
      return '{}';
    });

    await typed(manager, ['tasks.list', '--url', other.url]);

    expect(heard).toEqual([expect.stringMatching(/^\/trpc\/tasks\.list\S* undefined$/)]);
  });

  test('is for a Comanda only', async () => {
    await using other = await strangerWith(() => '{}');

    const { code, err } = await typed(manager, ['list', '--url', other.url]);

    expect([code, err]).toEqual([9, `What answers at ${other.url} is no Comanda (200).\n`]);
  });
});

/** Somebody else's service. */
async function strangerWith(answerTo: (asked: IncomingMessage) => string) {
  const stranger = createServer((asked, answer) => {
    answer.writeHead(200, { 'content-type': 'application/json' }).end(answerTo(asked));
  }).listen(0, '127.0.0.1');
  await once(stranger, 'listening');
  const { port } = stranger.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      stranger.closeAllConnections();
      stranger.close();
      await once(stranger, 'close');
    },
  };
}

describe('asking', () => {
  test.each(['orders.list', 'orders list'])('%s tells a page as a table', async (said) => {
    const { code, out } = await typed(manager, [...said.split(' '), '--limit', '2']);
    const lines = out.trimEnd().split('\n');

    expect(code).toBe(0);
    expect(lines[0]).toMatch(/^id +restaurantId +number +type +state/);
    expect(lines.slice(1, 3).every((line) => /^[\da-f-]{36} /.test(line))).toBe(true);
    expect(lines.slice(3)).toEqual([expect.stringMatching(/^more: --cursor \S+$/)]);
  });

  test('answers what the client answers, as JSON', async () => {
    const { accessToken } = await desks.server.signIn('manager');
    const list = desks.server.client(accessToken).menu.list;

    const asked = ['--limit', '3', '--sort=-price', '--no-featured'];
    const told = await answered(manager, 'menu', 'list', ...asked);

    const wanted = await list.query({ limit: 3, sort: '-price', featured: false });
    expect(told).toEqual(JSON.parse(JSON.stringify(wanted)));
  });

  test('takes moments, texts, switches and lists as flags, and ids without', async () => {
    const due = ['--due-at', '2026-12-24T18:00Z'];
    const task = await answered(manager, 'tasks', 'create', '--title', 'Peel', ...due);
    const id = String(task['id']);
    const done = await answered(manager, 'tasks.update', id, '--done');
    const categories = await answered(manager, 'menu.categories.list');
    const [category] = categories['items'] as { id: string }[];
    const about = ['--name', 'Nuts', '--price', '450', '--category-id', category?.id ?? ''];
    const allergens = ['--allergens', 'nuts', '--allergens', 'soy'];
    const item = await answered(manager, 'menu', 'items', 'create', ...about, ...allergens);
    const which = String(item['id']);
    const off = await answered(manager, 'menu.items.set-availability', which, '--no-available');

    expect(task).toMatchObject({ title: 'Peel', dueAt: '2026-12-24T18:00:00.000Z' });
    expect(done).toMatchObject({ id, completed: true });
    expect(item).toMatchObject({ price: 450, allergens: ['nuts', 'soy'] });
    expect(off).toMatchObject({ available: false });
  });

  test('takes all of it as JSON: typed, piped in, or from a file', async () => {
    const file = join(manager.folder, 'task.json');
    writeFileSync(file, '{"title":"From a file","dueAt":"2026-12-24T18:00:00Z"}');

    const { out: piped } = await typed(
      manager,
      ['tasks.create', '--input', '-', '--json'],
      '{"title":"Piped in"}',
    );
    const read = await answered(manager, 'tasks.create', '--input', `@${file}`);
    const both = await answered(manager, 'tasks.create', '--input', `@${file}`, '--title', 'Mine');

    expect(JSON.parse(piped)).toMatchObject({ title: 'Piped in' });
    expect(read).toMatchObject({ title: 'From a file', dueAt: '2026-12-24T18:00:00.000Z' });
    expect(both).toMatchObject({ title: 'Mine', dueAt: '2026-12-24T18:00:00.000Z' });
  });

  test('uploads a file', async () => {
    const file = join(manager.folder, 'pixel.png');
    writeFileSync(file, PIXEL, 'base64');

    const picture = await answered(manager, 'files', 'upload', '--file', file);

    expect(picture).toMatchObject({ id: expect.stringMatching(/^[\da-f-]{36}$/) });
  });

  test('tells every event on a line of its own, until it is stopped', async () => {
    const { items } = await answered(manager, 'menu.list', '--available', '--limit', '1');
    const [item] = items as { id: string }[];
    const watch = begun(manager, ['orders', 'watch', '--json']);
    await expect.poll(() => watch.said.out, { timeout: 30_000 }).toContain('"kind":"ready"');

    const lines = JSON.stringify([{ itemId: item?.id, quantity: 2 }]);
    const order = await answered(manager, 'orders', 'take', '--lines', lines);
    await expect.poll(() => watch.said.out, { timeout: 30_000 }).toContain(String(order['id']));
    watch.child.kill('SIGINT');
    const { code, out, err } = await watch.ended;

    expect([code, err]).toEqual([0, '']);
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as object),
    ).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ data: expect.objectContaining({ kind: 'placed' }) }),
      ]),
    );
  });

  test('lets nothing that was written by others steer the terminal', async () => {
    const { accessToken } = await desks.server.signIn('manager');
    const description = 'red \u001b[31m alert \u0007\u009b2J';
    await desks.server.client(accessToken).tasks.create.mutate({ title: 'Alarm', description });

    const { out } = await typed(manager, ['tasks.list', '--limit', '100']);

    expect(out).toContain('red  alert');
    expect(out.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  test('asks for what there is once, as long as it stays the same', async () => {
    const before = readFileSync(join(manager.folder, 'document.json'), 'utf8');

    const { code, out } = await typed(manager, ['list', 'recipes']);

    expect(code).toBe(0);
    expect(out).toMatch(/^recipes\.breakGlass +\S/);
    expect(JSON.parse(before)).toMatchObject({
      url: desks.server.url,
      tag: (await fetch(`${desks.server.url}/openapi.json`)).headers.get('etag'),
    });
  });
});

describe('how it ends', () => {
  const NONE = '01a20000-0000-7000-8000-000000000000';

  test.each<[number, string, string[]]>([
    [2, 'Nothing here is called', ['lisst']],
    [2, '--price-min is a whole number, not dear.', ['menu.list', '--price-min', 'dear']],
    [2, '--sort is one of menu, name, price, -price', ['menu.list', '--sort', 'taste']],
    [2, "Unknown option '--taste'", ['menu.list', '--taste', 'sour']],
    [2, '--title is missing', ['tasks.create']],
    [2, '--input is no JSON.', ['tasks.create', '--input', '{']],
    [5, 'NOT_FOUND: ', ['orders.show', NONE]],
    [7, 'VALIDATION: ', ['orders.show', 'nothing']],
  ])('%i: %s', async (code, message, args) => {
    const ended = await typed(manager, args);

    expect([ended.code, ended.out]).toEqual([code, '']);
    expect(ended.err).toContain(message);
  });

  test('3, where nobody is signed in', async () => {
    const { code, err } = await typed(desks.nobody(), ['tasks.list']);

    expect([code, err]).toEqual([3, expect.stringContaining('UNAUTHENTICATED: ')]);
  });

  test('4, where somebody may not', async () => {
    const { code, err } = await typed(await desks.signedIn('customer'), ['people.list']);

    expect([code, err]).toEqual([4, expect.stringContaining('FORBIDDEN: ')]);
  });

  test('6, where somebody else was faster', async () => {
    const { id } = await answered(manager, 'tasks.create', '--title', 'Once');

    const args = ['tasks.update', String(id), '--title', 'Twice', '--expected-version', '7'];
    const { code, err } = await typed(manager, args);

    expect([code, err]).toEqual([6, expect.stringContaining('VERSION_CONFLICT: ')]);
  });

  test('9, where nothing answers', async () => {
    const { code, err } = await typed(desks.nobody({ COMANDA_URL: 'http://127.0.0.1:1' }), [
      'list',
    ]);

    expect([code, err]).toEqual([9, expect.stringContaining('Nothing answers at ')]);
  });

  test('and a program is told why as JSON', async () => {
    const { err } = await typed(manager, ['orders.show', NONE, '--json']);

    expect(JSON.parse(err)).toMatchObject({
      error: { reason: 'NOT_FOUND', details: { what: 'order' } },
    });
  });

  test('help lists every way', async () => {
    const { code, out } = await typed(desks.nobody(), ['--help']);

    expect(code).toBe(0);
    expect([...out.matchAll(/^ {2}(\d) {2}\S/gm)].map(([, said]) => Number(said))).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
    ]);
  });

  test.each(['menu export', 'menu import', 'staff import', 'shifts plan', 'doctor'])(
    'help tells of %s, without asking anybody',
    async (name) => {
      const alone = desks.nobody({ COMANDA_URL: 'http://127.0.0.1:1' });
      const [all, own] = await Promise.all([
        typed(alone, ['--help']),
        typed(alone, [...name.split(' '), '--help']),
      ]);

      expect([all.code, own.code]).toEqual([0, 0]);
      expect(all.out).toContain(`comanda ${name} `);
      expect(own.out).toMatch(new RegExp(`^Usage: comanda ${name}`));
    },
  );

  test('a word alone shows what is below it, our own commands first', async () => {
    const [staff, menu] = [await typed(manager, ['staff']), await typed(manager, ['menu'])];

    expect(staff.out).toMatch(/^staff import {2}Hires everybody .+\.\n$/);
    expect(menu.out.split('\n').map((line) => line.split('  ')[0])).toEqual(
      expect.arrayContaining(['menu export', 'menu import', 'menu.import', 'menu.list']),
    );
  });
});
