import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { entities } from '@comanda/domains/entities';
import { connect, type Database, fileOf } from '@comanda/storage/connect';
import {
  brieflyFlawsIn,
  clockOf,
  driftIn,
  keepsTriggersOut,
  missingGuards,
  picturesIn,
  stepsOf,
} from '@comanda/storage/inspecting';
import type { Config } from '../config.ts';
import { fail, type Finding, type Look, looked, ok, skewFinding, warn } from './doctor-findings.ts';

export const databaseFindings: Look = async ({ databaseUrl, databaseTls, filesDir }: Config) => {
  const file = fileOf(databaseUrl);
  if (file !== undefined && !existsSync(file)) {
    const todo = 'nothing, on a new machine: the first start makes it';
    return [warn('database', { says: `there is none in ${file}`, todo })];
  }
  const database = await connect(databaseUrl, entities, databaseTls);
  try {
    const steps = await schemaFindings(database);
    const isCurrent = steps.every(({ state }) => state === 'ok');
    return [
      ok('database', file ?? 'the database server answers'),
      ...steps,
      ...(await looked('integrity', () => integrityFindings(database))),
      ...(isCurrent ? await looked('triggers', () => triggerFindings(database)) : []),
      ...(await looked('database clock', () => clockFindings(database))),
      ...(await looked('pictures', () => pictureFindings(database, filesDir))),
    ];
  } finally {
    await database.close();
  }
};

async function schemaFindings(database: Database): Promise<Finding[]> {
  const { pending, foreign } = await stepsOf(database);
  if (foreign.length > 0) {
    const says = `a newer version of Comanda wrote it (${foreign.join(', ')})`;
    return [fail('schema', { says, todo: 'start that version, or restore a backup' })];
  }
  if (pending.length > 0) {
    const todo = 'back up, then `comanda-server migrate`; a start does it too';
    return [warn('schema', { says: `${pending.length} steps are to be taken`, todo })];
  }
  const drift = await driftIn(database);
  if (drift === '') return [ok('schema', 'it is up to date, and as it should be')];
  const count = drift.split(';').filter((part) => part.trim()).length;
  const todo = 'somebody changed it by hand: restore a backup, or undo that';
  return [fail('schema', { says: `it differs from what is asked for in ${count} places`, todo })];
}

async function integrityFindings(database: Database): Promise<Finding[]> {
  if (database.dialect !== 'sqlite') return [];
  const flaws = await brieflyFlawsIn(database);
  if (flaws.length === 0) return [ok('integrity', 'SQLite finds nothing wrong')];
  const says = `SQLite finds it damaged: ${flaws.slice(0, 3).join('; ')}`;
  return [fail('integrity', { says, todo: 'stop the server and restore a backup' })];
}

async function triggerFindings(database: Database): Promise<Finding[]> {
  const missing = await missingGuards(database);
  if (missing.length > 0) {
    const says = `the audit log can be changed: ${missing.join(', ')} is not there`;
    const todo = 'restore a dump that was made with --triggers, or make them as the migrations do';
    return [fail('triggers', { says, todo })];
  }
  if (!(await keepsTriggersOut(database))) return [ok('triggers', 'they keep the audit log')];
  const says = 'they keep the audit log; new ones are refused to whoever is no administrator';
  const todo = 'set log_bin_trust_function_creators=1 before the next migration';
  return [warn('triggers', { says, todo })];
}

async function clockFindings(database: Database): Promise<Finding[]> {
  const asked = new Date();
  const theirs = await clockOf(database);
  return theirs ? [skewFinding('database clock', { theirs, asked })] : [];
}

async function pictureFindings(database: Database, filesDir: string): Promise<Finding[]> {
  // Files first: what comes meanwhile has its row before its files.
  const files = await picturesLyingIn(join(filesDir, 'pictures'));
  const rows = await picturesIn(database);
  const strays = [...files].filter((id) => !rows.has(id));
  const bare = [...rows].filter(([id, hangs]) => hangs && !files.has(id));
  const findings: Finding[] = [];
  if (strays.length > 0) {
    const says = `${strays.length} lie in FILES_DIR and belong to nothing`;
    const todo = 'normal after a restore; else look whether FILES_DIR is another installation’s';
    findings.push(warn('pictures', { says, todo }));
  }
  if (bare.length > 0) {
    const says = `${bare.length} hang somewhere and have no file`;
    const todo = 'copy them from a backup into FILES_DIR, or hang up others';
    findings.push(fail('pictures', { says, todo }));
  }
  return findings.length > 0 ? findings : [ok('pictures', `${files.size}, each in its place`)];
}

async function picturesLyingIn(folder: string): Promise<Set<string>> {
  if (!existsSync(folder)) return new Set();
  const names = await readdir(folder, { recursive: true });
  const ids = names.map((name) => /([0-9a-f-]{36})\.\w+$/.exec(name)?.[1]);
  return new Set(ids.filter((id) => id !== undefined));
}
