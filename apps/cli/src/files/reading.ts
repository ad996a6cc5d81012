import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Misuse } from '../exits.ts';
import { FileRefused } from './refused.ts';

const MAX_BYTES = 5_000_000;

export const FORMATS = ['csv', 'yaml'] as const;
export type Format = (typeof FORMATS)[number];

/** A file as it was read, or what was piped in. */
export interface Source {
  /** What it is called in what is told. */
  name: string;
  format: Format;
  text: string;
}

/** Which format is meant: what was said comes before how the file is called. */
export function formatOf(path: string | undefined, said: string | undefined): Format | undefined {
  if (said !== undefined) {
    const format = FORMATS.find((one) => one === said);
    if (!format) throw new Misuse(`--format is csv or yaml, not ${said}.`);
    return format;
  }
  if (path?.toLowerCase().endsWith('.csv')) return 'csv';
  return /\.(ya?ml|json)$/i.test(path ?? '') ? 'yaml' : undefined;
}

/** Reads a file, or with `-` what is piped in. Refuses what is no text in UTF-8. */
export function sourceAt(path: string, said: string | undefined): Source {
  const format = formatOf(path, said);
  const name = path === '-' ? 'what is piped in' : path;
  if (!format) throw new Misuse(`Is ${name} CSV or YAML? Say --format csv, or --format yaml.`);
  return { name, format, text: textIn(name, bytesOf(path, name)) };
}

function bytesOf(path: string, name: string): Buffer {
  try {
    const size = path === '-' ? 0 : statSync(path).size;
    const bytes = size > MAX_BYTES ? undefined : readFileSync(path === '-' ? 0 : path);
    if (bytes && bytes.length <= MAX_BYTES) return bytes;
  } catch {
    // With the whole path, for npm runs a script in another folder than it was called in.
    throw new Misuse(`${path === '-' ? name : resolve(path)} cannot be read.`);
  }
  const message = 'It is larger than 5 MB. Split it, and import one part after the other.';
  throw new FileRefused(name, message);
}

function textIn(name: string, bytes: Buffer): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw new FileRefused(name, 'It is UTF-16. Save it as UTF-8.');
  }
  let text: string;
  try {
    // It takes a byte order mark away, too.
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new FileRefused(name, 'It is no text in UTF-8. Save it as UTF-8.');
  }
  if (text.includes('\0')) throw new FileRefused(name, 'It holds a NUL, so it is no text.');
  if (text.trim() === '') throw new FileRefused(name, 'It is empty.');
  return text;
}
