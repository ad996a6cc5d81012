import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { findProgram } from '../finding.ts';
import { freePorts, preparedMachine } from './nginx-machine.ts';

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
  const { machine, plainPort, port, ca } = await prepared(ports);
  const running = await machine.start();
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
    passed: () => machine.logged().map(passed),
    open,
    ask: async (asked) => {
      const answer = await open(asked);
      const { statusCode: status = 0, headers } = answer;
      return { status, headers, body: await text(answer) };
    },
    [Symbol.asyncDispose]: async () => {
      await running[Symbol.asyncDispose]();
      machine[Symbol.dispose]();
    },
  };
}

/** Only looks whether nginx takes the example; answers what it says and how it ended. */
export async function triedNginx() {
  const { machine } = await prepared([4000]);
  await using running = machine.run('-t');
  const exit = await running.exited;
  machine[Symbol.dispose]();
  return exit;
}

async function prepared(ports: readonly number[]) {
  const [plainPort = 0, port = 0, sixthPlain = 0, sixth = 0] = await freePorts(4);
  const servers = ports.map((one) => `server 127.0.0.1:${one} max_fails=0;`).join(' ');
  const machine = preparedMachine({
    example: 'nginx.conf',
    log: '$status|$upstream_addr|$request_method $uri',
    changes: (at) => [
      ['server 127.0.0.1:4000 max_fails=0;', servers],
      ['listen 80;', `listen 127.0.0.1:${plainPort};`],
      ['listen [::]:80;', `listen 127.0.0.1:${sixthPlain};`], // not every machine has IPv6
      ['listen 443 ssl', `listen 127.0.0.1:${port} ssl`],
      ['listen [::]:443 ssl', `listen 127.0.0.1:${sixth} ssl`],
      ['/etc/ssl/comanda/fullchain.pem', at('cert.pem')],
      ['/etc/ssl/comanda/privkey.pem', at('key.pem')],
      ['/var/cache/comanda-pictures', at('pictures')],
    ],
  });
  certify(machine.at('cert.pem'), machine.at('key.pem'));
  return { machine, plainPort, port, ca: readFileSync(machine.at('cert.pem')) };
}

function passed(logged: string): Passed {
  const [status, servers = '', line = ''] = logged.split('|');
  const ports = servers.split(', ').map((address) => Number(address.split(':')[1]));
  return { status: Number(status), ports, line };
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
