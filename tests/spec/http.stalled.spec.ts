import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { anyone } from '@comanda/domains/trpc';
import { describe, expect, test, vi } from 'vitest';
import { openApp } from '../app.ts';

/** A stream as fast as it is read, and one that tells something when a test says so. */
function newLab() {
  const open = { flood: 0, quiet: 0 };
  const word = Promise.withResolvers<void>();
  const counted = (name: 'flood' | 'quiet', events: AsyncGenerator<string>) => {
    open[name] += 1;
    return (async function* () {
      try {
        yield* events;
      } finally {
        open[name] -= 1;
      }
    })();
  };
  const procedures = {
    flood: anyone().subscription(() =>
      counted(
        'flood',
        (async function* () {
          for (;;) yield 'x'.repeat(100_000);
        })(),
      ),
    ),
    quiet: anyone().subscription(() =>
      counted(
        'quiet',
        (async function* () {
          yield 'first';
          await word.promise;
          yield 'second';
        })(),
      ),
    ),
  };
  return { procedures, open, speak: word.resolve };
}

/** Opens a stream on a bare socket that reads nothing before it is told to. */
async function asking(url: string, path: string): Promise<Socket> {
  const { port, host } = new URL(url);
  const socket = connect({ port: Number(port), host: '127.0.0.1' });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.pause().write(`GET /trpc/${path} HTTP/1.1\r\nhost: ${host}\r\n\r\n`);
  return socket;
}

const SOON = { timeout: 20_000 };

describe('P28 a reader that stops reading', () => {
  test('is cut off, but nobody who reads, however little there is to be read', async () => {
    const lab = newLab();
    await using app = await openApp({ lab: lab.procedures, config: { stalledMs: 500 } });
    const url = await app.listen();
    const quiet = (await asking(url, 'lab.quiet')).setEncoding('utf8').resume();
    const eager = (await asking(url, 'lab.flood')).resume();
    let heard = '';
    quiet.on('data', (text: string) => (heard += text));
    await vi.waitUntil(() => lab.open.flood === 1 && heard.includes('first'), SOON);

    const stalled = await asking(url, 'lab.flood');
    await vi.waitUntil(() => lab.open.flood === 2, SOON);
    await vi.waitUntil(() => lab.open.flood === 1, SOON);
    const isCut = once(stalled.resume(), 'close');
    lab.speak();
    await vi.waitUntil(() => heard.includes('second'), SOON);
    await isCut;

    expect(eager.destroyed).toBe(false);
    expect(lab.open).toEqual({ flood: 1, quiet: 0 });
    for (const socket of [quiet, eager]) socket.destroy();
    await vi.waitUntil(() => lab.open.flood === 0, SOON);
  });
});
