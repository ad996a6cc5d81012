import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { newId } from '@comanda/kernel/id';
import { isCode } from './codes.ts';
import type { FileStore, OpenFile } from './store.ts';

/** Files in a folder. A file is there whole or not at all, also after a crash in the midst. */
export class FolderStore implements FileStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async put(name: string, bytes: Uint8Array): Promise<void> {
    const path = this.#at(name);
    const draft = `${path}.${newId()}`;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    try {
      await using file = await open(draft, 'wx', 0o600);
      await file.writeFile(bytes);
      await file.sync();
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }

  async open(name: string): Promise<OpenFile | undefined> {
    try {
      const file = await open(this.#at(name), 'r');
      const { size } = await file.stat();
      return { bytes: file.createReadStream(), size };
    } catch (error) {
      if (isCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
      throw error;
    }
  }

  async remove(name: string): Promise<void> {
    await rm(this.#at(name), { force: true });
  }

  /** Spread over folders by the end of the name's id, which is random. */
  #at(name: string): string {
    if (!/^[0-9a-f-]{36}\.\w+$/.test(name))
      throw new Error('A name of a file is an id and a kind.');
    return join(this.#folder, name.slice(34, 36), name);
  }
}
