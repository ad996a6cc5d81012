import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { newKeySet } from '@comanda/domains/auth/credentials/keys';
import { describe, expect, test } from 'vitest';
import { dataFolder, ENTRY, refusedStart, run, startServer } from './server.ts';

const NOBODY_LISTENS = '127.0.0.1:1';

/** The exit of a start that can only be refused. */
function refused(dataDir: string, env: Record<string, string> = {}) {
  return refusedStart({ dataDir, env });
}

/** One paragraph for people: no stack, nothing of the inside. */
function told(sentence: string) {
  return { code: 1, signal: null, output: `${sentence}\n` };
}

/** The same, where not every word of it matters. */
function toldOf(pattern: RegExp) {
  return { code: 1, signal: null, output: expect.stringMatching(pattern) };
}

/** A folder as a first start leaves it. */
async function plantedFolder() {
  const folder = dataFolder();
  await using server = await startServer({ dataDir: folder.path });
  server.kill('SIGTERM');
  await server.exited;
  return folder;
}

/** A file that begins like a database, and holds noise from its second page on. */
function overwritten(file: string): void {
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill('noise', 4_096));
}

function oldNodes(): string[] {
  return ['/usr/bin/node', '/usr/local/bin/node'].filter((node) => {
    const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
    return existsSync(node) && Number(/^v(\d+)/.exec(stdout)?.[1]) < 24;
  });
}

describe('starting on a data folder', () => {
  test('under a file is refused in a sentence', async () => {
    using folder = dataFolder();
    const dataDir = join(folder.path, 'file', 'data');
    writeFileSync(join(folder.path, 'file'), '');

    const exit = await refused(dataDir);

    expect(exit).toEqual(told(`${dataDir} is no folder. Set DATA_DIR to one.`));
  });

  test('that is a file is refused in a sentence', async () => {
    using folder = dataFolder();
    const dataDir = join(folder.path, 'file');
    writeFileSync(dataDir, '');

    const exit = await refused(dataDir);

    expect(exit).toEqual(told(`${dataDir} is no folder. Set DATA_DIR to one.`));
  });

  // A place where not even root may write: other systems than Linux refuse to make it.
  test('on a file system that takes no files is refused in a sentence', async () => {
    const exit = await refused('/sys/comanda');

    expect(exit).toEqual(
      told(
        'Cannot write to /sys/comanda. Give this user the right to, or set DATA_DIR to a folder where it has it.',
      ),
    );
  });

  test('with another server on it is refused, and that one goes on', async () => {
    using folder = dataFolder();
    await using first = await startServer({ dataDir: folder.path });

    const exit = await refused(folder.path);

    expect(exit).toEqual(
      told(
        `Another Comanda server is using ${folder.path}/comanda.sqlite. Stop it first, or choose another DATA_DIR.`,
      ),
    );
    expect((await first.signIn('manager')).user.role).toBe('manager');
  });

  test('works again after a kill -9', async () => {
    using folder = dataFolder();
    await using first = await startServer({ dataDir: folder.path });
    first.kill('SIGKILL');
    await first.exited;

    await using second = await startServer({ dataDir: folder.path });

    expect((await fetch(`${second.url}/ready`)).status).toBe(200);
  });
});

describe('starting on a database', () => {
  test.each([
    ['is no database at all', () => Buffer.alloc(20_000, 'this is no database')],
    ['is an empty picture', () => Buffer.from([0x89, 0x50, 0x4e, 0x47])],
  ])('that %s is refused in a sentence', async (_, bytes) => {
    using folder = dataFolder();
    writeFileSync(join(folder.path, 'comanda.sqlite'), bytes());

    const exit = await refused(folder.path);

    expect(exit).toEqual(
      told('The database file is damaged or is no SQLite database. Restore a backup.'),
    );
  });

  test('with overwritten pages is refused in a sentence', async () => {
    using folder = await plantedFolder();
    overwritten(join(folder.path, 'comanda.sqlite'));

    const exit = await refused(folder.path);

    expect(exit).toEqual(
      told('The database file is damaged or is no SQLite database. Restore a backup.'),
    );
  });

  test('of a newer version is refused, and leaves it as it is', async () => {
    using folder = await plantedFolder();
    const file = join(folder.path, 'comanda.sqlite');
    const database = new Sqlite(file);
    database.exec("insert into schema_migrations (name) values ('Migration20991231000000_later')");
    const steps = database.prepare('select count(*) from schema_migrations').pluck();
    const before = steps.get();

    const exit = await refused(folder.path);

    expect(exit).toEqual(
      told(
        'The database was written by a newer version of Comanda (it has the step ' +
          'Migration20991231000000_later). Start that version, or restore a backup made with this one.',
      ),
    );
    expect(steps.get()).toBe(before);
    database.close();
  });

  test.each(['mariadb', 'mysql'])(
    'of %s that does not answer is refused in a sentence',
    async (scheme) => {
      using folder = dataFolder();
      const DATABASE_URL = `${scheme}://comanda:a-password@${NOBODY_LISTENS}/comanda`;

      const exit = await refused(folder.path, { DATABASE_URL });

      expect(exit).toEqual(told('The database server of DATABASE_URL cannot be reached.'));
    },
  );
});

