import { MAX_BATCH } from '../contract/wire.ts';
import { fault } from '../errors.ts';
import { ask, type Asked, dataOf, encoded, read, type Transport } from './http.ts';
import { type Link, type Op, step } from './step.ts';
import { endedBy, unlessAborted } from './waiting.ts';

/** A longer query goes by POST: proxies and servers refuse long addresses. */
const MAX_ADDRESS = 2_000;
/** Calls made in one go reach this link within a few turns of each other, all before any timer. */
const TURNS = 8;
/** Takes a picture, which travels as it is. */
const UPLOAD = 'files.upload';

interface Waiting {
  op: Op;
  /** As it travels; nothing for none. */
  input: unknown;
  resolve: (data: unknown) => void;
  reject: (error: unknown) => void;
}

/**
 * Sends calls. Those made in one go travel together, as many as the service takes; sign-in calls
 * and pictures travel alone, and so does whatever has nobody to travel with.
 */
export function batch(transport: Transport): Link {
  let waiting: Waiting[] = [];

  const gather = async () => {
    for (let turn = 0; turn < TURNS; turn += 1) await Promise.resolve();
    const gathered = waiting.filter(({ op }) => !op.signal?.aborted);
    waiting = [];
    for (const group of groups(gathered)) void send(transport, group);
  };

  return step((op) => {
    const answer = new Promise((resolve, reject) => {
      const input = written(op);
      const call = { op, input, resolve, reject };
      if (op.path.startsWith('auth.') || op.path === UPLOAD) return void send(transport, [call]);
      if (waiting.push(call) === 1) void gather();
    });
    return unlessAborted(op.signal, answer);
  });
}

function written({ path, input }: Op): unknown {
  if (path !== UPLOAD) return input === undefined ? undefined : encoded(input);
  if (input instanceof Blob) return input;
  throw fault('A picture is sent as a Blob, such as new Blob([bytes]).', { because: 'client' });
}

/** One request carries one method, one token and one guest. */
function groups(calls: Waiting[]): Waiting[][] {
  const all: Waiting[][] = [];
  const filling = new Map<string, Waiting[]>();
  for (const call of calls) {
    const { token, guest } = call.op.context;
    const kind = [call.op.type, token, guest].join();
    const group = filling.get(kind) ?? [];
    if (group.push(call) === 1) all.push(group);
    if (group.length < MAX_BATCH) filling.set(kind, group);
    else filling.delete(kind);
  }
  return all;
}

async function send(transport: Transport, calls: Waiting[]): Promise<void> {
  const [first] = calls;
  if (!first) return;
  const { signal, stop } = untilAllAbort(calls);
  try {
    const { context } = first.op;
    const asked = { ...request(calls), accept: 'application/json', context, signal };
    const response = await ask(transport, asked);
    const answer = await read(response);
    calls.forEach(({ op, resolve, reject }, at) => {
      try {
        resolve(dataOf(Array.isArray(answer) ? answer[at] : answer, response, op.path));
      } catch (error) {
        reject(error);
      }
    });
  } catch (error) {
    for (const { reject } of calls) reject(error);
  } finally {
    stop();
  }
}

function request(calls: Waiting[]): Pick<Asked, 'address' | 'method' | 'body'> {
  const path = calls.map(({ op }) => encodeURIComponent(op.path)).join(',');
  const batched = calls.length > 1 ? ['batch=1'] : [];
  const input =
    calls.length > 1
      ? Object.assign(
          {},
          calls.map((call) => call.input),
        )
      : calls[0]?.input;
  if (input instanceof Blob) return { address: path, method: 'POST', body: input };
  const text = input === undefined ? undefined : JSON.stringify(input);
  if (calls[0]?.op.type === 'query') {
    const asked = text === undefined ? [] : [`input=${encodeURIComponent(text)}`];
    const address = [path, [...batched, ...asked].join('&')].filter(Boolean).join('?');
    if (address.length <= MAX_ADDRESS) return { address, method: 'GET' };
  }
  const address = [path, ...batched].join('?');
  return { address, method: 'POST', ...(text !== undefined && { body: text }) };
}

/** A request goes on as long as anybody waits for it. */
function untilAllAbort(calls: Waiting[]): { signal: AbortSignal; stop: () => void } {
  const all = new AbortController();
  const stops = new AbortController();
  let open = calls.length;
  for (const { op } of calls) {
    const { signal } = op;
    const end = () => {
      open -= 1;
      if (open === 0 && signal) all.abort(endedBy(signal));
    };
    if (signal?.aborted) end();
    else signal?.addEventListener('abort', end, { once: true, signal: stops.signal });
  }
  return { signal: all.signal, stop: () => stops.abort() };
}
