import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Of services, which a PATH often leaves out. */
const MORE = ['/usr/sbin', '/usr/local/sbin', '/usr/libexec'];

/** The path of the first program that is there, or null; `named` alone counts where it is given. */
export function findProgram(names: string[], named: string | undefined): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...MORE];
  const candidates = named
    ? [named]
    : folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
