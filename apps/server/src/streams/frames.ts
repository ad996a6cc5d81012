/** One event as it goes over the line, and the same as a chunk of an answer of unknown length. */
export interface Frame {
  readonly text: string;
  readonly chunk: Buffer;
}

interface Fields {
  event?: string;
  data: string;
  id?: string;
}

/** Whatever the order of the parts, clients read them by their names; this is the one of tRPC. */
export function frame({ event, data, id }: Fields): Frame {
  const text = [
    event === undefined ? '' : `event: ${event}\n`,
    `data: ${data}\n`,
    id === undefined ? '' : `id: ${id}\n`,
    '\n\n',
  ].join('');
  const bytes = Buffer.from(text);
  const head = `${bytes.length.toString(16)}\r\n`;
  return { text, chunk: Buffer.concat([Buffer.from(head, 'latin1'), bytes, END_OF_CHUNK]) };
}

const END_OF_CHUNK = Buffer.from('\r\n', 'latin1');

export const PING = frame({ event: 'ping', data: '' });
export const RETURN = frame({ event: 'return', data: '' });

/** Events as tRPC writes them. What several are told alike, one and the same object, is written once. */
export class Frames {
  readonly #serialize: (told: unknown) => unknown;
  readonly #written = new WeakMap<object, { id: string; frame: Frame }>();

  constructor(serialize: (told: unknown) => unknown) {
    this.#serialize = serialize;
  }

  tracked(id: string, told: unknown): Frame {
    if (typeof told !== 'object' || told === null) return frame({ data: this.#text(told), id });
    const known = this.#written.get(told);
    if (known?.id === id) return known.frame;
    const written = frame({ data: this.#text(told), id });
    this.#written.set(told, { id, frame: written });
    return written;
  }

  /**
   * What has no id of its own would go by that of the event before: it is taken back first, and given again
   * by an event that nobody listens to, so that whoever comes back still goes on from there.
   */
  untracked(told: unknown, lastId: string | null): Frame[] {
    const data = this.#text(told);
    if (lastId === null) return [frame({ data })];
    return [frame({ data, id: '' }), frame({ event: 'restore-id', data: '', id: lastId })];
  }

  failed(shape: unknown): Frame {
    return frame({ event: 'serialized-error', data: this.#text(shape) });
  }

  #text(told: unknown): string {
    return JSON.stringify(this.#serialize(told));
  }
}
