import type { ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Frame } from './frames.ts';

/** The way to one reader: bytes that are made already go to the socket itself. */
export class Line {
  readonly #raw: ServerResponse;
  #over = false;
  /** Rounds of the clock since something was said, and since it was opened. */
  quietFor = 0;
  openFor = 0;

  constructor(raw: ServerResponse) {
    this.#raw = raw;
  }

  /** False: what was said waits, and so should whoever has more to say. */
  say({ text, chunk }: Frame): boolean {
    if (this.isOver) return true;
    this.quietFor = 0;
    const socket = this.#socket;
    return socket ? socket.write(chunk) : this.#raw.write(text);
  }

  /** Until what was said has gone, or the line. */
  ready(): Promise<void> {
    const raw = this.#raw;
    const waitsFor = this.#socket ?? raw;
    if (this.#over || !waitsFor.writableNeedDrain) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        waitsFor.off('drain', done);
        raw.off('close', done);
        resolve();
      };
      waitsFor.on('drain', done);
      raw.on('close', done);
    });
  }

  together(work: () => void): void {
    const socket = this.#socket;
    socket?.cork();
    work();
    socket?.uncork();
  }

  /** Ends the answer in good order; nothing is said after. */
  end(last?: Frame): void {
    if (this.#over) return;
    if (last) this.say(last);
    this.#over = true;
    this.#raw.end();
  }

  get isOver(): boolean {
    return this.#over || this.#raw.destroyed;
  }

  /** Only where every byte before has gone the same way, and what is written are chunks. */
  get #socket(): Socket | undefined {
    const { socket, chunkedEncoding, headersSent } = this.#raw;
    return headersSent && chunkedEncoding && socket instanceof Socket ? socket : undefined;
  }
}
