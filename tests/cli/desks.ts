import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataFolder, type Server, startServer } from '../faults/server.ts';
import { type Desk, typed } from './running.ts';

/** A service, and people who sit before it, each with a folder of their own. */
export interface Desks extends AsyncDisposable {
  readonly server: Server;
  nobody(env?: Record<string, string>): Desk;
  signedIn(who: string, env?: Record<string, string>): Promise<Desk>;
  /** A file that somebody made, by its path. */
  file(name: string, content: string | Buffer): string;
}

const AS_MUCH_AS_A_TEST_WANTS = ['1000000/min'];

export async function openDesks(): Promise<Desks> {
  const data = dataFolder();
  const made = mkdtempSync(join(tmpdir(), 'comanda-cli-'));
  const server = await startServer({ dataDir: data.path, env: { SHIFT_GATE: 'off' } });
  const { accessToken } = await server.signIn('admin');
  await server.client(accessToken).quotas.set.mutate({
    role: 'manager',
    reads: AS_MUCH_AS_A_TEST_WANTS,
    writes: AS_MUCH_AS_A_TEST_WANTS,
  });
  const nobody: Desks['nobody'] = (env = {}) => ({
    folder: join(mkdtempSync(join(made, 'desk-')), 'comanda'),
    env: { COMANDA_URL: server.url, ...env },
  });
  return {
    server,
    nobody,
    signedIn: async (who, env) => {
      const desk = nobody(env);
      const { code, err } = await typed(desk, ['sign-in', who], `${server.passwords[who]}\n`);
      if (code !== 0) throw new Error(err);
      return desk;
    },
    file: (name, content) => {
      const path = join(mkdtempSync(join(made, 'file-')), name);
      writeFileSync(path, content);
      return path;
    },
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]();
      data[Symbol.dispose]();
      rmSync(made, { recursive: true, force: true });
    },
  };
}

/** What a command answers as JSON; rejects where it complains. */
export async function answered(desk: Desk, ...args: string[]): Promise<Record<string, unknown>> {
  const { out, err } = await typed(desk, [...args, '--json']);
  if (err !== '') throw new Error(err);
  return JSON.parse(out) as Record<string, unknown>;
}
