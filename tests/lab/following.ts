import { wire } from '@comanda/kernel/wire';
import type { Role } from '@comanda/kernel/access';
import type { TestApp } from '@comanda/testing';
import type { Person } from '@comanda/testing/given';

/** One event of a stream as it travels. */
export interface Heard {
  event: string;
  id: string | undefined;
  /** Of an event what it tells, of an error what the error tells. */
  data: unknown;
}

interface From {
  /** Left out: the waiter. */
  who?: Role | Person;
  /** Shown in place of a sign-in. */
  headers?: Record<string, string>;
  lastEventId?: string;
  restaurantId?: string;
}

type Serialized = Parameters<typeof wire.output.deserialize>[0];

/** A stream of the feed lab on a line of its own, read one event at a time. */
export class Followed implements AsyncDisposable {
  readonly answer: Response;
  readonly #line: AbortController;
  #reader: ReadableStreamDefaultReader<string> | undefined;
  #text = '';

  constructor(answer: Response, line: AbortController) {
    this.answer = answer;
    this.#line = line;
  }

  /** What comes next but for signs of life; nothing once it is over. */
  async next(): Promise<Heard | undefined> {
    for (;;) {
      const heard = await this.#heard();
      if (heard?.event !== 'connected' && heard?.event !== 'ping') return heard;
    }
  }

  async take(count: number): Promise<(Heard | undefined)[]> {
    const heard: (Heard | undefined)[] = [];
    while (heard.length < count) heard.push(await this.next());
    return heard;
  }

  /** Hangs up. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#line.abort();
    await this.#reader?.closed.catch(() => undefined);
  }

  async #heard(): Promise<Heard | undefined> {
    const { ok, body, status } = this.answer;
    if (!ok || !body) throw new Error(`there is no stream: ${status}`);
    this.#reader ??= body.pipeThrough(new TextDecoderStream()).getReader();
    let end = this.#text.indexOf('\n\n\n');
    while (end === -1) {
      const { done, value } = await this.#reader.read();
      if (done) return undefined;
      this.#text += value;
      end = this.#text.indexOf('\n\n\n');
    }
    const block = this.#text.slice(0, end);
    this.#text = this.#text.slice(end + 3);
    return read(block);
  }
}

function read(block: string): Heard {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
  const event = field('event') ?? 'message';
  const sent = JSON.parse(field('data') || 'null') as Serialized | null;
  const isOurs = event === 'message' || event === 'serialized-error';
  const data = isOurs && sent ? wire.output.deserialize<{ data?: unknown }>(sent) : sent;
  return { event, id: field('id'), data: event === 'message' ? data : (data as Told)?.data };
}

type Told = { data?: unknown } | null;

/** What somebody shows who is signed in once for all their streams. */
export async function shownBy(app: TestApp, who: Role | Person): Promise<Record<string, string>> {
  const known = signedIn.get(app) ?? new Map<Role | Person, ReturnType<TestApp['session']>>();
  const session = known.get(who) ?? app.session(who);
  signedIn.set(app, known.set(who, session));
  return { authorization: `Bearer ${(await session).accessToken}` };
}

const signedIn = new WeakMap<TestApp, Map<Role | Person, ReturnType<TestApp['session']>>>();

/** Opens a stream of the lab; needs an app that listens. */
export async function following(app: TestApp, url: string, from: From = {}): Promise<Followed> {
  const { who = 'waiter', lastEventId, restaurantId } = from;
  const shown = from.headers ?? (await shownBy(app, who));
  const input = JSON.stringify({ json: { ...(restaurantId && { restaurantId }) } });
  const line = new AbortController();
  const answer = await fetch(`${url}/trpc/lab.follow?input=${encodeURIComponent(input)}`, {
    headers: { ...shown, ...(lastEventId !== undefined && { 'last-event-id': lastEventId }) },
    signal: line.signal,
  });
  return new Followed(answer, line);
}

/** The numbers of the steps that were heard. */
export function stepsIn(heard: (Heard | undefined)[]): number[] {
  return heard.map((one) => {
    if (one?.event !== 'message') throw new Error(`no step: ${JSON.stringify(one)}`);
    return (one.data as { n: number }).n;
  });
}
