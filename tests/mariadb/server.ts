import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findProgram } from '../finding.ts';

export interface Mariadb {
  /** Ends in a slash: append the name of a schema. */
  url: string;
  stop: () => Promise<void>;
  /** Kills it; in the end another one serves the same data. */
  crash: () => Promise<void>;
  /** Sends a signal that it goes on after. */
  signal: (signal: 'SIGSTOP' | 'SIGCONT') => void;
}

const START_LIMIT_MS = 60_000;
const ROOMY_BYTES = 2 * 1024 ** 3;
/** First byte of the greeting every MariaDB server sends on a new connection. */
const PROTOCOL_VERSION = 10;

// The pipe on stdin closes when the test process ends, however it ends (kill -9 too): the server and its folder go with it.
const SUPERVISOR = `
folder=$1; shift
trap 'rm -rf "$folder"' EXIT
trap '' PIPE
exec 3<&0
mkdir "$folder/data"
"$@" --bootstrap <"$folder/system-tables.sql" || exit 1
while :; do
"$@" </dev/null & server=$!
(read -r line <&3; kill -9 $server) & watcher=$!
wait $server
kill $watcher
rm "$folder/again" || break
done
`;

/** The server's path, or null; MARIADBD=/path names another one. */
export function findMariadbd(): string | null {
  return findProgram(['mariadbd'], process.env['MARIADBD']);
}

/** A server of its own on a private port, without password. Only a durable one syncs its log at every commit. */
export async function startMariadb(
  mariadbd: string,
  options: { durable: boolean; arguments?: string[] },
): Promise<Mariadb> {
  const tables = systemTables(mariadbd);
  const port = await freePort();
  // From here to spawn nothing waits: a folder without a supervisor would stay behind.
  const folder = mkdtempSync(join(fastFolder(), 'comanda-mariadb-'));
  writeFileSync(join(folder, 'system-tables.sql'), tables);
  const command = [
    mariadbd,
    ...serverArguments(folder, port),
    `--innodb-flush-log-at-trx-commit=${options.durable ? 1 : 0}`,
    ...(options.arguments ?? []),
  ];
  const supervisor = spawn('sh', ['-c', SUPERVISOR, 'sh', folder, ...command], {
    detached: true, // Ctrl-C must not reach the supervisor before it has cleaned up
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const exited = new Promise<void>((resolve) => supervisor.once('exit', () => resolve()));
  const stop = async () => {
    supervisor.stdin?.end();
    await exited;
  };
  try {
    await untilReady(supervisor, join(folder, 'socket'));
  } catch (error) {
    await stop();
    throw error;
  }
  const pid = () => Number(readFileSync(join(folder, 'pid'), 'utf8'));
  return {
    url: `mariadb://root@127.0.0.1:${port}/`,
    stop,
    signal: (signal) => process.kill(pid(), signal),
    crash: async () => {
      writeFileSync(join(folder, 'again'), '');
      const before = pid();
      process.kill(before, 'SIGKILL');
      while (before === pid() || !(await greets(join(folder, 'socket')))) await pause(10);
    },
  };
}

function fastFolder(): string {
  const memory = '/dev/shm';
  try {
    accessSync(memory, constants.W_OK);
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize >= ROOMY_BYTES ? memory : tmpdir();
  } catch {
    return tmpdir();
  }
}

// Not mariadb-install-db: run by root it changes the owner of files of the machine's own installation.
function systemTables(mariadbd: string): string {
  const prefix = dirname(dirname(realpathSync(mariadbd)));
  const names = [
    'share/mysql/mysql',
    'share/mariadb/mariadb',
    'share/mariadb/mysql',
    'share/mysql/mariadb',
  ];
  const found = names
    .map((name) => join(prefix, name))
    .find((path) => existsSync(`${path}_system_tables.sql`));
  if (!found)
    throw new Error(
      `${mariadbd} was found, but not its mysql_system_tables.sql under ${prefix}/share`,
    );
  const opening = 'create database mysql;\nuse mysql;\nset @auth_root_socket=NULL;\n';
  return (
    opening +
    readFileSync(`${found}_system_tables.sql`, 'utf8') +
    readFileSync(`${found}_system_tables_data.sql`, 'utf8')
  );
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

function serverArguments(folder: string, port: number): string[] {
  return [
    '--no-defaults',
    ...(process.getuid?.() === 0 ? ['--user=root'] : []),
    `--datadir=${join(folder, 'data')}`,
    `--tmpdir=${folder}`,
    `--socket=${join(folder, 'socket')}`,
    `--pid-file=${join(folder, 'pid')}`,
    '--bind-address=127.0.0.1',
    `--port=${port}`,
    '--skip-name-resolve',
    '--skip-log-bin',
    '--performance-schema=OFF',
    '--max-connections=400',
    '--innodb-buffer-pool-size=256M',
    '--innodb-log-file-size=64M',
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_bin',
  ];
}

async function untilReady(supervisor: ChildProcess, socket: string): Promise<void> {
  let log = '';
  supervisor.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-4_000);
  });
  const deadline = Date.now() + START_LIMIT_MS;
  while (!(await greets(socket))) {
    if (supervisor.exitCode !== null) throw new Error(`MariaDB did not start:\n${log}`);
    if (Date.now() > deadline)
      throw new Error(`MariaDB was not ready after ${START_LIMIT_MS} ms:\n${log}`);
    await pause(10);
  }
}

// The socket, not the port: nobody else's server can answer there.
function greets(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket);
    connection.once('data', (greeting) => {
      resolve(greeting[4] === PROTOCOL_VERSION);
      connection.destroy();
    });
    connection.once('error', () => resolve(false));
    connection.once('close', () => resolve(false));
  });
}
