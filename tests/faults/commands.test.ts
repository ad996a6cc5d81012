import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { KeySet, newKeySet } from '@comanda/domains/auth/credentials/keys';
import { describe, expect, test } from 'vitest';
import { outcomeOf } from '../auth/callers.ts';
import { command, dataFolder, startServer } from './server.ts';

const COMMANDS = [
  'serve',
  'migrate',
  'seed',
  'create-admin',
  'set-password',
  'rotate-keys',
  'backup',
  'restore',
  'config',
  'doctor',
  'erase',
  'plant-staff',
  'demo-reset',
  'help',
];

const passwordIn = (output: string): string => /([a-z\d]{4}-){3}[a-z\d]{4}/.exec(output)?.[0] ?? '';

function keysIn(file: string): KeySet['keys'] {
  return KeySet.parse(JSON.parse(readFileSync(file, 'utf8'))).keys;
}

describe('asking for help', () => {
  test.each([['help'], ['--help'], ['-h']])('%s lists every command', async (asked) => {
    using folder = dataFolder();

    const { code, output } = await command([asked], { dataDir: folder.path });

    const listed = [...output.matchAll(/^ {2}([a-z-]+)/gm)].map(([, name]) => name);
    expect(code).toBe(0);
    expect(listed).toEqual(COMMANDS);
  });

  test.each([
    [['brew'], 2, 'comanda-server knows no command brew; `comanda-server help` lists them.\n'],
    [
      ['toString'],
      2,
      'comanda-server knows no command toString; `comanda-server help` lists them.\n',
    ],
    [['serve', '--port=1'], 1, "Unknown option '--port'\n"],
    [['create-admin'], 1, 'Usage: comanda-server create-admin <username> [--restaurant <slug>]\n'],
    [['set-password', 'a', 'b'], 1, 'Usage: comanda-server set-password <name>\n'],
    [['rotate-keys', '--lead', 'soon'], 1, '--lead is a whole number of seconds.\n'],
  ])('%j is answered with a sentence, and nothing is done', async (args, code, output) => {
    using folder = dataFolder();

    const exit = await command(args, { dataDir: join(folder.path, 'untouched') });

    expect(exit).toEqual({ code, signal: null, output });
    expect(existsSync(join(folder.path, 'untouched'))).toBe(false);
  });
});

describe('create-admin', () => {
  test('makes an admin who can sign in to the running server', async () => {
    using folder = dataFolder();
    await using server = await startServer({ dataDir: folder.path });

    const { code, output } = await command(['create-admin', 'olga'], { dataDir: folder.path });
    const { user } = await server
      .client()
      .auth.login.mutate({ identifier: 'olga', password: passwordIn(output) });

    expect({ code, output }).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^Admin olga of Little Lemon\. Password, shown this once: /),
    });
    expect(user).toMatchObject({ role: 'admin', restaurant: { name: 'Little Lemon' } });
  });

  test('in production brings the first restaurant, and no demo data', async () => {
    using folder = dataFolder();
    const env = {
      NODE_ENV: 'production',
      AUTH_KEYS: JSON.stringify(await newKeySet(new Date())),
    };

    const { output } = await command(['create-admin', 'olga'], { dataDir: folder.path, env });
    await using server = await startServer({ dataDir: folder.path, env });
    const { accessToken } = await server
      .client()
      .auth.login.mutate({ identifier: 'olga', password: passwordIn(output) });
    const people = await server.client(accessToken).people.list.query();

    expect(server.output()).not.toContain('Try it');
    expect(people.items.map(({ username }) => username)).toEqual(['olga']);
  });

  test.each([
    ['a name that is taken', 'manager', 'Somebody has that name already.\n'],
    [
      'a name that is none',
      'two words',
      'The input is not what this procedure takes.\n  - username: this is no username that we can store\n',
    ],
  ])('refuses %s in a sentence', async (_, name, output) => {
    using folder = dataFolder();
    await using server = await startServer({ dataDir: folder.path });

    const exit = await command(['create-admin', name], { dataDir: folder.path });

    expect(exit).toEqual({ code: 1, signal: null, output });
    expect((await fetch(`${server.url}/ready`)).status).toBe(200);
  });

  test('refuses a restaurant that does not exist', async () => {
    using folder = dataFolder();

    const exit = await command(['create-admin', 'olga', '--restaurant', 'big-lime'], {
      dataDir: folder.path,
    });

    expect(exit).toMatchObject({ code: 1, output: 'There is no restaurant big-lime.\n' });
  });
});

