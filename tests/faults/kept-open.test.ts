import { once } from 'node:events';
import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { inTurn } from '../auth/callers.ts';
import { dial } from './calling.ts';
import { dataFolder, startServer } from './server.ts';

const ASK = 'GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n';

test('P29 a server that drains answers what comes on connections that were kept open, and ends them', async () => {
  using folder = dataFolder();
  await using server = await startServer({ dataDir: folder.path });
  // As a proxy keeps them between calls.
  const kept = await inTurn(20, async () => {
    const socket = await dial(server);
    socket.write(ASK);
    await answerOn(socket);
    return socket;
  });

  server.kill('SIGTERM');
  const answers = await inTurn(kept.length, async (nth) => {
    const socket = kept[nth];
    socket?.write(ASK);
    return socket ? answerOn(socket) : '';
  });
  const { code } = await server.exited;

  const heads = answers.map((answer) => answer.split('\r\n', 1)[0]);
  expect(heads).toEqual(kept.map(() => 'HTTP/1.1 200 OK'));
  expect(answers.at(-1)).toMatch(/^connection: close\r$/im);
  expect(code).toBe(0);
});

/** What comes first; nothing where the connection is over. */
async function answerOn(socket: Socket): Promise<string> {
  if (socket.destroyed) return '';
  const closed = once(socket, 'close').catch(() => undefined);
  await Promise.race([once(socket, 'readable').catch(() => undefined), closed]);
  return String(socket.read() ?? '');
}
