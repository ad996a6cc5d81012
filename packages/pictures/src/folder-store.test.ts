import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@comanda/kernel/id';
import { describe, expect, test } from 'vitest';
import { FolderStore } from './folder-store.ts';

function openStore() {
  const folder = mkdtempSync(join(tmpdir(), 'comanda-store-'));
  return {
    store: new FolderStore(folder),
    files: () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => name),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

async function read(store: FolderStore, name: string): Promise<string | undefined> {
  const file = await store.open(name);
  if (!file) return undefined;
  const bytes = Buffer.concat(await file.bytes.toArray());
  expect(bytes.byteLength).toBe(file.size);
  return bytes.toString();
}

describe('a folder of files', () => {
  test('keeps what is put there, by its name', async () => {
    using at = openStore();
    const [one, other] = [`${newId()}.small`, `${newId()}.large`];

    await at.store.put(one, Buffer.from('one'));
    await at.store.put(other, Buffer.from('other'));

    expect(await read(at.store, one)).toBe('one');
    expect(await read(at.store, other)).toBe('other');
    expect(at.files().toSorted()).toEqual([one, other].toSorted());
  });

  test('has nothing by a name that was never put, or was removed', async () => {
    using at = openStore();
    const name = `${newId()}.small`;
    await at.store.put(name, Buffer.from('one'));

    await at.store.remove(name);
    await at.store.remove(name);

    expect(await read(at.store, name)).toBeUndefined();
    expect(at.files()).toEqual([]);
  });

  test('shows a file whole or not at all while it is put', async () => {
    using at = openStore();
    const name = `${newId()}.large`;
    const bytes = Buffer.alloc(4 * 1_024 * 1_024, 'x');
    const seen = new Set<number | undefined>();

    let put = false;
    const putting = at.store.put(name, bytes).then(() => (put = true));
    while (!put) seen.add((await read(at.store, name))?.length);
    await putting;

    expect([...seen].filter((length) => length !== undefined && length !== bytes.length)).toEqual(
      [],
    );
  });

  test.each(['../x', 'x', `${newId()}`, `${newId()}.small/../../x`, `../${newId()}.small`])(
    'takes no name that is none: %s',
    async (name) => {
      using at = openStore();

      await expect(at.store.put(name, Buffer.from('x'))).rejects.toThrow('A name of a file');
      await expect(at.store.open(name)).rejects.toThrow('A name of a file');
      await expect(at.store.remove(name)).rejects.toThrow('A name of a file');
    },
  );
});
