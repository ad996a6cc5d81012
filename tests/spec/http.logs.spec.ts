import { Writable } from 'node:stream';
import { buildApp } from '@comanda/server/app';
import type { FastifyInstance } from 'fastify';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';

const CANARY = 'canaryQ7x';

/** What stands in the log after that was done with a server. */
async function linesOf(act: (server: FastifyInstance) => unknown): Promise<string[]> {
  await using app = await openApp();
  const lines: string[] = [];
  const logs = new Writable({
    write: (chunk: Buffer, _, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  const config = { allowedHosts: ['localhost'], corsOrigins: [], trustProxy: [], floodLimit: 9 };
  const server = await buildApp(app.house, { ...config, logLevel: 'trace' }, { logs });
  await act(server);
  await server.close();
  return lines;
}

/** What stands in the log after `facts` were logged. */
function rawly(facts: object): Promise<string[]> {
  return linesOf((server) => server.log.error(facts, 'fault'));
}

async function logged(facts: object): Promise<Record<string, unknown>> {
  return JSON.parse((await rawly(facts)).join('')) as Record<string, unknown>;
}

class SqliteError extends Error {
  override readonly name = 'SqliteError';
  readonly code = 'SQLITE_CONSTRAINT';
}

describe('a fault in the log', () => {
  test('is told with its name, message and frames', async () => {
    const { err } = await logged({ err: new TypeError('x is no function') });

    expect(err).toEqual({
      type: 'TypeError',
      message: 'x is no function',
      stack: expect.stringMatching(/^\s+at .*http\.logs\.spec\.ts/),
    });
  });

  test.each([
    ['of SQLite', new SqliteError(`Duplicate ${CANARY}`)],
    [
      'of MariaDB',
      Object.assign(new Error(`Duplicate ${CANARY}`), { sqlMessage: CANARY, sql: CANARY }),
    ],
    ['of the mapper', Object.assign(new Error(CANARY), { name: 'DriverException', query: CANARY })],
    ['of many lines', new SqliteError(`Duplicate 'a\n    at ${CANARY}\n    at more'`)],
    ['behind another', new Error('outer', { cause: new SqliteError(CANARY) })],
  ])('P34 %s tells neither statement nor values', async (_, err) => {
    const line = await logged({ err });

    expect(JSON.stringify(line)).toContain('the database refused a statement');
    expect(JSON.stringify(line)).not.toContain(CANARY);
  });

  test.each([[CANARY], [{ password: CANARY }], [undefined]])(
    'P34 that is no error tells nothing but its type',
    async (err) => {
      expect(JSON.stringify(await logged({ err }))).not.toContain(CANARY);
    },
  );
});

describe('P34 what is kept back', () => {
  test.each(['password', 'token', 'authorization', 'cookie'])(
    'a %s inside of anything',
    async (name) => {
      expect(JSON.stringify(await logged({ input: { [name]: CANARY } }))).not.toContain(CANARY);
    },
  );

  test('the headers', async () => {
    expect(JSON.stringify(await logged({ headers: { 'x-anything': CANARY } }))).not.toContain(
      CANARY,
    );
  });
});

describe('P34 a request full of secrets', () => {
  const payload = { json: { identifier: CANARY, password: CANARY } };
  const secret = { authorization: `Bearer ${CANARY}`, cookie: CANARY, 'x-guest-token': CANARY };
  const asked = {
    method: 'POST',
    url: `/trpc/auth.login?token=${CANARY}`,
    headers: { ...secret, 'x-request-id': 'request-1' },
    payload,
  } as const;

  test('leaves two lines, and in them no more than where it went and what became of it', async () => {
    const lines = await linesOf((server) => server.inject(asked));

    const told = lines.map((line): unknown => JSON.parse(line));
    const common = { level: 30, requestId: 'request-1', time: expect.any(Number) as number };
    expect(told).toEqual([
      expect.objectContaining({
        ...common,
        req: { method: 'POST', path: '/trpc/auth.login', address: '127.0.0.1' },
        msg: 'incoming request',
      }),
      expect.objectContaining({
        ...common,
        res: { statusCode: 401 },
        responseTime: expect.any(Number) as number,
        msg: 'request completed',
      }),
    ]);
    expect(lines.join('')).not.toContain(CANARY);
    const first = ['level', 'time', 'pid', 'hostname', 'requestId'];
    expect(told.map((line) => Object.keys(line as object))).toEqual([
      [...first, 'req', 'msg'],
      [...first, 'res', 'responseTime', 'msg'],
    ]);
  });

  test('leaves none in what else is said of it, however it came there', async () => {
    const lines = await linesOf(async (server) => {
      server.addHook('preHandler', ({ log, headers }, _, done) => {
        const { authorization, cookie } = headers;
        log.warn({ input: { password: CANARY }, caller: { authorization, cookie } }, 'of one');
        log.child({ call: { token: CANARY } }).info({ headers }, 'of a call');
        done();
      });
      await server.inject(asked);
    });

    expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
      'incoming request',
      'of one',
      'of a call',
      'request completed',
    ]);
    expect(lines[1]).toContain(
      '"input":{"password":"[kept back]"},"caller":{"authorization":"[kept back]","cookie":"[kept back]"}',
    );
    expect(lines[2]).toContain('"call":{"token":"[kept back]"},"headers":"[kept back]"');
    expect(lines.join('')).not.toContain(CANARY);
  });
});

describe('T42 text of a caller in the log', () => {
  test('stays on its line, and colours nothing', async () => {
    const lines = await rawly({ note: 'a\r\n{"level":10}\u001b[31m' });

    expect(lines).toHaveLength(1);
    expect(lines[0]?.trimEnd()).not.toMatch(/[\r\n]/);
    expect(lines[0]).not.toContain('\u001b');
  });
});
