import { connect, type Socket } from 'node:net';

export interface Request {
  method?: 'GET' | 'POST';
  path: string;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
}

export interface Answer {
  status: number;
  body: string;
}

const HEAD_END = '\r\n\r\n';
const LAST_CHUNK = '0\r\n\r\n';

/** One connection that stays open, one request at a time; plain enough to cost less than those it calls. */
export class Connection {
  readonly #socket: Socket;
  readonly #host: string;
  #heard = '';
  #answered: ((answer: Answer) => void) | undefined;
  #failed: ((error: Error) => void) | undefined;

  constructor(url: string) {
    const { hostname, port, host } = new URL(url);
    this.#host = host;
    this.#socket = connect(Number(port), hostname).setNoDelay().setEncoding('latin1');
    this.#socket.on('data', (text) => this.#hear(String(text)));
    this.#socket.on('error', (error) => this.#failed?.(error));
    this.#socket.on('close', () => this.#failed?.(new Error(`${host} hung up`)));
  }

  ask({ method = 'GET', path, headers = {}, body }: Request): Promise<Answer> {
    const json = body === undefined ? undefined : JSON.stringify(body);
    const all = {
      host: this.#host,
      ...(json !== undefined && {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(json)),
      }),
      ...headers,
    };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    return new Promise((resolve, reject) => {
      this.#answered = resolve;
      this.#failed = reject;
      // Nobody was waiting when it was closed, and nothing more is heard of it.
      if (this.#socket.destroyed) reject(new Error(`${this.#host} hung up`));
      this.#socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${json ?? ''}`);
    });
  }

  close(): void {
    this.#failed = undefined;
    this.#socket.destroy();
  }

  /** What is read as Latin letters has one letter for each byte, so that lengths can be compared. */
  #hear(text: string): void {
    this.#heard += text;
    const headEnd = this.#heard.indexOf(HEAD_END);
    if (headEnd === -1) return;
    const head = this.#heard.slice(0, headEnd);
    const status = Number(head.slice(9, 12));
    const from = headEnd + HEAD_END.length;
    const length = lengthIn(head, status);
    const isWhole =
      length === undefined ? this.#heard.endsWith(LAST_CHUNK) : this.#heard.length >= from + length;
    if (!isWhole) return;
    const rest = this.#heard.slice(from);
    const body = length === undefined ? joined(rest) : rest;
    this.#heard = '';
    this.#answered?.({ status, body });
  }
}

/** Undefined where it comes in chunks. */
function lengthIn(head: string, status: number): number | undefined {
  if (status === 304 || status === 204) return 0;
  const [, length] = /^content-length: *(\d+)/im.exec(head) ?? [];
  return length === undefined ? undefined : Number(length);
}

/** Each chunk has its length before it, in hexadecimal. */
function joined(chunks: string): string {
  let body = '';
  for (let at = 0; ;) {
    const lineEnd = chunks.indexOf('\r\n', at);
    const length = Number.parseInt(chunks.slice(at, lineEnd), 16);
    if (!(length > 0)) return body;
    body += chunks.slice(lineEnd + 2, lineEnd + 2 + length);
    at = lineEnd + 2 + length + 2;
  }
}
