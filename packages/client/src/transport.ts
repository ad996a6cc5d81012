import type { Transport } from './links/http.ts';
import type { ConnectOptions } from './options.ts';

/** Where requests go, as the options say; throws for an address that cannot be one. */
export function transportTo({ url, headers, fetch }: ConnectOptions): Transport {
  const inPage = 'location' in globalThis && /^(\/|$)/.test(url);
  if (!inPage && !/^https?:\/\/./.test(url)) {
    throw new TypeError(`url has to be like https://api.example.com, not ${JSON.stringify(url)}`);
  }
  return {
    url: `${url.replace(/(\/+trpc)?\/*$/, '')}/trpc`,
    // Looked up at every call, so that one which is put in place later is used as well.
    // Bare, for the browser's own fetch works for nobody else's `this`.
    fetch: (input, init) => (fetch ?? globalThis.fetch)(input, init),
    ...(headers && { headers: () => (typeof headers === 'function' ? headers() : headers) }),
  };
}
