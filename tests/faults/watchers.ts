import {
  type Client,
  type ClientOptions,
  createClient,
  type KitchenEvent,
  type OrderEvent,
} from '@comanda/client';
import { PASSWORD, type Person } from '@comanda/testing/given';
import type { Fleet } from './fleet.ts';
import { type Line, lineTo } from './line.ts';

/** Somebody who watches orders or the kitchen through the published client. */
export interface Viewer extends AsyncDisposable {
  readonly client: Client;
  /** The id of every event and the order that it tells of; `gap` where the client was told of one. */
  readonly heard: string[];
  /** The id of the last one. */
  readonly lastId: string | undefined;
  /** Every connection: the id that it asked to go on from, and the last one that was heard. */
  readonly connections: { shown: string | undefined; heard: string | undefined }[];
  /** Resolves when the stream is over; rejects with what ended it. */
  readonly ended: Promise<void>;
}

/** One with a line of their own. */
export interface Watcher extends Viewer {
  readonly line: Line;
}

interface Who {
  person: Person;
  /** Tells watchers apart where addresses count, and says which server is theirs. */
  nth: number;
}

export async function watch(fleet: Fleet, { person, nth }: Who): Promise<Watcher> {
  const line = await lineTo(() => fleet.port(nth % fleet.size));
  const headers = { 'x-forwarded-for': `10.0.${nth >> 8}.${nth & 255}` };
  const viewer = await viewAt({ url: line.url, headers }, person);
  const leave = viewer[Symbol.asyncDispose];
  return Object.assign(viewer, {
    line,
    [Symbol.asyncDispose]: async () => {
      await leave();
      await line[Symbol.asyncDispose]();
    },
  });
}

/** Signs in there and watches. */
export async function viewAt(options: ClientOptions, person: Person): Promise<Viewer> {
  const heard: string[] = [];
  const connections: { shown: string | undefined; heard: string | undefined }[] = [];
  let lastId: string | undefined;
  const client = createClient({
    ...options,
    fetch: (at, init) => {
      if (new URL(at instanceof Request ? at.url : at).pathname.endsWith('.watch')) {
        const shown = new Headers(init?.headers).get('last-event-id') ?? undefined;
        connections.push({ shown, heard: lastId });
      }
      return fetch(at, init);
    },
  });
  await client.auth.login.mutate({ identifier: person.username, password: PASSWORD });
  const leaving = new AbortController();
  const { signal } = leaving;
  const steps = COOKS.has(person.role)
    ? client.kitchen.watch.subscribe({}, { signal })
    : client.orders.watch.subscribe({}, { signal });
  const hear = async () => {
    for await (const step of steps) {
      lastId = step.type === 'gap' ? undefined : step.id;
      heard.push(step.type === 'gap' ? 'gap' : `${step.id} ${orderIn(step.data)}`);
    }
  };
  const ended = hear();
  ended.catch(() => undefined);
  return {
    client,
    heard,
    connections,
    ended,
    get lastId() {
      return lastId;
    },
    [Symbol.asyncDispose]: async () => {
      leaving.abort();
      await ended.catch(() => undefined);
    },
  };
}

const COOKS: ReadonlySet<string> = new Set(['chef', 'head_chef']);

function orderIn(event: OrderEvent | KitchenEvent): string {
  if (event.kind === 'ready') return event.kind;
  return 'order' in event ? event.order.id : event.orderId;
}
