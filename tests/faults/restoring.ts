import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { entities } from '@comanda/domains/entities';
import { connect } from '@comanda/storage/connect';
import type { Ask, Premises } from './premises.ts';
import { command, type Exit, run, type Running, ENTRY } from './server.ts';

const BACKUP = /^Backed up to (\S+)$/m;

/** A folder with a SQLite file, and the environment of a server on it. */
export interface Place {
  dataDir: string;
  file: string;
  env: Record<string, string>;
}

export function placeIn(dataDir: string, { env }: Pick<Premises, 'env'>): Place {
  const file = join(dataDir, 'comanda.sqlite');
  return { dataDir, file, env: { ...env, DATA_DIR: dataDir, DATABASE_URL: `sqlite:${file}` } };
}

/** Backs that place up; answers the folder of the backup. */
export async function backedUp(place: Place, into: string): Promise<string> {
  const { code, output } = await command(['backup', into], place);
  const [, folder] = BACKUP.exec(output) ?? [];
  if (code !== 0 || folder === undefined) throw new Error(`It was not backed up:\n${output}`);
  return folder;
}

export function restored(backup: string, place: Place, ...options: string[]): Promise<Exit> {
  return command(['restore', backup, ...options], place);
}

/** A command that is to be killed on its way. */
export function begun(args: string[], { env }: Place): Running {
  return run(process.execPath, [ENTRY, ...args], env);
}

/** Looks into the database of a place on which no server runs. */
export async function lookInto<What>(
  { file }: Pick<Place, 'file'>,
  work: (ask: Ask) => Promise<What>,
): Promise<What> {
  const database = await connect(`sqlite:${file}`, entities);
  try {
    return await work((sql) => database.orm.em.getConnection().execute(sql));
  } finally {
    await database.close();
  }
}

/** What SQLite finds wrong, and pictures that hang and have no file. */
export function flawsOf(place: Place): Promise<unknown[]> {
  return lookInto(place, async (ask) => {
    const [integrity] = await ask('pragma integrity_check');
    const orphans = await ask('pragma foreign_key_check');
    const hanging = await ask('select id from picture where loose_since is null');
    const bare = hanging.filter(({ id }) => !isKept(place, String(id)));
    const said = integrity?.['integrity_check'] === 'ok' ? [] : [integrity];
    return [...said, ...orphans, ...bare];
  });
}

/** Whether both sizes of a picture lie there. */
export function isKept({ dataDir }: Pick<Place, 'dataDir'>, id: string): boolean {
  const sizes = ['small', 'large'];
  const folder = join(dataDir, 'files', 'pictures', id.slice(34, 36));
  return sizes.every((size) => existsSync(join(folder, `${id}.${size}`)));
}

export function epochsIn(place: Pick<Place, 'file'>): Promise<string[]> {
  return lookInto(place, async (ask) => {
    const heads = await ask('select epoch from stream_head order by restaurant_id');
    return heads.map(({ epoch }) => String(epoch));
  });
}

/** Whole backups in a folder; what was cut off goes by another name. */
export function backupsIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith('comanda-backup-'))
    .map((name) => join(folder, name));
}

/** Kills it as soon as something is there; what was quicker than we could look ends by itself. */
export async function killedWhen(running: Running, isThere: () => boolean): Promise<Exit> {
  const watching = setInterval(() => {
    if (unlessGone(isThere)) running.kill('SIGKILL');
  }, 1);
  try {
    return await running.exited;
  } finally {
    clearInterval(watching);
  }
}

/** A folder may be renamed while we look into it. */
function unlessGone(isThere: () => boolean): boolean {
  try {
    return isThere();
  } catch {
    return false;
  }
}
