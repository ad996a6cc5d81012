import { hash } from 'node:crypto';
import { CONTRACT } from '@comanda/domains/contract';
import type { Copies, Showing } from '@comanda/domains/showing';
import type { Editions } from '@comanda/storage/editions';
import type { FastifyReply, FastifyRequest, onSendHookHandler } from 'fastify';

/** How long a shared cache hands out what it has, and how much longer while one request asks for what is new. */
const FRESH_SECONDS = 4;
const RENEWING_SECONDS = 4;
/** Of what is shown to anybody nothing older is handed out: both, and what caches make of whole seconds. */
export const STALE_SECONDS = 10;

const KEPT_BY_CACHES = [
  'public',
  'max-age=0', // a browser asks every time: its own seconds would come on top of those of a cache before it
  `s-maxage=${FRESH_SECONDS}`,
  `stale-while-revalidate=${RENEWING_SECONDS}`,
  'must-revalidate',
].join(', ');

/** Whoever shows one of these is answered for themselves. */
const PERSONAL = ['authorization', 'x-guest-token', 'x-session'];

/** By what an answer to anybody differs, or is none to anybody. */
const VARY = ['Origin', 'Accept', 'Authorization', 'x-guest-token'];

/** What a cache is told of an answer. */
interface Kept extends Record<string, string> {
  'cache-control': string;
  etag: string;
  vary: string;
}

interface Answer {
  /** How many calls it answers. */
  calls: number;
  /** What is told, as far as it is known before it is written. */
  body: string;
  /** What else names it: the version that `If-Match` can ask for, and in what format it is. */
  version?: number | undefined;
  vary?: string[];
}

/** What caches may keep of the answer to one request: by what tag, and for how long. */
export class PublicCopies implements Copies {
  readonly #asked: string;
  readonly #known: string[];
  readonly #showings: Showing[] = [];
  #held: string | undefined;

  constructor({ asked, known }: { asked: string; known: string[] }) {
    this.#asked = digest(asked, 8);
    this.#known = known;
  }

  /** Whether nothing was read, because the caller has it already. */
  get held(): boolean {
    return this.#held !== undefined;
  }

  holds(edition: string, at: Date): boolean {
    this.#held = this.#known.find((tag) => {
      const [, of, until = '', asked] = TAG.exec(tag) ?? [];
      return of === edition && asked === this.#asked && Number.parseInt(until, 36) > at.getTime();
    });
    return this.held;
  }

  note(showing: Showing): void {
    this.#showings.push(showing);
  }

  /** What the answer was made of, and until when it looks like that; nothing where it is for nobody else. */
  madeOf(calls: number): { editions: Editions; until: Date } | undefined {
    if (this.held || this.#showings.length !== calls) return undefined;
    const named = new Map<string, string>();
    for (const [whose, name] of this.#showings.flatMap((one) => Object.entries(one.editions))) {
      // Changed between two calls of one request: the answer is of no edition.
      if ((named.get(whose) ?? name) !== name) return undefined;
      named.set(whose, name);
    }
    return { editions: Object.fromEntries(named), until: this.#until() };
  }

  /** Nothing where a part of the answer is a no, or is for nobody else. */
  headersOf({ calls, body, version, vary = [] }: Answer): Kept | undefined {
    if (!this.held && this.#showings.length !== calls) return undefined;
    return {
      'cache-control': KEPT_BY_CACHES,
      etag: this.#held ?? this.#tagOf(body, version),
      vary: [...VARY, ...vary].join(', '),
    };
  }

  /** Strong: the last part is of the bytes. By the others it is told whether they are still right. */
  #tagOf(body: string, version: number | undefined): string {
    const editions = this.#showings.map(({ edition }) => edition).toSorted();
    const until = this.#until().getTime();
    const edition = editions.length === 1 ? editions.join() : digest(editions.join(), 16);
    const parts = [edition, until.toString(36), this.#asked, digest(body, 16)].join('.');
    return version === undefined ? `"${parts}"` : `"${version}-${parts}"`;
  }

  #until(): Date {
    return new Date(Math.min(...this.#showings.map(({ until }) => until.getTime())));
  }
}

const TAG = /^"(?:\d{1,9}-)?([\w-]{1,16})\.([\da-z]{1,11})\.([\w-]{8})\.[\w-]{16}"$/;

/** Undefined where whoever asks is somebody, or changes something. */
export function copiesFor(
  request: FastifyRequest,
  { calls, form }: { calls: number; form: string },
): PublicCopies | undefined {
  const { headers, url } = request;
  if (!isForAnybody(request)) return undefined;
  // Of several answers together none is left out.
  const known = calls === 1 ? tagsIn(headers['if-none-match']) : [];
  // By the contract, so that another form of the same is not taken for it.
  return new PublicCopies({ asked: [CONTRACT.hash, form, url].join('\n'), known });
}

/** Whether whoever asks is nobody in particular, and changes nothing. */
export function isForAnybody({ method, headers }: Pick<FastifyRequest, 'method' | 'headers'>) {
  const isRead = method === 'GET' || method === 'HEAD';
  return isRead && PERSONAL.every((name) => headers[name] === undefined);
}

/** Whether the caller has it: by one of their tags, or by saying that any will do. */
export function knows(tags: string | undefined, tag: string): boolean {
  const known = tagsIn(tags);
  return known.includes(tag) || known.includes('*');
}

function tagsIn(tags: string | undefined): string[] {
  return tags?.split(',').map((one) => one.trim().replace(/^W\//, '')) ?? [];
}

/** An answer of tRPC that the caller has: its headers go out and its body does not. Only such a one is waited for. */
export function leaveOutKnown(
  ...[request, reply, answer, done]: Parameters<onSendHookHandler>
): Promise<null> | undefined {
  if (answer instanceof Response && answer.status === 200) {
    const tag = answer.headers.get('etag');
    if (tag !== null && knows(request.headers['if-none-match'], tag))
      return headOnly(reply, answer);
  }
  done(null, answer);
  return undefined;
}

async function headOnly(reply: FastifyReply, answer: Response): Promise<null> {
  for (const [name, value] of answer.headers) {
    if (name !== 'content-type') void reply.header(name, value);
  }
  await answer.body?.cancel();
  void reply.code(304);
  return null;
}

function digest(text: string, length: number): string {
  return hash('sha256', text, 'base64url').slice(0, length);
}
