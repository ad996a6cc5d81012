import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Client, createClient } from '@comanda/client';

export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
export const ENTRY = join(REPOSITORY, 'apps/server/comanda-server.mjs');
/** What a start has read of programs is kept for the next, for scripts of the tests as for the server. */
const PROGRAMS = join(REPOSITORY, 'node_modules/.cache/comanda');
const HANG_LIMIT_MS = 60_000;
const OPEN = /^Comanda is open at (http:\S+)$/m;

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Everything that was said until then, errors too. */
  output: string;
}

/** A process of its own; the end of the scope, or of this process, is its end. */
export interface Running extends AsyncDisposable {
  readonly pid: number;
  readonly exited: Promise<Exit>;
  output(): string;
  /** From now on nobody reads what it says; it has to say it to a pipe that fills up. */
  deafen(): void;
  kill(signal: NodeJS.Signals): void;
  /** What `pattern` finds in the output, as soon as it is there; rejects when the process ends without. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
}

export interface Server extends Running {
  readonly url: string;
  readonly port: number;
  /** By username; empty but on the first start. */
  readonly passwords: Record<string, string>;
  /** A client of whoever has that token, or of nobody. */
  client(token?: string): Client;
  /** Signs in by the password that the banner told. */
  signIn(username: string): ReturnType<Client['auth']['login']['mutate']>;
}

type Env = Record<string, string>;

interface Options {
  dataDir: string;
  env?: Env;
  /** Another version's. */
  entry?: string;
}

/** A server on that folder, ready to be called. */
export async function startServer(options: Options): Promise<Server> {
  const running = launch([], options);
  const [, url = ''] = await running.said(OPEN);
  const production = options.env?.['NODE_ENV'] === 'production';
  await running.said(production ? /^ {2}Keys .*$/m : /^Try it:$/m);
  const told = running.output().matchAll(/^ {2}(\w+) +((?:[a-z\d]{4}-){3}[a-z\d]{4})$/gm);
  const passwords = Object.fromEntries([...told].map(([, who, password]) => [who, password]));
  // On a busy machine a flood takes its time; what hangs is ended by the limit of the test.
  const client = (token?: string) =>
    createClient({ url, deadlineMs: HANG_LIMIT_MS, ...(token && { token: () => token }) });
  return {
    ...running,
    url,
    port: Number(new URL(url).port),
    passwords,
    client,
    signIn: (identifier) =>
      client().auth.login.mutate({ identifier, password: passwords[identifier] ?? '' }),
  };
}

/** A start that is to be refused; one that succeeds is stopped, and tells so by its output. */
export async function refusedStart(options: Options): Promise<Exit> {
  await using running = launch([], options);
  running.said(OPEN).then(
    () => running.kill('SIGKILL'),
    () => undefined,
  );
  return await running.exited;
}

/** Runs a command of the server to its end. */
export async function command(args: string[], options: Options): Promise<Exit> {
  await using running = launch(args, options);
  return await running.exited;
}

/** Nothing of this process's environment goes along but where programs are found. */
function launch(args: string[], { dataDir, env = {}, entry = ENTRY }: Options): Running {
  return run(process.execPath, [entry, ...args], {
    PORT: '0',
    DATA_DIR: dataDir,
    FLOOD_LIMIT: '1000000',
    ...env,
  });
}

export function run(program: string, args: string[], env: Env = {}): Running {
  const child = spawn(program, args, {
    cwd: REPOSITORY,
    env: { PATH: process.env['PATH'] ?? '', NODE_COMPILE_CACHE: PROGRAMS, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  leash(child);
  let output = '';
  const heard = new Set<() => void>();
  const hear = (text: string) => {
    output += text;
    for (const listener of heard) listener();
  };
  child.stdout.setEncoding('utf8').on('data', hear);
  child.stderr.setEncoding('utf8').on('data', hear);
  const exited = new Promise<Exit>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, output }));
  });
  const said = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const limit = setTimeout(
        () => reject(new Error(`No ${pattern} in:\n${output}`)),
        HANG_LIMIT_MS,
      );
      const listen = () => {
        const found = pattern.exec(output);
        if (!found) return;
        clearTimeout(limit);
        heard.delete(listen);
        resolve(found);
      };
      heard.add(listen);
      listen();
      void exited.then(({ code }) => {
        clearTimeout(limit);
        reject(new Error(`Ended with ${code}, without ${pattern} in:\n${output}`));
      }, reject);
    });
  return {
    pid: child.pid ?? 0,
    exited,
    output: () => output,
    deafen: () => child.stdout.pause(),
    said,
    kill: (signal) => child.kill(signal),
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** The pipe closes when this process ends, however it ends (kill -9 too): the child goes with it. */
function leash(child: ChildProcess): void {
  const watcher = spawn('sh', ['-c', 'read -r line; kill -9 "$1"', 'sh', String(child.pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.once('exit', () => watcher.kill('SIGKILL'));
  child.once('error', () => watcher.kill('SIGKILL'));
}

export interface Folder extends Disposable {
  readonly path: string;
}

export function dataFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'comanda-data-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
