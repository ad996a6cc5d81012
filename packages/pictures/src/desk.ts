import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '@comanda/kernel/id';
import { isCode } from './codes.ts';
import { PictureRefused } from './refused.ts';
import { MAX_BYTES } from './sizes.ts';

/** What was received, as long as somebody looks at it. */
export interface Received extends AsyncDisposable {
  path: string;
}

/** Where pictures lie between their coming and their being kept. */
export class Desk {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Writes down what comes, piece by piece, and no more than may be. */
  async receive(bytes: AsyncIterable<Uint8Array>): Promise<Received> {
    const path = join(this.#folder, newId());
    const received = { path, [Symbol.asyncDispose]: () => rm(path, { force: true }) };
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await using file = await open(path, 'wx', 0o600);
      await file.writeFile(noMoreThan(MAX_BYTES, bytes));
      return received;
    } catch (error) {
      await received[Symbol.asyncDispose]();
      if (isCode(error, 'ENOSPC', 'EDQUOT', 'EROFS')) throw new PictureRefused('no room', error);
      throw error;
    }
  }

  /** Takes away what a process left that was stopped in the midst. */
  async clear(before: Date): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    for (const name of names) {
      const path = join(this.#folder, name);
      const { mtime } = await stat(path).catch(() => ({ mtime: before }));
      if (mtime < before) await rm(path, { force: true });
    }
  }
}

async function* noMoreThan(limit: number, bytes: AsyncIterable<Uint8Array>) {
  let count = 0;
  for await (const piece of heard(bytes)) {
    count += piece.byteLength;
    if (count > limit) throw new PictureRefused('too many bytes');
    yield piece;
  }
}

/** What breaks off on its way is no picture; whoever sent it has hung up. */
async function* heard(bytes: AsyncIterable<Uint8Array>) {
  try {
    yield* bytes;
  } catch (error) {
    throw new PictureRefused('no picture', error);
  }
}
