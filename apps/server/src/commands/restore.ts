import { existsSync } from 'node:fs';
import { link, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { entities } from '@comanda/domains/entities';
import { erasedSince, flawsIn, foldLog, revive, reviveOnServer } from '@comanda/storage/backing-up';
import { connect, fileOf } from '@comanda/storage/connect';
import { lockDatabase } from '@comanda/storage/lock';
import { migrationsOf } from '@comanda/storage/migrations';
import { type Config, loadConfig } from '../config.ts';
import { DATABASE, type Manifest, manifestIn, verify } from './backup-manifest.ts';
import { copyWhole, sumOf, syncToDisk } from './copying.ts';
import { Refusal } from './start-failures.ts';

const USAGE = 'Usage: comanda-server restore <folder of a backup> [--force] [--end-sessions]';
const OPTIONS = {
  force: { type: 'boolean', default: false },
  'end-sessions': { type: 'boolean', default: false },
} as const;

interface Restored {
  streams: number;
  open: number;
  /** Where the database of before lies now. */
  kept?: string | undefined;
  /** Erased since the backup was made; undefined: nobody can tell. */
  erased?: string[] | undefined;
}

/** Puts a backup where this configuration looks for its data. Looks at all of it before it touches anything. */
export async function restore(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
  const [from, ...rest] = positionals;
  if (from === undefined || rest.length > 0) throw new Refusal(USAGE);
  const backup = resolve(from);
  const config = await loadConfig();
  const { databaseUrl, filesDir } = config;
  const manifest = await manifestIn(backup);
  await verify(backup, manifest);
  const file = fileOf(databaseUrl);
  if ((file === undefined) !== (manifest.database === null)) throw new Refusal(unlike(manifest));
  const endedAt = values['end-sessions'] ? new Date() : undefined;
  const sessions = endedAt ? { endedAt } : {};
  const pictures = join(filesDir, 'pictures');
  let restored: Restored;
  if (file === undefined) {
    await putPictures(join(backup, 'pictures'), pictures, manifest);
    restored = await onServer(config, sessions);
  } else {
    await refuseNewer(manifest);
    if (existsSync(file) && !values.force) {
      throw new Refusal(`There is a database in ${file}: --force puts it aside.`);
    }
    const place = { backup, file, pictures };
    restored = await onFile(place, { manifest, sessions });
  }
  console.log(summary({ backup, manifest, endedAt }, restored));
}

function unlike({ database }: Manifest): string {
  return database
    ? 'The backup holds a SQLite file, and DATABASE_URL names a database server.'
    : 'The backup holds pictures only, and this configuration keeps its database in a file.';
}

async function refuseNewer({ database }: Manifest): Promise<void> {
  const files = await readdir(migrationsOf('sqlite').path);
  const known = new Set(files.map((name) => name.replace(/\.ts$/, '')));
  const foreign = database?.steps.find((step) => !known.has(step.replace(/\.ts$/, '')));
  if (foreign === undefined) return;
  throw new Refusal(
    `A newer version of Comanda made this backup (it has the step ${foreign}): restore it with that one.`,
  );
}

interface Place {
  backup: string;
  file: string;
  pictures: string;
}

interface Wanted {
  manifest: Manifest;
  sessions: { endedAt?: Date };
}

/** Until the last rename the old database is served, and then the new one: both have their pictures. */
async function onFile(place: Place, { manifest, sessions }: Wanted): Promise<Restored> {
  const { backup, file, pictures } = place;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const lock = lockDatabase(file);
  try {
    const draft = `${file}.restoring`;
    for (const suffix of ['', '-journal', '-wal', '-shm']) await rm(`${draft}${suffix}`, GONE);
    const { sha256 } = await copyWhole(join(backup, DATABASE), draft);
    const flaws = flawsIn(draft);
    if (sha256 !== manifest.database?.sha256) flaws.push('it was not copied as it is');
    if (flaws.length > 0) {
      await rm(draft, GONE);
      throw new Refusal(`Nothing was restored, the backup is damaged: ${flaws.join('; ')}.`);
    }
    const revived = revive(draft, sessions);
    await syncToDisk(draft);
    await putPictures(join(backup, 'pictures'), pictures, manifest);
    const aside = await putAside(file);
    const erased = aside?.sound ? erasedSince(aside.kept, new Date(manifest.madeAt)) : undefined;
    await rename(draft, file);
    await syncToDisk(dirname(file));
    return { ...revived, kept: aside?.kept, erased };
  } finally {
    lock.release();
  }
}

const GONE = { force: true } as const;

interface Aside {
  kept: string;
  /** Whether the old one can still be read. */
  sound: boolean;
}

/** Leaves the old database where it is, with one name more. */
async function putAside(file: string): Promise<Aside | undefined> {
  if (!existsSync(file)) {
    await dropLog(file);
    return undefined;
  }
  const kept = `${file}.before-${new Date().toISOString().replaceAll(/[-:]/g, '')}`;
  // First of all: SQLite throws away the log of a database that it cannot read.
  if (existsSync(`${file}-wal`)) await copyWhole(`${file}-wal`, `${kept}-wal`);
  const sound = foldLog(file);
  if (sound) await rm(`${kept}-wal`, GONE);
  // Some file systems have no second names.
  await link(file, kept).catch(() => copyWhole(file, kept));
  await syncToDisk(dirname(file));
  await dropLog(file);
  return { kept, sound };
}

/** The log of the old database would be played into the new one. */
async function dropLog(file: string): Promise<void> {
  for (const suffix of ['-wal', '-shm']) await rm(`${file}${suffix}`, GONE);
}

/** A picture never changes under its name: what is there and whole stays, what is not named stays too. */
async function putPictures(from: string, to: string, { pictures }: Manifest): Promise<void> {
  const folders = new Set<string>();
  for (const { path, sha256 } of pictures) {
    const found = await sumOf(join(to, path)).catch(() => undefined);
    if (found?.sha256 === sha256) continue;
    const copied = await copyWhole(join(from, path), join(to, path));
    if (copied.sha256 !== sha256) throw new Refusal(`${path} changed while it was copied.`);
    folders.add(dirname(join(to, path)));
  }
  for (const folder of folders) await syncToDisk(folder);
}

async function onServer(
  { databaseUrl, databaseTls }: Config,
  sessions: { endedAt?: Date },
): Promise<Restored> {
  const database = await connect(databaseUrl, entities, databaseTls);
  try {
    return await reviveOnServer(database, sessions);
  } finally {
    await database.close();
  }
}

interface Told {
  backup: string;
  manifest: Manifest;
  endedAt: Date | undefined;
}

function summary({ backup, manifest, endedAt }: Told, restored: Restored): string {
  const { streams, open, kept, erased } = restored;
  const { database, pictures, madeAt } = manifest;
  const rows = Object.values(database?.rows ?? {}).reduce((sum, count) => sum + count, 0);
  const sessions = endedAt
    ? `${open} sessions and passes ended: everybody signs in again`
    : `${open} sessions and passes are open as they were then. Whoever's was renewed since signs in again; ` +
      'whoever signed out since, or lost a password, is in again: --end-sessions ends all';
  const again = erased?.length
    ? `erased since, to be erased again: ${erased.join(', ')}`
    : erased
      ? 'nobody was erased since'
      : 'whoever was erased since has to be erased again; the log of before would tell';
  return [
    `Restored ${backup}, made at ${madeAt}`,
    database
      ? `  database  ${rows} rows; integrity ok`
      : '  database  the one on the server, as it was dumped',
    `  pictures  ${pictures.length} files`,
    `  streams   ${streams} begin anew: whoever watches reads everything again`,
    `  sessions  ${sessions}`,
    `  erasures  ${again}`,
    ...(kept ? [`  before    the old database is ${kept}`] : []),
  ].join('\n');
}
