import type { ServerResponse } from 'node:http';

type Headers = Record<string, unknown>;

const ID = 'x-request-id';
/** Of what is left out where the caller has it. */
const OF_A_BODY = new Set(['content-type', 'content-length']);

/**
 * The head of an answer, as it went out with it, once and for all but for the id of the request: names and
 * values in turn, as Node takes them without a detour.
 */
export class FinishedHead {
  readonly #headers: Headers;
  #whole: Lines | undefined;
  #known: Lines | undefined;

  constructor(headers: Headers, length: number) {
    this.#headers = { ...headers, 'content-length': length };
  }

  /** With the body; or without, as a 304. */
  send(response: ServerResponse, { body, id }: { body: Buffer | undefined; id: string }): void {
    const { lines, idAt } = body
      ? (this.#whole ??= linesOf(Object.entries(this.#headers)))
      : (this.#known ??= linesOf(withoutBody(this.#headers)));
    // Node has read them when it comes back: the next may have the same with an id of its own.
    lines[idAt] = id;
    response.writeHead(body ? 200 : 304, lines).end(body);
  }
}

function withoutBody(headers: Headers): [string, unknown][] {
  return Object.entries(headers).filter(([name]) => !OF_A_BODY.has(name));
}

interface Lines {
  lines: string[];
  idAt: number;
}

function linesOf(headers: [name: string, value: unknown][]): Lines {
  const lines = headers.flatMap(([name, value]) => [name, String(value)]);
  return { lines, idAt: lines.indexOf(ID) + 1 };
}
