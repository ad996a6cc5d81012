import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { findNginx } from './finding.ts';
import { listening } from './nginx.ts';
import { dataFolder, REPOSITORY, run } from './server.ts';

/** By this name the example's callers know the service. */
export const CDN_HOST = 'menu.trattoria.example';

/** A request that a server was asked. */
interface Asked {
  url: string;
  /** What the server said. */
  status: number;
}

/** A real nginx that caches by the example of docs/deploying.md, before servers on these ports. */
export interface Cdn extends AsyncDisposable {
  read(path: string, headers?: Record<string, string>): Promise<{ status: number; body: string }>;
  /** What the servers were asked, oldest first. */
  asked(): Asked[];
}

interface Wish {
  ports: number[];
  /** Without what it is told of callers: it goes by what the answers say, like any cache. */
  naive?: boolean;
}

export async function startCdn({ ports, naive = false }: Wish): Promise<Cdn> {
  const program = findNginx();
  if (program === null) throw new Error('nginx not found');
  const folder = dataFolder();
  const port = await freePort();
  const example = readFileSync(join(REPOSITORY, 'apps/server/deploy/cdn.conf'), 'utf8');
  const ours: [string, string][] = [
    [
      'server 127.0.0.1:4000 max_fails=0;',
      ports.map((one) => `server 127.0.0.1:${one};`).join(' '),
    ],
    ['listen 8080;', `listen 127.0.0.1:${port};`],
    ['/var/cache/comanda-menus', join(folder.path, 'menus')],
    ...(naive ? FOR_CALLERS : []),
  ];
  writeFileSync(join(folder.path, 'comanda.conf'), ours.reduce(replacedOnce, example));
  writeFileSync(join(folder.path, 'nginx.conf'), machine(folder.path));
  const running = run(program, ['-e', 'stderr', '-p', folder.path, '-c', 'nginx.conf']);
  await running.said(/\[notice\] [^\n]*getrlimit/);
  return {
    read: async (path, headers = {}) => {
      const said = { host: CDN_HOST, ...headers };
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: said });
      return { status: answer.status, body: await answer.text() };
    },
    asked: () =>
      readFileSync(join(folder.path, 'asked.log'), 'utf8')
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('-'))
        .map((line) => ({ status: Number(line.split(' ')[0]), url: line.split(' ')[1] ?? '' })),
    [Symbol.asyncDispose]: async () => {
      await running[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

const SHOWN = '$http_authorization $http_x_guest_token $http_x_session;';
const FOR_CALLERS: [string, string][] = [
  [`proxy_cache_bypass ${SHOWN}`, ''],
  [`proxy_no_cache ${SHOWN}`, ''],
];

function replacedOnce(conf: string, [theirs, ours]: [string, string]): string {
  const parts = conf.split(theirs);
  if (parts.length !== 2) throw new Error(`The example has ${theirs} not once.`);
  return parts.join(ours);
}

/** One process, so that none is left behind when it is killed; what looks after a cache would be another. */
function machine(folder: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return [
    'daemon off; master_process off; error_log stderr notice;',
    `pid ${folder}/pid;`,
    'events { worker_connections 2048; }',
    'http {',
    "log_format asked '$upstream_status $request_uri';",
    `access_log ${folder}/asked.log asked;`,
    ...temporary.map((name) => `${name}_temp_path ${folder}/${name};`),
    `include ${folder}/comanda.conf;`,
    '}',
  ].join('\n');
}

async function freePort(): Promise<number> {
  const probe = createServer();
  const port = await listening(probe);
  probe.close();
  await once(probe, 'close');
  return port;
}