describe('starting with settings that cannot be used', () => {
  test('tells all that production lacks at once', async () => {
    using folder = dataFolder();

    const exit = await refused(folder.path, {
      NODE_ENV: 'production',
      PORT: 'many',
      DATABASE_URL: 'mariadb://root@db.example/comanda',
    });

    expect(exit).toEqual(
      told(
        [
          'The configuration cannot be used:',
          '  - PORT: Invalid input: expected number, received NaN.',
          '  - AUTH_KEYS (or AUTH_KEYS_FILE) is missing: `comanda-server rotate-keys --file …` makes one.',
          '  - DATABASE_URL carries no password, or one from an example.',
        ].join('\n'),
      ),
    );
  });

  test('names every one of them', async () => {
    using folder = dataFolder();

    const { code, output } = await refused(folder.path, {
      PORT: '70000',
      LOG_LEVEL: 'loud',
      FLOOD_LIMIT: '0',
      QUOTA_PRESET: 'lax',
      PUBLIC_URL: 'https://lemon.example/app',
      CORS_ORIGINS: 'https://shop.example, lemon',
      TRUST_PROXY: '1',
      DATABASE_URL: 'postgres://localhost/comanda',
      AUTH_KEYS: '{}',
    });

    const named = [...output.matchAll(/^ {2}- (\w+)/gm)].map(([, name]) => name);
    expect(code).toBe(1);
    expect(output).not.toContain('    at ');
    expect(new Set(named)).toEqual(
      new Set([
        'PORT',
        'LOG_LEVEL',
        'FLOOD_LIMIT',
        'QUOTA_PRESET',
        'PUBLIC_URL',
        'CORS_ORIGINS',
        'TRUST_PROXY',
        'DATABASE_URL',
        'AUTH_KEYS',
      ]),
    );
  });

  test('tells of a secret that is given twice, and of one whose file is missing', async () => {
    using folder = dataFolder();

    const exit = await refused(folder.path, {
      AUTH_KEYS: JSON.stringify(await newKeySet(new Date())),
      AUTH_KEYS_FILE: join(folder.path, 'none.json'),
      DATABASE_URL_FILE: join(folder.path, 'none'),
    });

    expect(exit).toEqual(
      toldOf(
        /AUTH_KEYS and AUTH_KEYS_FILE are both set[^]*DATABASE_URL_FILE names a file that cannot/,
      ),
    );
  });

  test.each([
    ['are none', '{"keys":[]}', /auth-keys\.json holds no key set as `comanda-server rotate-keys`/],
    ['were cut short', '{"keys":[{"kty":"OKP",', /auth-keys\.json holds no key set/],
  ])('names a key file whose keys %s', async (_, text, sentence) => {
    using folder = dataFolder();
    writeFileSync(join(folder.path, 'auth-keys.json'), text);

    const exit = await refused(folder.path);

    expect(exit).toEqual(toldOf(sentence));
    expect(exit.output).not.toContain('    at ');
  });

  test('refuses keys of which none can sign yet', async () => {
    using folder = dataFolder();
    const tomorrow = new Date(Date.now() + 86_400_000);
    const AUTH_KEYS = JSON.stringify(await newKeySet(tomorrow));

    const exit = await refused(folder.path, { AUTH_KEYS });

    expect(exit).toEqual(
      told('None of the signing keys can sign now: `comanda-server rotate-keys` adds one.'),
    );
  });

  test('names an address that this machine does not have', async () => {
    using folder = dataFolder();

    const exit = await refused(folder.path, { HOST: '192.0.2.1' });

    expect(exit).toEqual(
      told('This machine has no address 192.0.2.1. Set HOST to one that it has.'),
    );
  });
});

describe('starting on a Node that is too old', () => {
  test.each(oldNodes())('%s says so before anything else', async (node) => {
    await using process = run(node, [ENTRY]);

    expect(await process.exited).toEqual(
      toldOf(
        /^Comanda needs Node 24\.13 or newer, this is [\d.]+\. Start it with `npm start` [^\n]+\n$/,
      ),
    );
  });
});
