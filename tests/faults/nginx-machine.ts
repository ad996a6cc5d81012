import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server as Listener } from 'node:net';
import { join } from 'node:path';
import { findNginx } from './finding.ts';
import { dataFolder, REPOSITORY, run, type Running } from './server.ts';

/** What a test puts in place of the words of an example. */
export type Change = [theirs: string, ours: string];

interface Wish {
  /** In apps/server/deploy. */
  example: string;
  /** In the folder of this machine come its files. */
  changes: (at: (name: string) => string) => Change[];
  /** What stands in the log about each request. */
  log: string;
}

/** What stands around one of our examples so that a real nginx takes it: a folder, a log, one process. */
export interface Machine extends Disposable {
  at(name: string): string;
  /** Every request that is over, oldest first, one line each. */
  logged(): string[];
  /** The program with that, and what else it is told; it listens when this has answered. */
  start(): Promise<Running>;
  run(...more: string[]): Running;
}

export function preparedMachine({ example, changes, log }: Wish): Machine {
  const program = findNginx();
  if (program === null) throw new Error('nginx not found');
  const folder = dataFolder();
  const at = (name: string) => join(folder.path, name);
  const conf = readFileSync(join(REPOSITORY, 'apps/server/deploy', example), 'utf8');
  writeFileSync(at('comanda.conf'), changes(at).reduce(replacedOnce, conf));
  writeFileSync(at('nginx.conf'), around(folder.path, log));
  const args = ['-e', 'stderr', '-p', folder.path, '-c', at('nginx.conf')];
  const started = (...more: string[]) => run(program, [...args, ...more]);
  return {
    at,
    logged: () => readFileSync(at('passed.log'), 'utf8').trimEnd().split('\n').filter(Boolean),
    run: started,
    start: async () => {
      const running = started();
      await running.said(/\[notice\] [^\n]*getrlimit/);
      return running;
    },
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

function replacedOnce(conf: string, [theirs, ours]: Change): string {
  const parts = conf.split(theirs);
  if (parts.length !== 2) throw new Error(`The example has ${theirs} not once.`);
  return parts.join(ours);
}

/** One process, so that none is left behind when it is killed; what looks after a cache would be another. */
function around(folder: string, log: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return [
    'daemon off; master_process off; error_log stderr notice;',
    `pid ${folder}/pid;`,
    'events { worker_connections 2048; }',
    'http {',
    `log_format passed '${log}';`,
    `access_log ${folder}/passed.log passed;`,
    ...temporary.map((name) => `${name}_temp_path ${folder}/${name};`),
    `include ${folder}/comanda.conf;`,
    '}',
  ].join('\n');
}

/** All at once, so that they differ. */
export async function freePorts(count: number): Promise<number[]> {
  const probes = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(probes.map(listening));
  await Promise.all(probes.map((probe) => new Promise((resolve) => probe.close(resolve))));
  return ports;
}

export async function listening(server: Listener): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
