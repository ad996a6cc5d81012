import { type Client, createClient } from '@comanda/client';
import type { TestApp } from '@comanda/testing';

/** With this, the address of a caller is the one that `from` names. */
export const BEHIND_PROXY = { trustProxy: ['127.0.0.1/32'] };

interface Traits {
  address?: string;
  token?: string;
  userAgent?: string;
}

/** A client at that address, with that device and token; the app has to be opened behind a proxy. */
export function from(app: TestApp, { address, token, userAgent }: Traits): Client {
  const headers = {
    ...(address && { 'x-forwarded-for': address }),
    ...(userAgent && { 'user-agent': userAgent }),
  };
  return createClient({
    url: 'http://localhost',
    ...(token && { token: () => token }),
    fetch: (input, init) =>
      app.fetch(input, { ...init, headers: { ...(init?.headers as object), ...headers } }),
  });
}

/** Calls a mutation as it goes over the wire, for looks at status, headers and body. */
export function post(app: TestApp, path: string, input: object): Promise<Response> {
  return app.fetch(`http://localhost/trpc/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ json: input }),
  });
}

/** What a caller can tell from an answer, but for what differs by nature: request's id, date, and what is left. */
export async function toldBy(answer: Response) {
  const { 'x-request-id': id = '', ...told } = Object.fromEntries(answer.headers);
  const { date: _, ratelimit: __, ...headers } = told;
  const body = await answer.text();
  return { status: answer.status, headers, body: body.replace(id, '') };
}

/** So many at once; what each came to. */
export function parallel<T>(times: number, call: (at: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: times }, (_, at) => call(at)));
}

/** So many one after the other; what each came to. */
export async function inTurn<T>(times: number, call: (at: number) => Promise<T>): Promise<T[]> {
  const outcomes: T[] = [];
  for (let at = 0; at < times; at++) outcomes.push(await call(at));
  return outcomes;
}

/** 'ok', or the reason of the refusal. */
export function outcomeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'ok',
    (error: Error & { data?: { reason: string } }) => error.data?.reason ?? error.message,
  );
}

/** How often each outcome came. */
export function tally(outcomes: string[]): Record<string, number> {
  return Object.fromEntries(
    [...new Set(outcomes)].map((one) => [one, outcomes.filter((other) => other === one).length]),
  );
}
