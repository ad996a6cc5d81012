import { MINUTE, SECOND } from '@comanda/kernel/time';
import type { FastifyReply } from 'fastify';
import { plain } from './plain.ts';

const PING_MS = 15 * SECOND;
/** As streams of tRPC: clients come back by themselves, and have their access judged anew. */
export const LONGEST_MS = 15 * MINUTE;

interface Told {
  /** Aborted when nobody listens any more, or has listened for long enough. */
  signal: AbortSignal;
  /** What is told of a failure. */
  late(error: unknown): object;
}

/** Tells events as they come. A no that comes too late for a status is told as the last of them. */
export function stream(
  reply: FastifyReply,
  events: AsyncIterable<unknown>,
  { signal, late }: Told,
): FastifyReply {
  const coming = events[Symbol.asyncIterator]();
  const written = new TextEncoder();
  let pinging: NodeJS.Timeout;
  const body = new ReadableStream<Uint8Array>({
    start: (line) => {
      const tell = (text: string) => line.enqueue(written.encode(text));
      // Nothing may happen for a long time, and whoever waits for an answer gives up before.
      tell(': connected\n\n');
      pinging = setInterval(() => tell(': ping\n\n'), PING_MS).unref();
    },
    pull: async (line) => {
      const tell = (text: string) => line.enqueue(written.encode(text));
      try {
        const { done, value } = await coming.next();
        if (done !== true) return tell(textOf(value));
      } catch (error) {
        if (!signal.aborted) tell(`event: problem\ndata: ${JSON.stringify(late(error))}\n\n`);
      }
      clearInterval(pinging);
      line.close();
    },
    cancel: async () => {
      clearInterval(pinging);
      await coming.return?.();
    },
  });
  const headers = { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' };
  return reply.send(new Response(body, { headers }));
}

function textOf(event: unknown): string {
  const [id, data] = Array.isArray(event) ? (event as unknown[]) : [undefined, event];
  return `${id === undefined ? '' : `id: ${id as string}\n`}data: ${JSON.stringify(plain(data))}\n\n`;
}
