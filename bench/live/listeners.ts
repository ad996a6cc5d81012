import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onOrder } from '../crew.ts';
import { machineMs } from './hall.ts';

/** What those who listen are told. */
export type ListenersOrder =
  | { ask: 'join'; url: string; tokens: string[]; count: number }
  | { ask: 'expect'; mark: string }
  | { ask: 'heard' }
  | { ask: 'leave' };

export interface ListenersReport {
  /** When the last of them had heard it, by the clock of the machine. */
  lastMs: number;
}

const AT_ONCE = 25;
/** So often somebody asks to be let in: who has much to do with others sends people away. */
const TRIES = 10;
const TOO_LATE_MS = 60_000;

interface Listener {
  socket: Socket;
  /** The end of what came before: a text may come in two pieces. */
  rest: string;
  waits: boolean;
}

let listeners: Listener[] = [];
let mark = '';
let waiting = 0;
let lastMs = 0;
let allHeard = Promise.withResolvers<void>();

onOrder<ListenersOrder, ListenersReport>(async (order) => {
  if (order.ask === 'join') await joined(order);
  else if (order.ask === 'expect') expect(order.mark);
  else if (order.ask === 'heard') await inTime(allHeard.promise);
  else leave();
  return { lastMs };
});

/** Rejected, it ends this process, and so the measurement. */
function inTime(promise: Promise<void>): Promise<void> {
  const limit = setTimeout(
    () => allHeard.reject(new Error(`${waiting} of ${listeners.length} have not heard it.`)),
    TOO_LATE_MS,
  );
  return promise.finally(() => clearTimeout(limit));
}

type Joining = Extract<ListenersOrder, { ask: 'join' }>;

/** Each by a connection of their own; the tokens are theirs in turns. */
async function joined(joining: Joining): Promise<void> {
  const { count } = joining;
  for (let first = 0; first < count; first += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - first) }, (_, at) => first + at);
    listeners.push(...(await Promise.all(some.map((nth) => join(joining, nth)))));
  }
}

async function join(joining: Joining, nth: number): Promise<Listener> {
  for (let tries = 1; ; tries += 1) {
    const socket = knock(joining, nth);
    const listener = { socket, rest: '', waits: false };
    const [first] = (await once(socket, 'data')) as [Buffer];
    if (first.toString().startsWith('HTTP/1.1 200')) {
      socket.on('data', (piece: Buffer) => hear(listener, piece.toString('latin1')));
      socket.on('close', () => {
        if (listener.waits) allHeard.reject(new Error('A stream was closed.'));
      });
      return listener;
    }
    socket.destroy();
    if (tries === TRIES) throw new Error(first.toString());
  }
}

function knock({ url, tokens }: Joining, nth: number): Socket {
  const { hostname, port, pathname } = new URL(url);
  const token = tokens[nth % tokens.length];
  const socket = connect(Number(port), hostname);
  socket.on('error', () => socket.destroy());
  socket.write(
    [
      `GET ${pathname} HTTP/1.1`,
      `Host: ${hostname}:${port}`,
      'Accept: text/event-stream',
      ...(token ? [`Authorization: Bearer ${token}`] : []),
      '\r\n',
    ].join('\r\n'),
  );
  return socket;
}

function expect(what: string): void {
  mark = what;
  allHeard = Promise.withResolvers();
  waiting = listeners.length;
  for (const listener of listeners) listener.waits = true;
}

function hear(listener: Listener, piece: string): void {
  const text = listener.rest + piece;
  listener.rest = text.slice(-64);
  if (!listener.waits || !text.includes(mark)) return;
  listener.waits = false;
  waiting -= 1;
  if (waiting > 0) return;
  lastMs = machineMs();
  allHeard.resolve();
}

function leave(): void {
  for (const { socket } of listeners) socket.destroy();
  listeners = [];
}