describe('set-password', () => {
  test('ends the sessions of before and lets the new password in, on the running server', async () => {
    using folder = dataFolder();
    await using server = await startServer({ dataDir: folder.path });
    const before = await server.signIn('manager');
    const old = server.passwords['manager'] ?? '';
    const { auth } = server.client();

    const { output } = await command(['set-password', 'manager'], { dataDir: folder.path });
    const password = passwordIn(output);
    const outcomes = {
      refresh: await outcomeOf(auth.refresh.mutate({ refreshToken: before.refreshToken })),
      old: await outcomeOf(auth.login.mutate({ identifier: 'manager', password: old })),
      new: await outcomeOf(auth.login.mutate({ identifier: 'manager', password })),
    };

    expect(outcomes).toEqual({ refresh: 'TOKEN_INVALID', old: 'INVALID_CREDENTIALS', new: 'ok' });
    await expect
      .poll(() => outcomeOf(server.client(before.accessToken).auth.session.query()), {
        timeout: 20_000,
      })
      .toBe('TOKEN_INVALID');
  });

  test('of nobody is refused in a sentence', async () => {
    using folder = dataFolder();

    const exit = await command(['set-password', 'nobody'], { dataDir: folder.path });

    expect(exit).toMatchObject({ code: 1, output: 'There is nobody called nobody.\n' });
  });
});

describe('config check', () => {
  test('T44 tells settings and problems at once, says so by its exit code, and tells no secret', async () => {
    using folder = dataFolder();
    const env = { REDIS_URL: 'redis://:canary@127.0.0.1:6379/3', LOG_LEVEL: 'debug' };

    const good = await command(['config', 'check'], { dataDir: folder.path, env });
    const bad = await command(['config', 'check', '--json'], {
      dataDir: folder.path,
      env: { ...env, PORT: 'x', METRICS_TOKEN: 'canary' },
    });
    const mistyped = await command(['config', 'chek'], { dataDir: folder.path });

    expect(good).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^LOG_LEVEL +debug +environment$/m),
    });
    expect(good.output).toMatch(/^REDIS_URL +set +environment$/m);
    expect(bad.code).toBe(1);
    expect(JSON.parse(bad.output)).toMatchObject({
      problems: [expect.stringMatching(/^PORT: /), expect.stringMatching(/^METRICS_TOKEN: /)],
    });
    expect(good.output + bad.output).not.toContain('canary');
    expect(mistyped).toMatchObject({
      code: 1,
      output: 'Usage: comanda-server config check [--json]\n',
    });
  });
});

describe('migrate', () => {
  test('S2-22 brings an empty folder up to date once, without starting', async () => {
    using folder = dataFolder();
    const dataDir = join(folder.path, 'new');

    const first = await command(['migrate'], { dataDir });
    const second = await command(['migrate'], { dataDir });

    expect(first).toMatchObject({ code: 0, output: expect.stringMatching(/^Done: Migration\d+_/) });
    expect(second).toMatchObject({ code: 0, output: 'The database is up to date.\n' });
  });
});

