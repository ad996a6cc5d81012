import { existsSync } from 'node:fs';
import { chmod, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { contentsOf, copyDatabase, flawsIn, picturesNamedIn } from '@comanda/storage/backing-up';
import { fileOf } from '@comanda/storage/connect';
import { type Config, loadConfig } from '../config.ts';
import { DATABASE, MANIFEST, type Manifest } from './backup-manifest.ts';
import { copyWhole, sumOf, syncToDisk } from './copying.ts';
import { Refusal } from './start-failures.ts';

const USAGE = 'Usage: comanda-server backup <folder> [--pictures-only]';
/** As the picture store names them; what is being written has one more ending. */
const PICTURE = /^([0-9a-f-]{36})\.\w+$/;
const PART = '.part';

/** Copies everything into a folder of its own within that folder, while a server runs or not. */
export async function backUp(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { 'pictures-only': { type: 'boolean', default: false } },
  });
  const [into, ...rest] = positionals;
  if (into === undefined || rest.length > 0) throw new Refusal(USAGE);
  const config = await loadConfig();
  const file = databaseFileOf(config, values['pictures-only']);
  const madeAt = new Date();
  const name = `comanda-backup-${madeAt.toISOString().replaceAll(/[-:]/g, '')}`;
  const folder = join(resolve(into), name);
  const draft = join(resolve(into), `.${name}${PART}`);
  await mkdir(draft, { recursive: true, mode: 0o700 });
  try {
    const manifest = await filled(draft, { file, filesDir: config.filesDir, madeAt });
    await writeManifest(draft, manifest);
    await rename(draft, folder);
    await syncToDisk(resolve(into));
    console.log(summary(folder, manifest));
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
  for (const left of await leftIn(resolve(into))) console.log(left);
}

/** undefined for a database server, of which this copies the pictures only. */
function databaseFileOf({ databaseUrl }: Config, picturesOnly: boolean): string | undefined {
  const file = fileOf(databaseUrl);
  if (file === undefined && picturesOnly) return undefined;
  if (file === undefined) {
    const dump = databaseUrl.startsWith('mysql:') ? 'mysqldump' : 'mariadb-dump';
    throw new Refusal(
      `DATABASE_URL names a database server: dump it with \`${dump} --single-transaction --routines --triggers\`, ` +
        'then run `comanda-server backup <folder> --pictures-only`.',
    );
  }
  if (picturesOnly)
    throw new Refusal('--pictures-only is for what a database server is dumped with.');
  if (!existsSync(file)) throw new Refusal(`There is no database in ${file}.`);
  return file;
}

interface Sources {
  file: string | undefined;
  filesDir: string;
  madeAt: Date;
}

/** The database goes first: whatever hangs in it has its files, and keeps them for a day. */
async function filled(draft: string, { file, filesDir, madeAt }: Sources): Promise<Manifest> {
  const copy = join(draft, DATABASE);
  let database: Manifest['database'] = null;
  if (file !== undefined) {
    copyDatabase(file, copy);
    await chmod(copy, 0o600);
    const flaws = flawsIn(copy);
    if (flaws.length > 0) throw new Refusal(`The database is damaged: ${flaws.join('; ')}.`);
    await syncToDisk(copy);
    database = { ...(await sumOf(copy)), ...contentsOf(copy) };
  }
  const named = database ? picturesNamedIn(copy) : undefined;
  const pictures = await copiedPictures(join(filesDir, 'pictures'), join(draft, 'pictures'), named);
  const found = new Set(pictures.map(({ path }) => PICTURE.exec(basename(path))?.[1]));
  const missing = [...(named ?? [])].filter(([id, hangs]) => hangs && !found.has(id));
  return {
    kind: 'comanda-backup',
    format: 1,
    madeAt: madeAt.toISOString(),
    database,
    pictures,
    missing: missing.map(([id]) => id),
  };
}

async function copiedPictures(
  from: string,
  to: string,
  named: ReadonlyMap<string, boolean> | undefined,
): Promise<Manifest['pictures']> {
  const copied: Manifest['pictures'] = [];
  const folders = await namesIn(from);
  for (const folder of folders.toSorted()) {
    for (const file of (await namesIn(join(from, folder))).toSorted()) {
      const [, id] = PICTURE.exec(file) ?? [];
      if (id === undefined || named?.has(id) === false) continue;
      const sum = await unlessGone(copyWhole(join(from, folder, file), join(to, folder, file)));
      if (sum) copied.push({ path: `${folder}/${file}`, ...sum });
    }
    if (folders.length > 0 && existsSync(join(to, folder))) await syncToDisk(join(to, folder));
  }
  if (existsSync(to)) await syncToDisk(to);
  return copied;
}

async function namesIn(folder: string): Promise<string[]> {
  return (await unlessGone(readdir(folder))) ?? [];
}

/** What hangs nowhere may be tidied away at any moment. */
async function unlessGone<Found>(asked: Promise<Found>): Promise<Found | undefined> {
  try {
    return await asked;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

async function writeManifest(draft: string, manifest: Manifest): Promise<void> {
  {
    await using file = await open(join(draft, MANIFEST), 'wx', 0o600);
    await file.writeFile(`${JSON.stringify(manifest, null, 2)}\n`);
    await file.sync();
  }
  await syncToDisk(draft);
}

function summary(folder: string, { database, pictures, missing }: Manifest): string {
  const rows = Object.values(database?.rows ?? {}).reduce((sum, count) => sum + count, 0);
  const bytes = pictures.reduce((sum, picture) => sum + picture.bytes, 0);
  const lines = [
    `Backed up to ${folder}`,
    database
      ? `  database  ${rows} rows, ${database.bytes} bytes; integrity ok`
      : '  database  none: dump the database server',
    `  pictures  ${pictures.length} files, ${bytes} bytes`,
  ];
  if (missing.length > 0) lines.push(`  missing   files of ${missing.length} pictures that hang`);
  return [...lines, 'Signing keys are not in it: keep those elsewhere.'].join('\n');
}

async function leftIn(into: string): Promise<string[]> {
  const left = (await readdir(into)).filter(
    (name) => name.startsWith('.comanda-backup-') && name.endsWith(PART),
  );
  return left.map(
    (name) => `${join(into, name)} is of a backup that has not ended; if none runs, throw it away.`,
  );
}
