import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { KeyRing, type KeySet } from '@comanda/domains/auth/credentials/keys';
import { DAY } from '@comanda/kernel/time';
import type { Config } from '../config.ts';
import { readKeys } from '../keys.ts';
import { fail, type Finding, ok, warn } from './doctor-findings.ts';

const GIB = 1024 ** 3;
/** Below the first a day of uploads may fill it, below the second nothing much goes on. */
const LITTLE = GIB;
const NOTHING = GIB / 10;
const OLD_MS = 365 * DAY;

export async function folderFindings({ dataDir, filesDir }: Config): Promise<Finding[]> {
  return [folderFinding('DATA_DIR', dataDir), folderFinding('FILES_DIR', filesDir)];
}

/** A folder that is not there yet is made by the first start, where that can be done. */
function folderFinding(what: string, folder: string): Finding {
  const there = nearest(folder);
  const writable = 'give this user the right to write there, or set it to another folder';
  if (!statSync(there).isDirectory()) {
    return fail(what, { says: `${there} is no folder`, todo: 'set it to one' });
  }
  try {
    accessSync(there, constants.W_OK | constants.X_OK);
  } catch {
    return fail(what, { says: `${there} cannot be written to`, todo: writable });
  }
  const { bavail, bsize } = statfsSync(there);
  const free = bavail * bsize;
  const says = `${folder}, ${(free / GIB).toFixed(1)} GiB are free`;
  const todo = 'make room, or move it to a larger disk';
  if (free < NOTHING) return fail(what, { says, todo });
  if (free < LITTLE) return warn(what, { says, todo });
  return ok(what, there === folder ? says : `${says}; the first start makes it`);
}

function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder));
}

export async function keyFindings({ keys: source }: Config): Promise<Finding[]> {
  if ('given' in source) return [await ageFinding(source.given)];
  const { file, mayMake } = source;
  const keys = readKeys(file);
  if (!keys) {
    const todo = '`comanda-server rotate-keys` makes some; so does a start outside production';
    const trouble = { says: `there are none in ${file}`, todo };
    return [mayMake ? warn('keys', trouble) : fail('keys', trouble)];
  }
  const findings = [await ageFinding(keys)];
  if ((statSync(file).mode & 0o077) !== 0) {
    const says = `${file} can be read by others than its owner`;
    findings.push(warn('keys', { says, todo: 'chmod 600, and rotate if somebody may have' }));
  }
  return findings;
}

async function ageFinding(keys: KeySet): Promise<Finding> {
  const now = new Date();
  const todo = '`comanda-server rotate-keys` adds a key';
  const kid = await signingIn(keys, now);
  const signing = keys.keys.find((key) => key.kid === kid);
  if (!signing) return fail('keys', { says: 'none of them can sign now', todo });
  const ageMs = now.getTime() - Date.parse(signing.from);
  const age = `the one that signs is ${Math.floor(ageMs / DAY)} days old`;
  const coming = keys.keys.filter(({ from }) => new Date(from) > now).length;
  if (signing.until !== undefined && coming === 0) {
    return warn('keys', { says: `${age}, ends at ${signing.until}, and no other follows`, todo });
  }
  if (ageMs > OLD_MS) return warn('keys', { says: age, todo });
  return ok('keys', coming > 0 ? `${age}; another one follows` : age);
}

async function signingIn(keys: KeySet, now: Date): Promise<string | undefined> {
  try {
    return (await KeyRing.from(keys)).signing(now).kid;
  } catch {
    return undefined;
  }
}
