import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { outcomeOf } from '../auth/callers.ts';
import { picture } from '../files/samples.ts';
import { KINDS, openPremises } from './premises.ts';
import {
  backedUp,
  begun,
  flawsOf,
  isKept,
  killedWhen,
  lookInto,
  type Place,
  placeIn,
  restored,
} from './restoring.ts';
import { command, dataFolder, type Server, startServer } from './server.ts';

const NOTHING_SET = { env: {} };

/** A database with nobody in it but olga, and a backup of it. */
async function smallBackup(folder: string): Promise<{ place: Place; backup: string }> {
  const place = placeIn(join(folder, 'data'), NOTHING_SET);
  await command(['create-admin', 'olga'], place);
  return { place, backup: await backedUp(place, join(folder, 'backups')) };
}

async function hangUp(server: Server, username: string): Promise<string> {
  const { accessToken } = await server.signIn(username);
  const { files, profile } = server.client(accessToken);
  const { id } = await files.upload.mutate(await picture());
  await profile.setAvatar.mutate({ pictureId: id });
  return id;
}

const namesIn = (place: Place) =>
  lookInto(place, async (ask) =>
    (await ask('select username from account')).map(({ username }) => username),
  );

describe('restoring', () => {
  test('P17 P35 that is killed on its way leaves the old or the new, whole', async () => {
    using folder = dataFolder();
    const here = placeIn(join(folder.path, 'here'), NOTHING_SET);
    const there = placeIn(join(folder.path, 'there'), NOTHING_SET);
    const [early, late, later] = await (async () => {
      await using server = await startServer(here);
      await hangUp(server, 'manager');
      const early = await backedUp(here, folder.path);
      const later = [await hangUp(server, 'waiter'), await hangUp(server, 'chef')];
      return [early, await backedUp(here, folder.path), later] as const;
    })();
    await restored(early, there);
    await command(['create-admin', 'olga'], there);

    const named = (part: string) => readdirSync(there.dataDir).some((name) => name.includes(part));
    const outcomes = [];
    for (const isThere of [
      () => named('.restoring'),
      () => isKept(there, later[0] ?? ''),
      () => isKept(there, later[1] ?? ''),
      () => named('.before-'),
    ]) {
      const restoring = begun(['restore', late, '--force'], there);
      const { signal } = await killedWhen(restoring, isThere);
      const isOld = (await namesIn(there)).includes('olga');
      outcomes.push({ signal, isOld, flaws: await flawsOf(there) });
    }
    const { code } = await restored(late, there, '--force');

    expect(outcomes[0]).toMatchObject({ signal: 'SIGKILL', isOld: true });
    expect(outcomes.filter(({ flaws }) => flaws.length > 0)).toEqual([]);
    expect({ code, flaws: await flawsOf(there) }).toEqual({ code: 0, flaws: [] });
    expect(later.filter((id) => !isKept(there, id))).toEqual([]);
    expect(await namesIn(there)).not.toContain('olga');
  });

  test('puts the old database aside, also one that cannot be read', async () => {
    using folder = dataFolder();
    const { place, backup } = await smallBackup(folder.path);
    await command(['create-admin', 'pete'], place);

    const first = await restored(backup, place, '--force');
    const [, kept = ''] = /the old database is (\S+)$/m.exec(first.output) ?? [];
    writeFileSync(place.file, 'noise'.repeat(10_000));
    writeFileSync(`${place.file}-wal`, 'noise');
    const second = await restored(backup, place, '--force');
    const [, noise = ''] = /the old database is (\S+)$/m.exec(second.output) ?? [];

    expect([first.code, second.code]).toEqual([0, 0]);
    expect(await namesIn({ ...place, file: kept })).toEqual(['olga', 'pete']);
    expect([noise, `${noise}-wal`].map((file) => readFileSync(file, 'utf8').slice(0, 5))).toEqual([
      'noise',
      'noise',
    ]);
    expect(second.output).toContain('whoever was erased since has to be erased again');
    expect(await namesIn(place)).toEqual(['olga']);
  });

  test('is refused where there is a database, and while a server runs on it', async () => {
    using folder = dataFolder();
    const { place, backup } = await smallBackup(folder.path);
    await command(['create-admin', 'pete'], place);

    const unforced = await restored(backup, place);
    await using server = await startServer(place);
    const inUse = await restored(backup, place, '--force');

    expect(unforced).toMatchObject({ code: 1, output: expect.stringContaining('--force') });
    expect(inUse).toMatchObject({
      code: 1,
      output: expect.stringMatching(/^Another Comanda server/),
    });
    expect((await fetch(`${server.url}/ready`)).status).toBe(200);
    server.kill('SIGKILL');
    await server.exited;
    expect(await namesIn(place)).toEqual(['olga', 'pete']);
  });

  test('of what is changed, newer or leads elsewhere is refused, and touches nothing', async () => {
    using folder = dataFolder();
    const { backup } = await smallBackup(folder.path);
    const untouched = placeIn(join(folder.path, 'untouched'), NOTHING_SET);
    const manifest = join(backup, 'manifest.json');
    const text = readFileSync(manifest, 'utf8');
    const told = JSON.parse(text) as { database: object };
    const steps = ['Migration29990101000000_tomorrow'];
    const pictures = [{ path: '../../../auth-keys.json', bytes: 1, sha256: '0'.repeat(64) }];

    const outputs = [];
    for (const written of [
      text.slice(0, -8),
      JSON.stringify({ ...told, pictures }),
      JSON.stringify({ ...told, database: { ...told.database, steps } }),
    ]) {
      writeFileSync(manifest, written);
      outputs.push(await restored(backup, untouched));
    }
    writeFileSync(manifest, text);
    writeFileSync(
      join(backup, 'comanda.sqlite'),
      readFileSync(join(backup, 'comanda.sqlite')).fill(0, 9_000),
    );
    outputs.push(await restored(backup, untouched));

    const refused = [
      /is no backup that this version reads/,
      /is no backup that this version reads/,
      /^A newer version of Comanda made this/,
      /^Nothing was restored: 1 files/,
    ].map((words) => ({ code: 1, signal: null, output: expect.stringMatching(words) as string }));
    expect(outputs).toEqual(refused);
    expect(existsSync(untouched.dataDir)).toBe(false);
  });

  test('tells who was erased since, and what becomes of sessions', async () => {
    using folder = dataFolder();
    const place = placeIn(folder.path, NOTHING_SET);
    const { backup, erased, kept, spent } = await (async () => {
      await using server = await startServer(place);
      const { auth } = server.client();
      const kept = await server.signIn('manager');
      const old = await server.signIn('waiter');
      const { accessToken, user } = await server.signIn('customer');
      const backup = await backedUp(place, join(folder.path, 'backups'));
      const spent = await auth.refresh.mutate({ refreshToken: old.refreshToken });
      const password = server.passwords['customer'] ?? '';
      await server.client(accessToken).profile.erase.mutate({ password });
      return { backup, erased: user.id, kept, spent };
    })();
    const refreshed = async () => {
      await using server = await startServer(place);
      const { auth } = server.client();
      return {
        kept: await outcomeOf(auth.refresh.mutate({ refreshToken: kept.refreshToken })),
        spent: await outcomeOf(auth.refresh.mutate({ refreshToken: spent.refreshToken })),
      };
    };

    const left = await restored(backup, place, '--force');
    const afterLeft = await refreshed();
    const ended = await restored(backup, place, '--force', '--end-sessions');
    const afterEnded = await refreshed();

    expect(left.output).toContain(`erased since, to be erased again: ${erased}`);
    expect(left.output).toContain('3 sessions and passes are open as they were then');
    expect(ended.output).toContain('3 sessions and passes ended: everybody signs in again');
    expect(afterLeft).toEqual({ kept: 'ok', spent: 'TOKEN_INVALID' });
    expect(afterEnded).toEqual({ kept: 'TOKEN_INVALID', spent: 'TOKEN_INVALID' });
  });
});

