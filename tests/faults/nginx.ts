import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { createServer, type Server as Listener } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { findProgram } from '../finding.ts';
import { findNginx } from './finding.ts';
import { dataFolder, REPOSITORY, run } from './server.ts';

/** By this name the example's callers know the service. */
export const HOST = 'api.trattoria.example';

interface Asked {
  path: string;
  method?: string;
  headers?: Record<string, string>;
  body?: Uint8Array | string;
  /** The caller's own address: any of 127.0.0.0/8. */
  from?: string;
}

interface Told {
  status: number;
  headers: IncomingMessage['headers'];
  body: string;
}

/** What became of a request. */
export interface Passed {
  status: number;
  /** The servers that it was passed to, the one that answered last. */
  ports: number[];
  /** Its method and address. */
  line: string;
}

/** A real nginx with the example of docs/deploying.md before servers on these ports; it ends with this process. */
export interface Nginx extends AsyncDisposable {
  /** Where it speaks HTTP without TLS. */
  readonly plainPort: number;
  /** Where it speaks TLS, by a certificate that whoever trusts `certificate` believes. */
  readonly url: string;
  readonly certificate: string;
  /** Every request that is over, oldest first. */
  passed(): Passed[];
  ask(asked: Asked): Promise<Told>;
  /** An answer whose body is still to come. */
  open(asked: Asked): Promise<IncomingMessage>;
}

export async function startNginx(ports: readonly number[]): Promise<Nginx> {
  const nginx = await preparedNginx(ports);
  const running = run(nginx.program, nginx.args);
  await running.said(/\[notice\] [^\n]*getrlimit/);
  const { plainPort, port, ca, logs } = nginx;
  const open = async ({ path, method = 'GET', headers, body, from = '127.0.0.1' }: Asked) => {
    const line = { host: '127.0.0.1', port, servername: HOST, ca, localAddress: from };
    const said = { path, method, headers: { host: HOST, ...headers } };
    const call = request({ ...line, ...said, agent: false });
    call.end(body);
    const [answer] = (await once(call, 'response')) as [IncomingMessage];
    return answer;
  };
  return {
    plainPort,
    url: `https://127.0.0.1:${port}`,
    certificate: String(ca),
    passed: () => readFileSync(logs, 'utf8').trimEnd().split('\n').filter(Boolean).map(passed),
    open,
    ask: async (asked) => {
      const answer = await open(asked);
      const { statusCode: status = 0, headers } = answer;
      return { status, headers, body: await text(answer) };
    },
    [Symbol.asyncDispose]: async () => {
      await running[Symbol.asyncDispose]();
      nginx.forget();
    },
  };
}

/** Only looks whether nginx takes the example; answers what it says and how it ended. */
export async function triedNginx() {
  const nginx = await preparedNginx([4000]);
  await using running = run(nginx.program, [...nginx.args, '-t']);
  const exit = await running.exited;
  nginx.forget();
  return exit;
}

async function preparedNginx(ports: readonly number[]) {
  const program = findNginx();
  if (program === null) throw new Error('nginx not found');
  const folder = dataFolder();
  const at = (name: string) => join(folder.path, name);
  const [plainPort = 0, port = 0, sixthPlain = 0, sixth = 0] = await freePorts(4);
  certify(at('cert.pem'), at('key.pem'));
  const example = readFileSync(join(REPOSITORY, 'apps/server/deploy/nginx.conf'), 'utf8');
  const ours: [string, string][] = [
    [
      'server 127.0.0.1:4000 max_fails=0;',
      ports.map((one) => `server 127.0.0.1:${one} max_fails=0;`).join(' '),
    ],
    ['listen 80;', `listen 127.0.0.1:${plainPort};`],
    ['listen [::]:80;', `listen 127.0.0.1:${sixthPlain};`], // not every machine has IPv6
    ['listen 443 ssl', `listen 127.0.0.1:${port} ssl`],
    ['listen [::]:443 ssl', `listen 127.0.0.1:${sixth} ssl`],
    ['/etc/ssl/comanda/fullchain.pem', at('cert.pem')],
    ['/etc/ssl/comanda/privkey.pem', at('key.pem')],
    ['/var/cache/comanda-pictures', at('pictures')],
  ];
  writeFileSync(at('comanda.conf'), ours.reduce(replacedOnce, example));
  writeFileSync(at('nginx.conf'), machine(folder.path));
  const args = ['-e', 'stderr', '-p', folder.path, '-c', at('nginx.conf')];
  const ca = readFileSync(at('cert.pem'));
  const forget = () => folder[Symbol.dispose]();
  return { program, args, plainPort, port, ca, logs: at('passed.log'), forget };
}

function passed(logged: string): Passed {
  const [status, servers = '', line = ''] = logged.split('|');
  const ports = servers.split(', ').map((address) => Number(address.split(':')[1]));
  return { status: Number(status), ports, line };
}

function replacedOnce(conf: string, [theirs, ours]: [string, string]): string {
  const parts = conf.split(theirs);
  if (parts.length !== 2) throw new Error(`The example has ${theirs} not once.`);
  return parts.join(ours);
}

/** What stands around a site. One process, so that none is left behind when it is killed. */
function machine(folder: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return [
    'daemon off; master_process off; error_log stderr notice;',
    `pid ${folder}/pid;`,
    'events { worker_connections 2048; }',
    'http {',
    "log_format passed '$status|$upstream_addr|$request_method $uri';",
    `access_log ${folder}/passed.log passed;`,
    ...temporary.map((name) => `${name}_temp_path ${folder}/${name};`),
    `include ${folder}/comanda.conf;`,
    '}',
  ].join('\n');
}

function certify(certificate: string, key: string): void {
  const files = ['-keyout', key, '-out', certificate];
  const named = ['-subj', `/CN=${HOST}`, '-addext', `subjectAltName=DNS:${HOST},IP:127.0.0.1`];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const openssl = findProgram(['openssl'], undefined);
  if (openssl === null) throw new Error('openssl not found');
  const made = spawnSync(openssl, ['req', '-x509', '-days', '2', ...kind, ...files, ...named]);
  if (made.status !== 0) throw new Error(`openssl made no certificate: ${String(made.stderr)}`);
}

/** All at once, so that they differ. */
async function freePorts(count: number): Promise<number[]> {
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
