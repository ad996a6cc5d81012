import type { IncomingMessage, ServerResponse } from 'node:http';
import type { House } from '@comanda/domains/context';
import proxyAddr from '@fastify/proxy-addr';
import type { FastifyInstance } from 'fastify';
import { knows } from '../caching.ts';
import { networkOf } from '../context.ts';
import type { Doors } from '../doors.ts';
import { requestId } from '../request-id.ts';
import type { Finished, FinishedAnswers } from './finished.ts';

interface Parts {
  house: House;
  finished: FinishedAnswers;
  doors: Doors;
  isDraining: () => boolean;
  trustProxy: string[];
}

/** One request and what is kept for it. */
interface Handed {
  request: IncomingMessage;
  response: ServerResponse;
  kept: Finished;
  id: string;
  address: string | undefined;
  since: number;
}

/**
 * Hands out finished answers before Fastify is asked, which finds a route, calls hooks and makes a reply.
 * Whoever may not have one, or brings anything else that could matter, is handed on and answered as if
 * they had come there first.
 */
export function answerAtTheDoor(app: FastifyInstance, parts: Parts): void {
  const { house, finished, doors, isDraining } = parts;
  const addressOf = addressesBy(parts.trustProxy);
  let closing = false;
  app.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  const isLast = () => closing || isDraining();
  const handOn = app.routing;
  app.server.off('request', handOn).on('request', (request, response) => {
    const kept = isLast() || hasBody(request) ? undefined : finished.of(request);
    if (!kept?.heads.has(originOf(request))) return handOn(request, response);
    const address = addressOf(request);
    const network = networkOf(address ?? '');
    if (!doors.letIn(request, network)) return handOn(request, response);
    const { url = '', headers } = request;
    const id = requestId(headers['x-request-id']);
    const handed = { request, response, kept, id, address, since: performance.now() };
    const told = (may: boolean) => {
      if (may) return handOut(app, handed, isLast());
      doors.handOn(request);
      finished.handOn(request);
      handOn(request, response);
    };
    finished.ask({ url, finished: kept, network, requestId: id, watch: house.watch, told });
  });
}

function handOut(app: FastifyInstance, handed: Handed, isLast: boolean): void {
  const { request, response, kept, id } = handed;
  const { headers } = request;
  if (LOGGED.has(app.log.level)) log(app, handed);
  if (isLast) response.setHeader('connection', 'close');
  const body = knows(headers['if-none-match'], kept.headers.etag) ? undefined : kept.body;
  kept.heads.get(originOf(request))?.send(response, { id, body });
}

const LOGGED = new Set(['trace', 'debug', 'info']);

/** What Fastify would have said of it. */
function log({ log }: FastifyInstance, { request, response, id, address, since }: Handed): void {
  const { method, url } = request;
  const own = log.child({ requestId: id });
  own.info({ req: { method, url, ip: address } }, 'incoming request');
  response.once('finish', () => {
    const { statusCode } = response;
    const responseTime = performance.now() - since;
    own.info({ res: { statusCode }, responseTime }, 'request completed');
  });
}

function originOf({ headers }: IncomingMessage): string {
  return headers.origin ?? '';
}

/** What a GET hardly has: Fastify knows what to make of it. */
function hasBody({ headers }: IncomingMessage): boolean {
  return OF_A_BODY.some((name) => headers[name] !== undefined);
}

const OF_A_BODY = ['content-type', 'content-encoding', 'content-length', 'transfer-encoding'];

/** Who asks, as Fastify tells it. */
function addressesBy(trusted: string[]): (request: IncomingMessage) => string | undefined {
  if (trusted.length === 0) return ({ socket }) => socket.remoteAddress;
  const isTrusted = proxyAddr.compile(trusted);
  return (request) => proxyAddr(request, isTrusted);
}