describe('backing up', () => {
  const ON_SERVER = { DATABASE_URL: 'mariadb://comanda:a-password@127.0.0.1:1/comanda' };

  test.each([
    [['backup'], {}, /^Usage: comanda-server backup <folder>/],
    [['backup', 'made/up'], {}, /^There is no database in /],
    [['backup', 'made/up', '--pictures-only'], {}, /^--pictures-only is for/],
    [
      ['backup', 'made/up'],
      ON_SERVER,
      /`mariadb-dump --single-transaction --routines --triggers`.*backup <folder> --pictures-only/,
    ],
  ])('%j, where it cannot be done, is refused in a sentence', async (args, env, words) => {
    using folder = dataFolder();

    const exit = await command(args, { dataDir: folder.path, env });

    expect(exit).toMatchObject({ code: 1, output: expect.stringMatching(words) });
    expect(exit.output).not.toContain('a-password');
    expect(existsSync('made')).toBe(false);
  });

  test.each(KINDS.filter((kind) => kind === 'MariaDB'))(
    'beside a dump of %s brings the pictures, and begins its streams anew',
    async (kind) => {
      await using premises = await openPremises(kind);
      using folder = dataFolder();
      const place = { ...premises, file: '', env: premises.env };
      const id = '01a200d2-97c4-71f8-aa91-337f6259305b';
      const pictures = join(premises.dataDir, 'files', 'pictures');
      mkdirSync(join(pictures, '5b'), { recursive: true });
      for (const size of ['small', 'large'])
        writeFileSync(join(pictures, '5b', `${id}.${size}`), size);
      const epochs = () =>
        premises.look(async (ask) => (await ask('select epoch from stream_head'))[0]?.['epoch']);
      await premises.look((ask) =>
        ask(`insert into stream_head (restaurant_id, epoch, seq, trimmed, orders)
          values ('${premises.home.restaurantId}', 'abcdefgh', 1, 0, 0)`),
      );

      const { code, output } = await command(['backup', folder.path, '--pictures-only'], place);
      const [, backup = ''] = /^Backed up to (\S+)$/m.exec(output) ?? [];
      const elsewhere = join(folder.path, 'elsewhere');
      const back = await command(['restore', backup], {
        dataDir: elsewhere,
        env: { ...premises.env, DATA_DIR: elsewhere },
      });

      expect([code, back.code]).toEqual([0, 0]);
      expect(isKept({ dataDir: elsewhere }, id)).toBe(true);
      expect(await epochs()).toMatch(/^[a-z0-9]{8}$/);
      expect(await epochs()).not.toBe('abcdefgh');
    },
  );
});
