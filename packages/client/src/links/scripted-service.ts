import type { StreamState } from '../calls.ts';
import { CallError } from '../errors.ts';
import type { GuestStore } from '../session/guest-store.ts';
import { guestsIn } from '../session/guests.ts';
import { type Steps, watch, type Watched } from './watch.ts';

export type Answer = (closed: AbortSignal) => Response | Promise<Response>;

export const CONNECTED = 'event: connected\ndata: {}\n\n';
export const PING = 'event: ping\ndata: \n\n';
export const RETURN = 'event: return\ndata: \n\n';
export const event = (id: number) => `data: {"json":{"n":${id}}}\nid: ${id}\n\n`;
export const step = (id: number) => ({ type: 'event', id: `${id}`, data: { n: id } });

/** A stream that says this, and then neither goes on nor ends. */
export const open =
  (...said: string[]): Answer =>
  () =>
    new Response(bodyOf(said), { headers: { 'content-type': 'text/event-stream; charset=utf-8' } });
export const ended =
  (...said: string[]): Answer =>
  () =>
    streaming(bodyOf(said, (body) => body.close()));
export const cut =
  (...said: string[]): Answer =>
  () =>
    streaming(bodyOf(said, (body) => body.error(new TypeError('terminated'))));
export const over = (...said: string[]) => ended(CONNECTED, ...said, RETURN);

export const shape = (reason: string, httpStatus: number, details: object = {}) => ({
  json: { message: 'No.', data: { code: 'X', reason, httpStatus, details } },
});
export const refused =
  (...told: Parameters<typeof shape>): Answer =>
  () =>
    Response.json({ error: shape(...told) }, { status: told[1] });
export const refusedLate = (...told: Parameters<typeof shape>) =>
  ended(CONNECTED, `event: serialized-error\ndata: ${JSON.stringify(shape(...told))}\n\n`);
export const page =
  (status: number, headers: Record<string, string> = {}): Answer =>
  () =>
    new Response('<h1>proxy</h1>', {
      status,
      headers: { 'content-type': 'text/html', ...headers },
    });
export const unreachable: Answer = () => Promise.reject(new TypeError('fetch failed'));
export const hanging: Answer = () => new Promise(() => undefined);

export function streaming(body: ReadableStream): Response {
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

function bodyOf(
  said: string[],
  last: (body: ReadableStreamDefaultController) => void = () => undefined,
) {
  const rest = [...said];
  return new ReadableStream({
    pull: (body) => {
      const next = rest.shift();
      if (next === undefined) last(body);
      else body.enqueue(new TextEncoder().encode(next));
    },
  });
}

/** A service that gives these answers, one for each connection, and what is asked of it. */
export function service(
  answers: Answer[],
  renewals: (string | undefined | CallError)[] = [],
  tokens: (string | undefined)[] = [],
) {
  const requests: Request[] = [];
  const renewed: string[] = [];
  const start = Date.now();
  let token = 'first';
  const transport = {
    url: 'http://service/trpc',
    fetch: async (url: unknown, { signal, method, headers }: RequestInit = {}) => {
      const closed = signal as AbortSignal;
      const answer = answers[requests.length] ?? hanging;
      const at = Date.now() - start;
      requests.push({ at, url: String(url), method, closed, headers: new Headers(headers) });
      return answer(closed);
    },
  };
  const session = {
    token: async () => (tokens.length > 0 ? tokens.shift() : token),
    renew: async (old: string) => {
      const next = renewals[renewed.push(old) - 1];
      if (next instanceof CallError) throw next;
      if (next !== undefined) token = next;
      return next;
    },
  };
  const sent = (header: string) => requests.map(({ headers }) => headers.get(header));
  return { transport, session, requests, renewed, sent };
}

interface Request {
  at: number;
  url: string;
  method: unknown;
  closed: AbortSignal;
  headers: Headers;
}

interface Setting extends Partial<Watched> {
  random?: number;
  renewals?: (string | undefined | CallError)[];
  /** What the session shows before each connection; left out: always the same. */
  tokens?: (string | undefined)[];
  guest?: GuestStore;
}

/** A stream of that service, and what it tells of itself. */
export function served(
  answers: Answer[],
  { random = 0, renewals, tokens, guest, ...asked }: Setting = {},
) {
  const { transport, session, ...seen } = service(answers, renewals, tokens);
  const states: StreamState[] = [];
  const onState = (state: StreamState) => void states.push(state);
  const guests = guestsIn(guest);
  const start = watch(transport, session, { random: () => random, guests });
  const steps = start({ path: 'orders.watch', input: undefined, context: {}, onState, ...asked });
  return { steps, states, ...seen };
}

/** Reads all there is, while time passes as fast as it can; a stream that fails has its error at the end. */
export async function read(
  steps: Steps,
  passing: (ms: number) => Promise<unknown>,
): Promise<unknown[]> {
  const heard: unknown[] = [];
  const reading = (async () => {
    for await (const one of steps) heard.push(one);
  })().catch((error: unknown) => heard.push(error));
  await passing(60 * 60_000);
  await reading;
  return heard;
}
