/** superjson's format, for the kinds of values that the contract knows. */
export interface Encoded {
  json: unknown;
  meta?: { values: unknown; v: 1 };
}

type Notes = Record<string, [kind: string]>;

const MAX_DEPTH = 100;

/** What cannot be written, with the place where it stands. */
export class Unsendable extends TypeError {
  override readonly name = 'Unsendable';
}

/** Writes a value; `undefined` in an object is left out, so that it is the same as not being there. */
export function encode(value: unknown): Encoded {
  const notes: Notes = {};
  const json = plain(value, [], notes);
  if (Object.keys(notes).length === 0) return { json };
  const isWhole = typeof value !== 'object' || value instanceof Date;
  return { json, meta: { values: isWhole ? notes[''] : notes, v: 1 } };
}

function plain(value: unknown, path: string[], notes: Notes): unknown {
  const noted = (kind: string, written: unknown) => {
    notes[path.join('.')] = [kind];
    return written;
  };
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value)) throw unsendable(String(value), path);
      return value;
    case 'bigint':
      return noted('bigint', String(value));
    case 'undefined':
      return noted('undefined', null);
    case 'object':
      if (value === null) return null;
      if (value instanceof Date) return noted('Date', instant(value, path));
      return deep(value, path, notes);
    default:
      throw unsendable(`a ${typeof value}`, path);
  }
}

function deep(value: object, path: string[], notes: Notes): unknown {
  if (path.length >= MAX_DEPTH) throw unsendable('a circle, or something this deep,', path);
  if (Array.isArray(value)) {
    return value.map((item, index) => plain(item, [...path, String(index)], notes));
  }
  const proto: unknown = Object.getPrototypeOf(value);
  if (proto !== null && Object.getPrototypeOf(proto) !== null) {
    throw unsendable(`a ${value.constructor.name}`, path);
  }
  const present = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(
    present.map(([key, item]) => [
      key,
      plain(item, [...path, key.replace(/[\\.]/g, '\\$&')], notes),
    ]),
  );
}

function instant(date: Date, path: string[]): string {
  if (Number.isNaN(date.getTime())) throw unsendable('an invalid Date', path);
  return date.toISOString();
}

function unsendable(what: string, path: string[]): Unsendable {
  const place = path.length > 5 ? `${path.slice(0, 5).join('.')}…` : path.join('.');
  return new Unsendable(`${what} cannot be sent${place && ` (${place})`}`);
}

const READ = new Map<unknown, (written: unknown) => unknown>([
  ['Date', (written) => new Date(String(written))],
  ['bigint', (written) => BigInt(String(written))],
  ['number', (written) => Number(written)],
  ['undefined', () => undefined],
]);

/** Reads a value as superjson wrote it. */
export function decode(received: unknown): unknown {
  const { json, meta } = received as { json: unknown; meta?: { values?: unknown } };
  return meta?.values ? revive(json, meta.values) : json;
}

function revive(value: unknown, notes: unknown): unknown {
  if (Array.isArray(notes)) {
    const read = READ.get(notes[0]);
    if (!read) throw new TypeError('an answer has a kind of value that this client does not know');
    return read(value);
  }
  for (const [path, below] of Object.entries(notes as object)) place(value, keysOf(path), below);
  return value;
}

function place(value: unknown, keys: string[], notes: unknown): void {
  const last = keys.pop();
  let at = value;
  for (const key of keys) at = own(at, key);
  const found = own(at, last ?? '');
  if (found !== undefined) (at as Record<string, unknown>)[last ?? ''] = revive(found, notes);
}

/** Never follows what the answer inherits. */
function own(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

/** Dots part the keys; one that belongs to a key has a backslash before it, and so has a backslash. */
function keysOf(path: string): string[] {
  return path.split(/(?<=(?:^|[^\\])(?:\\\\)*)\./).map((key) => key.replace(/\\(.)/g, '$1'));
}
