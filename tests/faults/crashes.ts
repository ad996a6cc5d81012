import { fileURLToPath } from 'node:url';
import type { Premises } from './premises.ts';
import { run, type Running } from './server.ts';

const CRASHING = fileURLToPath(new URL('crashing-server.ts', import.meta.url));
const OPEN = /^Open at (\S+) after (\d+) ms of work$/m;

/**
 * In a call, in the midst of any transaction or of SQLite's checkpoint, right after an answer, or at no
 * point in particular.
 */
export type Point =
  | `order.${'begin' | 'stock' | 'inserted' | 'written' | 'answer'}`
  | `clock.${'begin' | 'written' | 'answer'}`
  | `transaction.${'flushed' | 'commit' | 'committed'}`
  | 'checkpoint'
  | 'reply'
  | 'moment';

/** Where a server is killed, and the how manieth time; `reply` and `moment` count the calls that the door counts. */
export interface Kill {
  at: Point;
  times: number;
}

interface Served {
  server: Running & { url: string };
  /** Called with every such call that was answered. */
  answered: () => void;
}

/** The way in: a call goes to one of the servers that are open, or waits until there is one. */
export class Door {
  readonly #open = new Set<Served>();
  #news = Promise.withResolvers<void>();
  #closed = false;
  readonly #counted: RegExp;

  /** Counts what is called by such a path: orders, what is done on a shift and uploads, unless it is said. */
  constructor(counted = /\/(orders\.place|shifts\.\w+|files)$/) {
    this.#counted = counted;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Ends whatever serves, when something went wrong; nobody is to start another. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { server } of this.#open) await server[Symbol.asyncDispose]();
  }

  open(served: Served): Disposable {
    if (this.#closed) served.server.kill('SIGKILL');
    this.#open.add(served);
    this.#news.resolve();
    this.#news = Promise.withResolvers();
    return { [Symbol.dispose]: () => this.#open.delete(served) };
  }

  readonly fetch: typeof fetch = async (at, init) => {
    const served = await this.#anyone();
    const { pathname, search } = new URL(at instanceof Request ? at.url : at);
    const answer = await fetch(`${served.server.url}${pathname}${search}`, init);
    const body = await answer.arrayBuffer();
    if (answer.ok && this.#counted.test(pathname)) served.answered();
    return new Response(body, answer);
  };

  async #anyone(): Promise<Served> {
    for (;;) {
      const open = [...this.#open];
      const served = open[Math.floor(Math.random() * open.length)];
      if (served) return served;
      await this.#news.promise;
    }
  }
}

interface Life {
  /** Processor time from its start until it could be called. */
  startedInMs: number;
}

/** Serves until it is killed there. */
export async function lifeUntil(kill: Kill, premises: Premises, door: Door): Promise<Life> {
  await using server = await start(premises, kill);
  let left = kill.times;
  using _ = door.open({
    server,
    answered: () => {
      left -= 1;
      if (left === 0 && kill.at === 'reply') server.kill('SIGKILL');
      if (left === 0 && kill.at === 'moment') {
        setTimeout(() => server.kill('SIGKILL'), Math.random() * 30);
      }
    },
  });
  const { signal, output } = await server.exited;
  if (signal !== 'SIGKILL') throw new Error(`It ended by itself:\n${output}`);
  return server;
}

/** Serves as long as `work` takes. */
export async function lifeFor<Done>(
  premises: Premises,
  door: Door,
  work: () => Promise<Done>,
): Promise<Done> {
  await using server = await start(premises);
  using _ = door.open({ server, answered: () => undefined });
  return await work();
}

async function start({ env }: Premises, kill?: Kill) {
  const args = kill ? [kill.at, String(kill.times)] : [];
  const server = run(process.execPath, [CRASHING, ...args], env);
  const [, url = '', ms] = await server.said(OPEN);
  return { ...server, url, startedInMs: Number(ms) };
}
