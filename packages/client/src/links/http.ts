import { decode, encode, Unsendable } from '../codec.ts';
import { CONTRACT, refuses } from '../contract/wire.ts';
import { CallError, fault, type FaultDetails, type Told } from '../errors.ts';
import type { CallContext } from './context.ts';

/** Where requests go, and what goes with each of them. */
export interface Transport {
  /** Of the procedures, without a slash behind. */
  url: string;
  fetch: typeof fetch;
  /** Asked again for every request. */
  headers?: () => Record<string, string> | Promise<Record<string, string>>;
  /** Sees the headers of every answer. */
  onAnswer?: (headers: Headers) => void;
}

export interface Asked {
  /** Behind the url of the procedures, with its query; a picture goes to where files are. */
  address: string;
  body?: string | Blob | undefined;
  method: 'GET' | 'POST';
  accept: string;
  context: CallContext;
  lastEventId?: string | undefined;
  signal: AbortSignal | null;
}

/** Where pictures go to and come from, beside the procedures. */
export function filesAt({ url }: Pick<Transport, 'url'>): string {
  return url.replace(/trpc$/, 'files');
}

/** Sends a request; rejects with a fault when nothing comes back. */
export async function ask(transport: Transport, asked: Asked): Promise<Response> {
  const { method, body, signal, context } = asked;
  const to = body instanceof Blob ? filesAt(transport) : `${transport.url}/${asked.address}`;
  const headers = new Headers(await transport.headers?.());
  for (const [name, value] of Object.entries(headersOf(asked))) headers.set(name, value);
  try {
    const response = await transport.fetch(to, {
      method,
      headers: Object.fromEntries(headers), // plain, as whoever wraps `fetch` expects them
      signal,
      redirect: 'error', // passwords and tokens go nowhere but to this address
      ...(body !== undefined && { body }),
      ...(context.cookie && { credentials: 'include' }),
    });
    transport.onAnswer?.(response.headers);
    return response;
  } catch (cause) {
    throw lost(cause, transport.url);
  }
}

function headersOf({ method, body, accept, context, lastEventId }: Asked): Record<string, string> {
  return {
    accept,
    'x-comanda-contract': CONTRACT,
    ...(method === 'POST' && { 'content-type': kindOf(body) }),
    ...(context.token !== undefined && { authorization: `Bearer ${context.token}` }),
    ...(context.guest && { 'x-guest-token': context.guest }),
    ...(context.cookie && { 'x-session': 'cookie' }),
    ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
  };
}

function kindOf(body: Asked['body']): string {
  if (!(body instanceof Blob)) return 'application/json';
  return /\/./.test(body.type) ? body.type : 'application/octet-stream'; // a wrong one is refused
}

function lost(cause: unknown, url: string): Error {
  if (cause instanceof CallError) return cause;
  const { code } = ((cause as Error | undefined)?.cause ?? {}) as { code?: unknown };
  const why = typeof code === 'string' ? ` (${code})` : '';
  return fault(`${url} cannot be reached${why}.`, { because: 'unreachable' }, { cause });
}

/** Reads the JSON of an answer; rejects with a fault when it is something else, such as a proxy's page. */
export async function read(response: Response): Promise<unknown> {
  let text: string;
  try {
    text = await response.text();
  } catch (cause) {
    throw lost(cause, response.url);
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw notOurs(response, cause);
  }
}

/** How long an answer asks to wait; proxies say it in seconds or as a date. */
export function retryAfterMs(headers: Headers): number | undefined {
  const said = headers.get('retry-after');
  if (said === null) return undefined;
  const wait = /^\d+$/.test(said) ? Number(said) * 1000 : Date.parse(said) - Date.now();
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

/** What came is no answer of the service. */
export function notOurs({ status, headers }: Response, cause?: unknown) {
  const details: FaultDetails = { because: 'answer', status };
  const contentType = headers.get('content-type');
  if (contentType !== null) details.contentType = contentType;
  const wait = retryAfterMs(headers);
  if (wait !== undefined) details.retryAfterMs = wait;
  const message = `What answered with status ${status} is not the service.`;
  return fault(message, details, { requestId: headers.get('x-request-id') ?? undefined, cause });
}

/** The data of one call in an answer; throws its refusal, or what is none of that call as a fault. */
export function dataOf(item: unknown, response: Response, path?: string): unknown {
  const { result, error } = (item ?? {}) as { result?: { data?: unknown }; error?: unknown };
  if (error !== undefined) throw refusalOf(decoded(error, response), response, path);
  if (result === undefined) throw notOurs(response);
  return result.data === undefined ? undefined : decoded(result.data, response);
}

function decoded(written: unknown, response: Response): unknown {
  try {
    return decode(written);
  } catch (cause) {
    throw notOurs(response, cause);
  }
}

/** The service's no as an error: a refusal, or a fault when this client does not know the code. */
function refusalOf(shape: unknown, response: Response, path: string | undefined): CallError {
  const { message, data } = (shape ?? {}) as { message?: unknown; data?: Told };
  if (typeof message !== 'string' || typeof data?.reason !== 'string') return notOurs(response);
  const { reason, details, requestId, httpStatus: status } = data;
  const told = shape as { data: Told };
  if (refuses(path, reason)) {
    return new CallError(message, { reason, details, requestId, told });
  }
  return fault(message, { because: 'server', code: reason, status }, { requestId, told });
}

/** An input as it travels; rejects with a fault when it cannot. */
export function encoded(input: unknown): unknown {
  try {
    return encode(input);
  } catch (cause) {
    if (!(cause instanceof Unsendable)) throw cause;
    throw fault(cause.message, { because: 'client' }, { cause });
  }
}
