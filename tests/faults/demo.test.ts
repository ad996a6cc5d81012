import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { command, dataFolder, type Server, startServer } from './server.ts';

/** The dishes of the planted menu, by name. */
async function dishesOf(server: Server) {
  const { items } = await server.client().menu.list.query({ limit: 100 });
  return new Map(items.map((item) => [item.name, item]));
}

/** What a browser is shown, and what it really is. */
async function shown(server: Server, address: string) {
  const answer = await fetch(`${server.url}/files/${address}`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  return {
    type: answer.headers.get('content-type'),
    kind: bytes.toString('latin1', 8, 12),
    // The head of a lossy WebP holds them in 14 bits each.
    width: bytes.readUInt16LE(26) % 2 ** 14,
    height: bytes.readUInt16LE(28) % 2 ** 14,
  };
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

const WEBP = { type: 'image/webp', kind: 'WEBP' };

describe('the demo restaurant', () => {
  test('shows what its dishes look like, those that it recommends before all', async () => {
    using folder = dataFolder();
    await using server = await startServer({ dataDir: folder.path });

    const dishes = await dishesOf(server);
    const pictured = [...dishes.values()].filter(({ photoId }) => photoId !== null);
    const sights = [];
    for (const { photoId } of pictured) {
      sights.push(await shown(server, `${photoId}/small`), await shown(server, `${photoId}/large`));
    }

    expect(pictured.filter(({ featured }) => featured).map(({ name }) => name)).toEqual([
      'Burrata',
      'Carbonara',
      'Trofie al pesto',
      'Bufalina',
      'Tiramisù',
    ]);
    expect(pictured.length).toBeGreaterThanOrEqual(25);
    expect(sights).toEqual(
      pictured.flatMap(() => [
        { ...WEBP, width: 320, height: 240 },
        { ...WEBP, width: 800, height: 600 },
      ]),
    );
    expect(dishes.get('Acqua naturale')).toMatchObject({ photoId: null });
  });

  test('opens without pictures where these have no place', async () => {
    using folder = dataFolder();
    const filesDir = join(folder.path, 'no-folder');
    writeFileSync(filesDir, '');

    await using server = await startServer({
      dataDir: folder.path,
      env: { FILES_DIR: filesDir },
    });
    const dishes = await dishesOf(server);

    expect((await server.signIn('manager')).user.role).toBe('manager');
    expect([...dishes.values()].filter(({ photoId }) => photoId !== null)).toEqual([]);
    expect(server.output()).toContain('the demo restaurant goes without some of its pictures');
  });

  test('takes the files of its pictures along when it is thrown away', async () => {
    using folder = dataFolder();
    const pictures = join(folder.path, 'files', 'pictures');
    await command(['seed'], { dataDir: folder.path });
    const planted = filesIn(pictures);

    const { code } = await command(['demo-reset'], { dataDir: folder.path });

    expect(code).toBe(0);
    expect(planted.length).toBeGreaterThanOrEqual(50);
    expect(filesIn(pictures)).toEqual([]);
  });
});
