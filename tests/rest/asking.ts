import type { TestApp } from '@comanda/testing';
import { ask } from '../http.ts';
import { MIRROR, type Place, placeOf } from './document.ts';

interface Sent {
  input?: unknown;
  token?: string | undefined;
  headers?: Record<string, string> | undefined;
}

/** A call of the mirror, put together from what the document says of it and from nothing else. */
export function askRest(app: TestApp, name: string, sent: Sent = {}): Promise<Response> {
  const place = placeOf(name);
  const { url, headers, body } = requestOf(place, (sent.input ?? {}) as Fields);
  return ask(app, url, {
    method: place.method,
    headers: {
      ...headers,
      ...(sent.token !== undefined && { authorization: `Bearer ${sent.token}` }),
      ...sent.headers,
    },
    ...(body !== undefined && { body }),
  });
}

type Fields = Record<string, unknown>;

/** By which header a field of the input travels. */
const FIELD_OF: Record<string, string> = {
  'Idempotency-Key': 'idempotencyKey',
  'Last-Event-ID': 'lastEventId',
};

export function requestOf({ path, operation }: Place, input: Fields) {
  const { parameters = [], requestBody } = operation;
  const left = { ...input };
  const headers: Record<string, string> = {};
  const query = new URLSearchParams();
  let filled = path;
  for (const { name, in: where } of parameters) {
    const field = FIELD_OF[name] ?? name;
    const value = left[field];
    delete left[field];
    if (value === undefined) continue;
    if (where === 'path')
      filled = filled.replace(`{${name}}`, () => encodeURIComponent(textOf(value)));
    else if (where === 'header') headers[name] = textOf(value);
    else for (const one of [value].flat()) query.append(name, textOf(one));
  }
  if (filled.includes('{')) throw new Error(`${filled} is not filled`);
  const rest = Object.keys(left);
  if (rest.length > 0 && !requestBody)
    throw new Error(`${operation.operationId} has no place for ${rest.join()}`);
  if (requestBody) headers['content-type'] = 'application/json';
  const search = query.size > 0 ? `?${query.toString()}` : '';
  const body = requestBody ? JSON.stringify(left) : undefined;
  return { url: `${MIRROR}${filled}${search}`, headers, body };
}

function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A no as RFC 9457 writes it. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  details: { capability?: string; issues?: { path: string; message: string }[] };
  requestId: string;
}

/** The problem in an answer; an answer without one fails the test. */
export async function problemIn(answer: Response): Promise<Problem> {
  const type = answer.headers.get('content-type')?.split(';')[0];
  if (type !== 'application/problem+json')
    throw new Error(`no problem but ${answer.status} ${type}`);
  return (await answer.json()) as Problem;
}

/** What is told until `isEnough`, from a line that stays open; then hangs up. */
export async function heardOn(
  answer: Response,
  isEnough: (told: string) => boolean,
): Promise<string> {
  const reader = (answer.body ?? new ReadableStream())
    .pipeThrough(new TextDecoderStream())
    .getReader();
  let told = '';
  while (!isEnough(told)) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`the line ended after ${told}`);
    told += value;
  }
  await reader.cancel();
  return told;
}
