import type { IncomingMessage } from 'node:http';
import { CONTRACT } from '@comanda/domains/contract';
import type { DomainError } from '@comanda/kernel/errors';
import { newId } from '@comanda/kernel/id';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { DAY, SECOND } from '@comanda/kernel/time';
import { transportErrors } from '@comanda/kernel/transport.errors';
import { Announcement } from '@comanda/quotas/announcement';
import { GcraStore } from '@comanda/quotas/gcra-store';
import { policy } from '@comanda/quotas/rates';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { networkOf } from './context.ts';
import { FILES } from './files.ts';
import { refuse } from './refusing.ts';
import { isMirror } from './rest/mirror.ts';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'OPTIONS']);
const ALLOWED = [...METHODS].join(', ');
/** Half of the connections that a server takes. */
const MAX_HELD = 1_000;

interface Settings {
  allowedHosts: string[];
  /** Coarse, per address and minute, before anything is parsed; the real quotas are per role. */
  floodLimit: number;
  /** How long a no to a flood is held back, on average. Left out: a second. */
  floodHoldMs?: number;
}

/** What every answer tells a browser: to run nothing of it, to frame it nowhere, and to come by TLS. */
const SAFE = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'cross-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': `max-age=${(365 * DAY) / SECOND}; includeSubDomains`,
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
};

/** What is turned away before a byte of the body is read, in the order in which it is looked at. */
export interface Doors {
  /** Marks the answer, and looks at method and host: needs no CORS, no page comes this way. */
  outer(request: FastifyRequest, reply: FastifyReply): DomainError | undefined;
  /** Looks at the kind of body, the flood limit and the client's age; a page may read this no. */
  inner(request: FastifyRequest, reply: FastifyReply): DomainError | undefined;
  /** Whether both would let in a GET without a body; counted like the others. Says nothing itself. */
  letIn(request: IncomingMessage, network: string): boolean;
  /** Of one that was let in so, and comes to the others after all: it is not counted again. */
  handOn(request: IncomingMessage): void;
  /** Says no: to a flood after a while, so that it comes no faster than it has connections. */
  turnAway(reply: FastifyReply, refused: DomainError): void;
}

export function openDoors({ allowedHosts, floodLimit, floodHoldMs = SECOND }: Settings): Doors {
  const hosts = new Set(allowedHosts);
  const flood = floodGate(floodLimit);
  const counted = new WeakSet<IncomingMessage>();
  return {
    outer: (request, reply) => {
      void reply.headers(SAFE).header('x-request-id', request.id);
      return method(request, reply) ?? host(request, hosts);
    },
    inner: (request, reply) => {
      const flooded = () => (counted.delete(request.raw) ? undefined : flood.no(request, reply));
      return body(request) ?? flooded() ?? contract(request);
    },
    letIn: (request, network) => {
      const { url = '', headers } = request;
      const asked = { raw: request, url, headers };
      return !host(asked, hosts) && !contract(asked) && flood.count(network).allowed;
    },
    handOn: (request) => void counted.add(request),
    turnAway: turningAway(floodHoldMs),
  };
}

export function guard(
  app: FastifyInstance,
  { door, turnAway }: { door: Doors['outer']; turnAway: Doors['turnAway'] },
): void {
  app.addHook('onRequest', (request, reply, done) => {
    const refused = door(request, reply);
    if (!refused) return done();
    if (request.method !== 'GET') void reply.header('connection', 'close');
    turnAway(reply, refused);
  });
}

/** Past `MAX_HELD` the next is answered at once: who waits costs memory and a connection. */
function turningAway(holdMs: number): Doors['turnAway'] {
  let held = 0;
  return (reply, refused) => {
    const flood = refused.code === kernelErrors.QUOTA_EXCEEDED.code;
    if (!flood || held >= MAX_HELD) return void refuse(reply, refused);
    held += 1;
    // Spread, so that those who came together do not come together again.
    const answering = setTimeout(() => void refuse(reply, refused), holdMs * (0.5 + Math.random()));
    reply.raw.once('close', () => {
      clearTimeout(answering);
      held -= 1;
    });
  };
}