describe('rotate-keys', () => {
  test('makes a file for its owner only, then adds keys that sign later', async () => {
    using folder = dataFolder();
    const file = join(folder.path, 'secrets', 'keys.json');
    const rotate = (...args: string[]) =>
      command(['rotate-keys', '--file', file, ...args], { dataDir: folder.path });

    const made = await rotate();
    const [first] = keysIn(file);
    const added = await rotate('--lead', '300');
    const [old, fresh] = keysIn(file);

    expect(made).toMatchObject({ code: 0, output: `${file} is made.\n` });
    expect(added.output).toBe(`${file} has a new key; it signs from ${fresh?.from}.\n`);
    expect(old).toMatchObject({ ...first, until: expect.any(String) });
    expect(Date.parse(fresh?.from ?? '') - Date.now()).toBeGreaterThan(200_000);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('turns the keys of the data folder when no file is named', async () => {
    using folder = dataFolder();
    await using server = await startServer({ dataDir: folder.path });

    const { code } = await command(['rotate-keys'], { dataDir: folder.path });
    server.kill('SIGTERM');
    await server.exited;
    await using next = await startServer({ dataDir: folder.path });
    const published = await fetch(`${next.url}/.well-known/jwks.json`);

    expect(code).toBe(0);
    expect(await published.json()).toMatchObject({ keys: [{ kty: 'OKP' }, { kty: 'OKP' }] });
  });
});

describe('seed', () => {
  test('D9 S2-23 plants the demo before the first start, which then plants nothing', async () => {
    using folder = dataFolder();

    const { code, output } = await command(['seed'], { dataDir: folder.path });
    const again = await command(['seed'], { dataDir: folder.path });
    await using server = await startServer({ dataDir: folder.path });
    const password = /^ {2}manager +(\S+)$/m.exec(output)?.[1] ?? '';
    const { user } = await server.client().auth.login.mutate({ identifier: 'manager', password });

    expect(code).toBe(0);
    expect(again).toMatchObject({
      code: 0,
      output: 'There is a restaurant already: nothing is planted.\n',
    });
    expect(server.passwords).toEqual({});
    expect(user.restaurant?.name).toBe('Little Lemon');
  });
});

describe('demo-reset', () => {
  test('throws everything away, and the next start tells new passwords', async () => {
    using folder = dataFolder();
    await using first = await startServer({ dataDir: folder.path });
    first.kill('SIGTERM');
    await first.exited;

    const { code } = await command(['demo-reset'], { dataDir: folder.path });
    await using next = await startServer({ dataDir: folder.path });
    const password = first.passwords['manager'] ?? '';
    const old = next.client().auth.login.mutate({ identifier: 'manager', password });

    expect(code).toBe(0);
    expect(await outcomeOf(old)).toBe('INVALID_CREDENTIALS');
    expect((await next.signIn('manager')).user.role).toBe('manager');
  });

  test('is refused while a server runs, and takes nothing from it', async () => {
    using folder = dataFolder();
    await using server = await startServer({ dataDir: folder.path });

    const exit = await command(['demo-reset'], { dataDir: folder.path });

    expect(exit).toMatchObject({
      code: 1,
      output: expect.stringMatching(/^Another Comanda server/),
    });
    expect((await server.signIn('manager')).user.role).toBe('manager');
  });

  test.each([
    [
      'in production',
      async () => ({
        NODE_ENV: 'production',
        AUTH_KEYS: JSON.stringify(await newKeySet(new Date())),
      }),
      'This is a production server: nothing is thrown away.\n',
    ],
    [
      'on a database server',
      async () => ({ DATABASE_URL: 'mariadb://comanda:a-password@127.0.0.1:1/comanda' }),
      'DATABASE_URL names a database server: empty that database yourself.\n',
    ],
  ])('is refused %s', async (_, env, output) => {
    using folder = dataFolder();

    const exit = await command(['demo-reset'], { dataDir: folder.path, env: await env() });

    expect(exit).toEqual({ code: 1, signal: null, output });
  });

  test('of a folder that was never used changes nothing', async () => {
    using folder = dataFolder();

    const { code } = await command(['demo-reset'], { dataDir: join(folder.path, 'never') });

    expect(code).toBe(0);
  });
});
