import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { KeyRing, type KeySet, newKeySet } from '@comanda/domains/auth/credentials/keys';
import type { AccessTokens } from '@comanda/domains/auth/credentials/tokens';
import { SECOND } from '@comanda/kernel/time';
import type { FastifyBaseLogger } from 'fastify';
import { type KeySource, parseKeys } from './config.ts';

type KeyFile = Extract<KeySource, { file: string }>;

/** Both well below the minute after which a new key signs. */
const FILE_REREAD_MS = 10 * SECOND;
const STORE_REREAD_MS = 30 * SECOND;

export class KeyFileUnusable extends Error {
  override readonly name = 'KeyFileUnusable';
}

/** The signing keys, made and kept on first use where that is allowed. */
export async function loadKeys(source: KeySource, now: Date): Promise<KeySet> {
  const keys = 'given' in source ? source.given : await keptKeys(source, now);
  await ringOf(keys, now);
  return keys;
}

async function keptKeys({ file, mayMake }: KeyFile, now: Date): Promise<KeySet> {
  const kept = readKeys(file);
  if (kept) return kept;
  if (!mayMake) throw new KeyFileUnusable(`There are no signing keys in ${file}.`);
  const made = await newKeySet(now);
  writeKeys(file, made);
  return made;
}

export function readKeys(file: string): KeySet | undefined {
  const text = textOf(file);
  return text === undefined ? undefined : keysIn(text, file);
}

function keysIn(text: string, file: string): KeySet {
  const keys = parseKeys(text);
  if (keys) return keys;
  throw new KeyFileUnusable(
    `${file} holds no key set as \`comanda-server rotate-keys\` writes it.`,
  );
}

/** Refuses keys of which none can sign now. */
async function ringOf(keys: KeySet, now: Date): Promise<KeyRing> {
  try {
    const ring = await KeyRing.from(keys);
    ring.signing(now);
    return ring;
  } catch {
    throw new KeyFileUnusable(
      'None of the signing keys can sign now: `comanda-server rotate-keys` adds one.',
    );
  }
}

/** Readable by its owner only, and never half written. */
export function writeKeys(file: string, keys: KeySet): void {
  const fresh = `${file}.${process.pid}.new`;
  writeFileSync(fresh, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  renameSync(fresh, file);
}

interface Follower {
  /** Looks now; missing where neither a file nor a store was named. */
  reread?: () => void;
  stop(): void;
}

/** Takes up a rotation without a restart. What cannot be used changes nothing. */
export function followKeys(
  source: KeySource,
  tokens: AccessTokens,
  log: FastifyBaseLogger,
): Follower {
  const read = readerOf(source);
  if (!read) return { stop: () => undefined };
  let known: string | undefined;
  let reading = false;
  const reread = async () => {
    if (reading) return;
    reading = true;
    try {
      const text = await read();
      if (text === undefined || text === known) return;
      known = text;
      tokens.ring = await ringOf(keysIn(text, placeOf(source)), new Date());
      log.info('the signing keys were read');
    } catch (error) {
      log.warn({ err: error }, 'no new signing keys can be had; those from before stay in force');
    } finally {
      reading = false;
    }
  };
  const look = () => void reread();
  look(); // they may have changed since they were loaded
  const timer = setInterval(look, 'given' in source ? STORE_REREAD_MS : FILE_REREAD_MS);
  timer.unref();
  const isToldTo = 'given' in source || !source.mayMake;
  return { ...(isToldTo && { reread: look }), stop: () => clearInterval(timer) };
}

/** What to ask for keys that may have been turned; undefined for those that are fixed. */
function readerOf(source: KeySource): (() => Promise<string | undefined>) | undefined {
  if ('given' in source) return source.again;
  return async () => textOf(source.file);
}

function placeOf(source: KeySource): string {
  return 'given' in source ? 'AUTH_KEYS_FROM' : source.file;
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
