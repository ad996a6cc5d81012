import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { inTurn, parallel, tally } from '../auth/callers.ts';
import { type Answer, begin, dial, keptAlive, takesConnections } from './calling.ts';
import { dataFolder, type Server, startServer } from './server.ts';

const LOGGED = { LOG_LEVEL: 'info' };
const EVERYDAY = ['waiter', 'chef', 'manager', 'employee', 'delivery_crew'];

/** `count` people at the door, as many of each role as it takes. */
const roleOf = (at: number): string => EVERYDAY[at % EVERYDAY.length] ?? '';

async function draining(server: Server, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  server.kill(signal);
  await server.said(/"msg":"draining"/);
  await expect.poll(() => takesConnections(server), { timeout: 20_000, interval: 5 }).toBe(false);
}

/** The reason of a refusal, or 'ok'. */
function reasonOf({ status, body }: Answer): string {
  const [, reason = String(status)] = /"reason":"(\w+)"/.exec(body) ?? [];
  return status === 200 ? 'ok' : reason;
}

async function sessions(server: Server, count: number): Promise<string[]> {
  const signedIn = await inTurn(count, (at) => server.signIn(roleOf(at)));
  return signedIn.map(({ refreshToken = '' }) => refreshToken);
}

/** The head of a request, but for the empty line that ends it. */
const head = (line: string): string => `${line} HTTP/1.1\r\nHost: localhost\r\n`;

/** A call that holds the server up for as long as its body does not come. */
async function unfinished(server: Server) {
  const refreshToken = 'none';
  return begin(server, { path: 'auth.refresh', input: { refreshToken } });
}

describe('asking a server to stop', () => {
  test('P29 20 changes under way are made, no new connection is taken, and it exits with 0', async () => {
    using folder = dataFolder();
    using agent = keptAlive();
    await using server = await startServer({ dataDir: folder.path, env: LOGGED });
    const tokens = await sessions(server, 20);
    const calls = await Promise.all(
      tokens.map((refreshToken) =>
        begin(server, { path: 'auth.refresh', input: { refreshToken }, agent }),
      ),
    );

    await draining(server);
    const answers = await Promise.all(calls.map((call) => call.finish()));
    const { code } = await server.exited;

    expect(answers.map(({ status }) => status)).toEqual(tokens.map(() => 200));
    expect(code).toBe(0);
  });

  test('P29 20 sign-ins that wait for a hash are all answered, none is cut off', async () => {
    using folder = dataFolder();
    await using server = await startServer({ dataDir: folder.path, env: LOGGED });
    const calls = await parallel(20, (at) => {
      const identifier = roleOf(at);
      const password = server.passwords[identifier];
      return begin(server, { path: 'auth.login', input: { identifier, password } });
    });

    await draining(server);
    const answers = await Promise.all(calls.map((call) => call.finish()));
    const { code } = await server.exited;

    // More than a second in the queue of the hash gate is too long on any day.
    const { ok = 0, OVERLOADED = 0 } = tally(answers.map(reasonOf));
    expect(ok).toBeGreaterThan(0);
    expect(ok + OVERLOADED).toBe(20);
    expect(code).toBe(0);
  });

  test('P29 what comes on an open connection meanwhile is answered: not ready any more', async () => {
    using folder = dataFolder();
    await using server = await startServer({ dataDir: folder.path, env: LOGGED });
    using socket = await dial(server);
    socket.write(`${head('GET /health')}\r\n${head('GET /ready')}`);
    await new Promise((resolve) => socket.once('data', resolve));

    await draining(server);
    socket.write('\r\n');
    const received = await text(socket);
    const { code } = await server.exited;

    expect(received).toMatch(
      /^HTTP\/1\.1 503 [^]*connection: close[^]*{"status":"unavailable","reasons":\["draining"\]}$/i,
    );
    expect(code).toBe(0);
  });

  test('P29 connections on which nothing happens hold nobody up', async () => {
    using folder = dataFolder();
    using agent = keptAlive();
    await using server = await startServer({ dataDir: folder.path, env: LOGGED });
    using _silent = await dial(server);
    const input = { refreshToken: 'none' };
    const calls = await parallel(5, () => begin(server, { path: 'auth.refresh', input, agent }));
    await Promise.all(calls.map((call) => call.finish()));

    await draining(server);
    const { code, output } = await server.exited;

    expect(code).toBe(0);
    expect(output).not.toContain('stopping without');
  });

  test.each(['SIGINT', 'SIGHUP'] as const)('%s drains as SIGTERM does', async (signal) => {
    using folder = dataFolder();
    await using server = await startServer({ dataDir: folder.path, env: LOGGED });
    const call = await unfinished(server);

    await draining(server, signal);
    const { status } = await call.finish();
    const { code } = await server.exited;

    expect({ status, code }).toEqual({ status: 401, code: 0 });
  });
});

describe('asking twice', () => {
  test('P29 a second SIGTERM ends it at once', async () => {
    using folder = dataFolder();
    await using server = await startServer({ dataDir: folder.path, env: LOGGED });
    await unfinished(server);

    await draining(server);
    await expect
      .poll(
        () => {
          server.kill('SIGTERM');
          return server.output();
        },
        { timeout: 8_000 },
      )
      .toContain('told twice to stop');
    const { code } = await server.exited;

    expect(code).toBe(1);
  });

  test('one Ctrl-C that comes twice, from the terminal and from npm, still drains', async () => {
    using folder = dataFolder();
    await using server = await startServer({ dataDir: folder.path, env: LOGGED });
    const call = await unfinished(server);

    server.kill('SIGINT');
    await server.said(/"msg":"draining"/);
    server.kill('SIGINT');
    const { status } = await call.finish();
    const { code } = await server.exited;

    expect({ status, code }).toEqual({ status: 401, code: 0 });
  });
});
