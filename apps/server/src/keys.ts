import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { KeyRing, type KeySet, newKeySet } from '@comanda/domains/auth/credentials/keys';
import type { AccessTokens } from '@comanda/domains/auth/credentials/tokens';
import { SECOND } from '@comanda/kernel/time';
import { type KeySource, parseKeys } from './config.ts';

const REREAD_MS = 30 * SECOND;

export class KeyFileUnusable extends Error {
  override readonly name = 'KeyFileUnusable';
}

/** The signing keys, made and kept on first use where that is allowed. */
export async function loadKeys(source: KeySource, now: Date): Promise<KeySet> {
  if ('given' in source) return source.given;
  const kept = readKeys(source.file);
  if (kept) return kept;
  if (!source.mayMake) throw new KeyFileUnusable(`There are no signing keys in ${source.file}.`);
  const made = await newKeySet(now);
  writeKeys(source.file, made);
  return made;
}

export function readKeys(file: string): KeySet | undefined {
  const text = textOf(file);
  if (text === undefined) return undefined;
  const keys = parseKeys(text);
  if (!keys)
    throw new KeyFileUnusable(
      `${file} holds no key set as \`comanda-server rotate-keys\` writes it.`,
    );
  return keys;
}

/** Readable by its owner only, and never half written. */
export function writeKeys(file: string, keys: KeySet): void {
  const fresh = `${file}.${process.pid}.new`;
  writeFileSync(fresh, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  renameSync(fresh, file);
}

/** Takes up a rotation without a restart. A file that cannot be used changes nothing. */
export function followKeys(
  source: KeySource,
  tokens: AccessTokens,
  warn: (why: string) => void,
): () => void {
  if ('given' in source) return () => undefined;
  let known = textOf(source.file);
  const timer = setInterval(() => {
    const text = textOf(source.file);
    if (text === undefined || text === known) return;
    known = text;
    const keys = parseKeys(text);
    if (!keys) return warn('the key file cannot be used; the keys from before stay in force');
    void KeyRing.from(keys).then((ring) => {
      tokens.ring = ring;
    });
  }, REREAD_MS);
  timer.unref();
  return () => clearInterval(timer);
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
