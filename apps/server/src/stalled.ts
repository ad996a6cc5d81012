import type { ServerResponse } from 'node:http';
import { SECOND } from '@comanda/kernel/time';
import type { FastifyInstance } from 'fastify';
import { whenStreamOpens } from './opened-streams.ts';

const LOOKS = 10;

/** Cuts off streams whose reader has stopped reading; who still wants them comes back. */
export function cutOffStalled(app: FastifyInstance, patienceMs = 30 * SECOND): void {
  const streams = new Map<ServerResponse, Progress>();
  const timer = setInterval(() => {
    for (const [stream, before] of streams) {
      const now = progressOf(stream, before);
      if (now.looks >= LOOKS - 1) stream.destroy();
      streams.set(stream, now);
    }
  }, patienceMs / LOOKS).unref();
  whenStreamOpens(app, ({ raw }) => {
    streams.set(raw, { sent: -1, looks: 0 });
    raw.once('close', () => streams.delete(raw));
  });
  app.addHook('onClose', async () => clearInterval(timer));
}

interface Progress {
  /** Bytes that the other side's network has taken. */
  sent: number;
  /** How often in a row it had taken no more, with some waiting. */
  looks: number;
}

function progressOf({ socket, writableLength }: ServerResponse, before: Progress): Progress {
  const sent = (socket?.bytesWritten ?? 0) - (socket?.writableLength ?? 0);
  return { sent, looks: writableLength > 0 && sent === before.sent ? before.looks + 1 : 0 };
}
