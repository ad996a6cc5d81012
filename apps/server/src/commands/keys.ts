import { dirname } from 'node:path';
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { newKeySet, rotated } from '@comanda/domains/auth/credentials/keys';
import { HOUR } from '@comanda/kernel/time';
import { keyFileFor } from '../config.ts';
import { readKeys, writeKeys } from '../keys.ts';

/** Longer than any access token lives. */
const OVERLAP_MS = HOUR;

export async function rotateKeys(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { file: { type: 'string' } } });
  const file = values.file ?? keyFileFor();
  mkdirSync(dirname(file), { recursive: true });
  const now = new Date();
  const kept = readKeys(file);
  const keys = kept ? await rotated(kept, now, OVERLAP_MS) : await newKeySet(now);
  writeKeys(file, keys);
  console.log(
    kept ? `${file} has a new key; it signs from ${keys.keys.at(-1)?.from}.` : `${file} is made.`,
  );
}
