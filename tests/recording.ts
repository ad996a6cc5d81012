import { type ClientOptions, createClient } from '@comanda/client';
import type { TestApp } from '@comanda/testing';

/** A client whose requests are written down before the app answers them. */
export function recorded(app: Pick<TestApp, 'fetch'>, options: Partial<ClientOptions> = {}) {
  const requests: { url: string; method: string; headers: Headers }[] = [];
  const fetch: typeof globalThis.fetch = (input, init) => {
    const request = new Request(input, init);
    requests.push({ url: request.url, method: request.method, headers: request.headers });
    return app.fetch(input, init);
  };
  const client = createClient({ url: 'http://localhost', fetch, retry: false, ...options });
  return { client, requests };
}

export const times = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));
