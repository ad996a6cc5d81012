import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Folder } from '../folder.ts';
import { bad, type Finding, ok } from './findings.ts';

/** For anybody but its owner. */
const OTHERS = 0o077;

/** Whether anybody else on this machine could read the pass. */
export function folderIsOurs({ path }: Folder): Finding {
  if (process.platform === 'win32') return ok('folder', `${path} is where settings are kept.`);
  const open = ['', 'sign-in.json']
    .map((name) => join(path, name))
    .filter((one) => ((statSync(one, { throwIfNoEntry: false })?.mode ?? 0) & OTHERS) !== 0);
  if (open.length === 0) return ok('folder', `${path} is for you alone.`);
  const words = `Others on this machine may look into ${open.join(' and ')}.`;
  return bad('folder', words, `chmod go= ${open.join(' ')}, then sign in anew.`);
}