/** CONNECT reaches no route: Node hands over the bare socket, which then has no listener of its own. */
export function refuseTunnels({ server }: FastifyInstance): void {
  const lines = ['HTTP/1.1 405 Method Not Allowed', `allow: ${ALLOWED}`, 'connection: close'];
  server.on('connect', (_, socket) => {
    socket.on('error', () => socket.destroy());
    const id = `x-request-id: ${newId()}`;
    socket.end([...lines, id, 'content-length: 0', '', ''].join('\r\n'));
  });
}

const OF_THE_MIRROR = new Set(['PUT', 'PATCH', 'DELETE']);

function method({ method, url }: FastifyRequest, reply: FastifyReply) {
  if (METHODS.has(method) || (isMirror(url) && OF_THE_MIRROR.has(method))) return undefined;
  void reply.header('allow', ALLOWED);
  return transportErrors.METHOD_NOT_ALLOWED();
}

/** Whoever asks for these names the address that they ask, and not the service. */
const PROBES = /^\/(health|ready)(\?|$)/;

type Asked = Pick<FastifyRequest, 'headers' | 'url'> & { raw: Pick<IncomingMessage, 'rawHeaders'> };

function host({ raw, headers, url }: Asked, hosts: Set<string>) {
  const named = timesNamed(raw.rawHeaders);
  const [, name] = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/i.exec(headers.host ?? '') ?? [];
  const served = name !== undefined && (hosts.has(name.toLowerCase()) || PROBES.test(url));
  const good = named === 1 && served;
  return good && url.startsWith('/') ? undefined : transportErrors.BAD_HOST();
}

/** Of names and values in turn. */
function timesNamed(headers: readonly string[]): number {
  let times = 0;
  for (let at = 0; at < headers.length; at += 2) {
    const name = headers[at] ?? '';
    if (name.length === HOST.length && name.toLowerCase() === HOST) times += 1;
  }
  return times;
}

const HOST = 'host';

function body({ method, url, headers, routeOptions }: FastifyRequest) {
  const { 'content-type': type, 'content-encoding': encoding } = headers;
  const compressed = encoding !== undefined && encoding.toLowerCase() !== 'identity';
  if (compressed) return transportErrors.UNSUPPORTED_MEDIA_TYPE();
  if (method === 'POST' && routeOptions.url === FILES) return undefined;
  // In the mirror a call that says nothing has no body, and so no kind of one.
  if (type === undefined && (method !== 'POST' || (isMirror(url) && isBare(headers))))
    return undefined;
  const plain = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type ?? '');
  return plain ? undefined : transportErrors.UNSUPPORTED_MEDIA_TYPE();
}

function isBare({
  'content-length': length,
  'transfer-encoding': coding,
}: FastifyRequest['headers']) {
  return coding === undefined && (length === undefined || length === '0');
}

/** A client may say what it was built against; health and the like answer it whatever that is. */
function contract({ url, headers }: Asked) {
  const claimed = headers['x-comanda-contract'];
  if (claimed === undefined || !/^\/(trpc\/|files$)/.test(url)) return undefined;
  const [, yours] = /^(\d{1,4}(?:\.\d{1,4})?)\.\w{1,64}$/.exec(String(claimed)) ?? [];
  if (yours === undefined) return kernelErrors.VALIDATION({ issues: [NO_CONTRACT], more: 0 });
  const { version: ours } = CONTRACT;
  return yours === ours ? undefined : transportErrors.UPGRADE_REQUIRED({ yours, ours });
}

const NO_CONTRACT = { path: 'x-comanda-contract', message: 'a version, a dot and a hash' };

function floodGate(limit: number) {
  const counted = new GcraStore();
  const flood = policy('address', `${limit}/min`);
  const count = (network: string) => counted.consume(network, flood);
  const no = ({ ip }: FastifyRequest, reply: FastifyReply) => {
    const answer = count(networkOf(ip));
    if (answer.allowed) return undefined;
    const told = new Announcement();
    told.note(flood, answer);
    void reply.headers(told.headers());
    const { retryAfterMs } = answer;
    const resetAt = new Date(Date.now() + retryAfterMs);
    return kernelErrors.QUOTA_EXCEEDED({ scope: flood.name, limit, resetAt, retryAfterMs });
  };
  return { count, no };
}
