import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { REPOSITORY } from '../faults/server.ts';

const COMANDA = join(REPOSITORY, 'apps/cli/comanda.mjs');
const PROGRAMS = join(REPOSITORY, 'node_modules/.cache/comanda');

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

export interface Desk {
  /** Where it keeps what it knows. */
  folder: string;
  env?: Record<string, string>;
}

/** Types a command, with that piped into it, and waits for its end. */
export function typed({ folder, env }: Desk, args: readonly string[], piped = ''): Promise<Ended> {
  const { ended, child } = begun({ folder, ...(env && { env }) }, args);
  child.stdin.end(piped);
  return ended;
}

/** Types a command that goes on. */
export function begun({ folder, env = {} }: Desk, args: readonly string[]) {
  const child = spawn(process.execPath, [COMANDA, ...args], {
    cwd: REPOSITORY,
    env: {
      PATH: process.env['PATH'] ?? '',
      NODE_COMPILE_CACHE: PROGRAMS,
      COMANDA_CONFIG_DIR: folder,
      ...env,
    },
  });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...said }));
  });
  return { child, ended, said };
}
