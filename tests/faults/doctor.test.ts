import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { findRedis } from '../redis/finding.ts';
import { startRedis } from '../redis/server.ts';
import { KINDS, openPremises } from './premises.ts';
import { command, dataFolder, startServer } from './server.ts';

interface Finding {
  what: string;
  state: string;
  says: string;
  todo?: string;
}

/** What it finds, by what it looked at, with its exit code. */
async function diagnosed(options: { dataDir: string; env?: Record<string, string> }) {
  const { code, output } = await command(['doctor', '--json'], options);
  const { findings } = JSON.parse(output) as { findings: Finding[] };
  const wrong = findings.filter(({ state }) => state !== 'ok');
  return {
    code,
    output,
    findings,
    wrong: Object.fromEntries(wrong.map(({ what, ...finding }) => [what, finding])),
  };
}

describe('doctor', () => {
  test('finds nothing wrong beside a running server, and says so in lines', async () => {
    using folder = dataFolder();
    await using server = await startServer({ dataDir: folder.path });
    const env = { PORT: String(server.port) };

    const { code, output } = await command(['doctor'], { dataDir: folder.path, env });

    expect(code).toBe(0);
    expect(output.trimEnd().split('\n')).toEqual(
      Array.from({ length: 11 }, () => expect.stringMatching(/^ok {4}\w/) as string),
    );
    expect(output).toContain(`a server answers on ${server.port}`);
    expect((await fetch(`${server.url}/ready`)).status).toBe(200);
  });

  test('says of everything that is wrong what to do about it', async () => {
    using folder = dataFolder();
    await command(['create-admin', 'olga'], { dataDir: folder.path });
    const keys = join(folder.path, 'auth-keys.json');
    chmodSync(keys, 0o644);
    const pictures = join(folder.path, 'files', 'pictures', '5b');
    mkdirSync(pictures, { recursive: true });
    writeFileSync(join(pictures, '01a200d2-97c4-71f8-aa91-337f6259305b.small'), '');
    const database = new Sqlite(join(folder.path, 'comanda.sqlite'));
    database.exec('drop trigger audit_entry_is_kept');
    database.close();
    const stranger = createServer((socket) => socket.end('not you')).listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const { port } = stranger.address() as { port: number };

    const first = await diagnosed({ dataDir: folder.path, env: { PORT: String(port) } });
    stranger.close();
    const again = new Sqlite(join(folder.path, 'comanda.sqlite'));
    again.exec(
      "alter table account add column shoe_size text; insert into picture (id, created_at, updated_at, owner_id, width, height) values ('01a200d2-97c4-71f8-aa91-337f62593000', 0, 0, 'x', 1, 1)",
    );
    again.close();
    const second = await diagnosed({ dataDir: folder.path });

    expect(first).toMatchObject({
      code: 2,
      wrong: {
        keys: { state: 'warn', says: expect.stringContaining('can be read by others') },
        triggers: { state: 'fail', says: expect.stringContaining('audit_entry_is_kept') },
        pictures: { state: 'warn', says: '1 lie in FILES_DIR and belong to nothing' },
        port: { state: 'fail', says: `${port} is taken, and no Comanda answers there` },
      },
    });
    expect(Object.keys(first.wrong)).toHaveLength(4);
    expect(second.wrong).toMatchObject({
      schema: { state: 'fail', says: 'it differs from what is asked for in 1 places' },
      pictures: { state: 'fail', says: '1 hang somewhere and have no file' },
    });
    expect(
      [...first.findings, ...second.findings].filter(({ state, todo }) => state !== 'ok' && !todo),
    ).toEqual([]);
  });

  test('changes nothing: an old database is told of, and a missing one not made', async () => {
    using folder = dataFolder();
    const file = join(folder.path, 'comanda.sqlite');

    const empty = await diagnosed({ dataDir: folder.path });
    await command(['migrate'], { dataDir: folder.path });
    const database = new Sqlite(file);
    database.exec(
      'delete from schema_migrations where id = (select max(id) from schema_migrations)',
    );
    database.close();
    const bytes = readFileSync(file);
    const old = await diagnosed({ dataDir: folder.path });

    expect(empty).toMatchObject({ code: 1, wrong: { database: { state: 'warn' }, keys: {} } });
    expect(old).toMatchObject({
      code: 1,
      wrong: { schema: { state: 'warn', says: '1 steps are to be taken' } },
    });
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  test('T44 tells every problem of the configuration, and no secret', async () => {
    using folder = dataFolder();
    const secrets = {
      DATABASE_URL: 'mariadb://canary:canary@127.0.0.1:1/comanda',
      REDIS_URL: 'redis://:canary@127.0.0.1:1/3',
      METRICS_TOKEN: 'canary-canary-canary',
    };

    const away = await diagnosed({ dataDir: folder.path, env: secrets });
    const bad = await diagnosed({
      dataDir: folder.path,
      env: { ...secrets, PORT: 'x', LOG_LEVEL: 'loud' },
    });

    expect(away).toMatchObject({
      code: 2,
      wrong: {
        database: { state: 'fail', says: 'The database server of DATABASE_URL cannot be reached.' },
        redis: { state: 'fail' },
      },
    });
    expect(bad).toMatchObject({ code: 2, findings: [{ what: 'config' }, { what: 'config' }] });
    expect(away.output + bad.output).not.toContain('canary');
  });

  test.each(KINDS.filter((kind) => kind === 'MariaDB'))(
    'looks into %s: its schema, its triggers, its clock',
    async (kind) => {
      await using premises = await openPremises(kind);

      const sound = await diagnosed(premises);
      await premises.look((ask) => ask('drop trigger audit_entry_is_kept'));
      const bare = await diagnosed(premises);

      expect(sound).toMatchObject({ code: 0, wrong: {} });
      expect(sound.findings.map(({ what }) => what)).toContain('database clock');
      expect(bare.wrong).toMatchObject({ triggers: { state: 'fail' } });
    },
  );

  test.each(findRedis() ? ['Redis'] : [])('asks %s whether it forgets anything', async () => {
    using folder = dataFolder();
    await command(['rotate-keys'], { dataDir: folder.path });
    await using redis = await startRedis();
    const options = { dataDir: folder.path, env: { REDIS_URL: redis.url } };

    const sound = await diagnosed(options);
    {
      using link = await redis.patient();
      await link.client.config('SET', 'maxmemory-policy', 'allkeys-lru');
    }
    const forgetful = await diagnosed(options);

    expect(Object.keys(sound.wrong)).toEqual(['database']);
    expect(forgetful.wrong['redis memory']).toMatchObject({
      state: 'warn',
      says: expect.stringContaining('allkeys-lru'),
    });
  });
});
