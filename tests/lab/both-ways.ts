import { vi } from 'vitest';
import { SOON } from './feeding.ts';

interface Asking {
  /** The name of the procedure. */
  path: string;
  input?: unknown;
  headers?: Record<string, string>;
  method?: 'GET' | 'POST';
}

const OWN = new Set(
  'date x-request-id ratelimit keep-alive content-length transfer-encoding x-accel-buffering'.split(
    ' ',
  ),
);

/** A stream, and all of it that was heard so far. */
export class Text implements AsyncDisposable {
  readonly answer: Response;
  readonly #line: AbortController;
  readonly #whole: Promise<void>;
  #heard = '';

  constructor(answer: Response, line: AbortController) {
    this.answer = answer;
    this.#line = line;
    this.#whole = this.#listen();
  }

  /** As it came, but for the ids of requests and the moments of refusals. */
  get heard(): string {
    return this.#heard.replaceAll(/"requestId":"[^"]+"/g, '"requestId":""');
  }

  /** All but what is of this answer alone, and what says how long it is. */
  get headers(): Record<string, string> {
    return Object.fromEntries([...this.answer.headers].filter(([name]) => !OWN.has(name)));
  }

  /** When it is over. */
  async whole(): Promise<string> {
    await this.#whole;
    return this.heard;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#line.abort();
    await this.#whole;
  }

  async #listen(): Promise<void> {
    const text = (this.answer.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream());
    try {
      for await (const part of text) this.#heard += part;
    } catch (error) {
      if (!this.#line.signal.aborted) throw error;
    }
  }
}

/** What tRPC's own handler answers itself: whoever names parameters of the connection. */
const PLAIN = 'connectionParams=null';

/** The same stream twice: as this service writes it, and as tRPC does. */
export async function bothWays(url: string, asking: Asking): Promise<[Text, Text]> {
  return [await opened(url, asking), await opened(url, asking, PLAIN)];
}

async function opened(url: string, asking: Asking, search = ''): Promise<Text> {
  const { path, input, headers, method = 'GET' } = asking;
  const sent = input === undefined ? undefined : JSON.stringify({ json: input });
  const asks = [search, method === 'GET' && sent ? `input=${encodeURIComponent(sent)}` : ''];
  const line = new AbortController();
  const isPost = method === 'POST';
  const answer = await fetch(`${url}/trpc/${path}?${asks.filter(Boolean).join('&')}`, {
    method,
    headers: { ...headers, ...(isPost && { 'content-type': 'application/json' }) },
    ...(isPost && sent && { body: sent }),
    signal: line.signal,
  });
  return new Text(answer, line);
}

/** Until both have heard so many events that tell something. */
export async function heardBoth([ours, plain]: [Text, Text], events: number): Promise<void> {
  const many = ({ heard }: Text) => heard.split(/^id: /m).length > events;
  await vi.waitUntil(() => many(ours) && many(plain), SOON);
}
