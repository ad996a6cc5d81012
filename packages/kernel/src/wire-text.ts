import superjson from 'superjson';
import { isoText } from './iso-text.ts';

/**
 * A value in superjson's format, as text. superjson copies every value that it looks at; most of what is
 * answered is plain but for a date here and there. Only what holds such a one is copied, with the date in the
 * words that JSON would have for it, and they are named beside it. What is not so plain goes through superjson.
 * Nothing is said of one object that stands in two places: it is read as two that are alike.
 */
export function wireText(value: unknown): string {
  const named = new Named();
  const plain = plainOf(value, named);
  if (plain === STRANGE) return JSON.stringify(superjson.serialize(value));
  const json = JSON.stringify(plain);
  return named.values === ''
    ? `{"json":${json}}`
    : `{"json":${json},"meta":{"values":${named.values},"v":1}}`;
}

/** What superjson is left to write, or to refuse. */
const STRANGE = Symbol('strange');

type Kind = 'Date' | 'undefined' | 'bigint';

/** As deep as answers go; in a circle it would never end. */
const MAX_DEPTH = 50;

/** What JSON has no word for, named by where it stands. */
class Named {
  #values = '';
  #depth = 0;
  readonly #path: (string | number)[] = [];
  /** The way to what stands in so many others, as text; of so many it is known. */
  readonly #ways: string[] = [''];
  #known = 0;

  /** As superjson has it. */
  get values(): string {
    return this.#values === '' || this.#values.startsWith('[') ? this.#values : `{${this.#values}}`;
  }

  get isDeep(): boolean {
    return this.#depth === MAX_DEPTH;
  }

  enter(key: string | number): void {
    if (this.#known > this.#depth) this.#known = this.#depth;
    this.#path[this.#depth++] = key;
  }

  leave(): void {
    this.#depth -= 1;
  }

  name(kind: Kind): void {
    // A value without a place of its own is the whole.
    if (this.#depth === 0) this.#values = `["${kind}"]`;
    else {
      const at = this.#way(this.#depth - 1) + escaped(this.#path[this.#depth - 1]);
      this.#values += `${this.#values === '' ? '' : ','}"${at}":["${kind}"]`;
    }
  }

  #way(depth: number): string {
    while (this.#known < depth) {
      const way = this.#ways[this.#known] + escaped(this.#path[this.#known]);
      this.#ways[++this.#known] = `${way}.`;
    }
    return this.#ways[depth] ?? '';
  }
}

const TO_ESCAPE = /[.\\"\p{Cc}\p{Cs}]/u;

/** A step of the way, as it stands within the quotes of JSON. */
function escaped(step: string | number | undefined): string {
  if (typeof step !== 'string' || !TO_ESCAPE.test(step)) return String(step);
  return JSON.stringify(step.replace(/[\\.]/g, String.raw`\$&`)).slice(1, -1);
}

/** What JSON writes as superjson would. */
function plainOf(value: unknown, named: Named): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0) ? value : STRANGE;
    case 'undefined':
      named.name('undefined');
      return null;
    case 'bigint':
      named.name('bigint');
      return value.toString();
    case 'object':
      return value === null ? null : plainIn(value, named);
    default:
      return STRANGE;
  }
}

function plainIn(value: object, named: Named): unknown {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) return STRANGE;
    named.name('Date');
    return isoText(value);
  }
  if (Array.isArray(value)) return plainList(value, named);
  const kind: unknown = Object.getPrototypeOf(value);
  if (kind !== Object.prototype && kind !== null) return STRANGE;
  return plainRecord(value as Record<string, unknown>, named);
}

function plainList(list: unknown[], named: Named): unknown {
  let copy: unknown[] | undefined;
  for (const [at, one] of list.entries()) {
    // What was never put there superjson does not name, and leaves out at the end.
    if (one === undefined && !(at in list)) return STRANGE;
    const plain = plainAt(at, one, named);
    if (plain === STRANGE) return STRANGE;
    if (plain !== one) (copy ??= [...list])[at] = plain;
  }
  return copy ?? list;
}

/** Superjson refuses these; it is left to say so. An empty one would be taken for the whole. Asked of every key: no set is as quick. */
function isStrange(key: string): boolean {
  return key === '__proto__' || key === 'constructor' || key === 'prototype' || key === '';
}

function plainRecord(record: Record<string, unknown>, named: Named): unknown {
  let copy: Record<string, unknown> | undefined;
  for (const key in record) {
    if (isStrange(key)) return STRANGE;
    const one = record[key];
    if (typeof one === 'string' || one === null) continue;
    const plain = plainAt(key, one, named);
    if (plain === STRANGE) return STRANGE;
    if (plain !== one) (copy ??= { ...record })[key] = plain;
  }
  return copy ?? record;
}

function plainAt(key: string | number, value: unknown, named: Named): unknown {
  if (typeof value === 'string' || value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value) && value !== 0) return value;
  if (named.isDeep) return STRANGE;
  named.enter(key);
  const plain = plainOf(value, named);
  named.leave();
  return plain;
}
