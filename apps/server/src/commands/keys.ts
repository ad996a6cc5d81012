import { dirname } from 'node:path';
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { newKeySet, rotated } from '@comanda/domains/auth/credentials/keys';
import { HOUR, SECOND } from '@comanda/kernel/time';
import { keyFileFor } from '../config.ts';
import { readKeys, writeKeys } from '../keys.ts';
import { Refusal } from './start-failures.ts';

/** Longer than any access token lives. */
const OVERLAP_MS = HOUR;

const OPTIONS = {
  file: { type: 'string' },
  lead: { type: 'string', default: '60' },
} as const;

export async function rotateKeys(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: OPTIONS });
  const file = values.file ?? keyFileFor();
  if (file === undefined) {
    throw new Refusal(
      'AUTH_KEYS_FROM names a store: turn a copy of it with --file, and put it back.',
    );
  }
  const leadMs = Number(values.lead) * SECOND;
  if (!/^\d{1,5}$/.test(values.lead)) throw new Refusal('--lead is a whole number of seconds.');
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const now = new Date();
  const kept = readKeys(file);
  const keys = kept
    ? await rotated(kept, now, { overlapMs: OVERLAP_MS, leadMs })
    : await newKeySet(now);
  writeKeys(file, keys);
  console.log(
    kept ? `${file} has a new key; it signs from ${keys.keys.at(-1)?.from}.` : `${file} is made.`,
  );
}
