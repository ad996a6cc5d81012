import { Desk, type Received } from './desk.ts';
import { isCode } from './codes.ts';
import { PictureRefused } from './refused.ts';
import { type Rendered, render } from './render.ts';
import { type Size, SIZES } from './sizes.ts';
import type { FileStore, OpenFile } from './store.ts';

/** Takes pictures in, keeps them by their ids and shows them. */
export class Pictures {
  readonly #store: FileStore;
  readonly #desk: Desk;

  /** Files wait at `desk` to be looked at, and end in `store`. */
  constructor({ store, desk }: { store: FileStore; desk: string }) {
    this.#store = store;
    this.#desk = new Desk(desk);
  }

  /** @throws {PictureRefused} */
  receive(bytes: AsyncIterable<Uint8Array>): Promise<Received> {
    return this.#desk.receive(bytes);
  }

  /** @throws {PictureRefused} */
  render({ path }: Received): Promise<Rendered> {
    return render(path);
  }

  /** @throws {PictureRefused} */
  async keep(id: string, picture: Rendered): Promise<void> {
    try {
      for (const size of sizes) await this.#store.put(nameOf(id, size), picture[size]);
    } catch (error) {
      await this.remove(id);
      if (isCode(error, 'ENOSPC', 'EDQUOT', 'EROFS')) throw new PictureRefused('no room', error);
      throw error;
    }
  }

  open(id: string, size: Size): Promise<OpenFile | undefined> {
    return this.#store.open(nameOf(id, size));
  }

  async remove(id: string): Promise<void> {
    for (const size of sizes) await this.#store.remove(nameOf(id, size));
  }

  /** Takes away what was begun before and never kept. */
  clearDesk(before: Date): Promise<void> {
    return this.#desk.clear(before);
  }
}

const sizes = Object.keys(SIZES) as Size[];

function nameOf(id: string, size: Size): string {
  return `${id}.${size}`;
}
