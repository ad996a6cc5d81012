import { Writable } from 'node:stream';
import { buildApp } from '@comanda/server/app';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';

const CANARY = 'canaryQ7x';

/** What stands in the log after `facts` were logged. */
async function rawly(facts: object): Promise<string[]> {
  await using app = await openApp();
  const lines: string[] = [];
  const logs = new Writable({
    write: (chunk: Buffer, _, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  const config = { allowedHosts: [], corsOrigins: [], trustProxy: [], floodLimit: 1 };
  const server = await buildApp(app.house, { ...config, logLevel: 'trace' }, { logs });
  server.log.error(facts, 'fault');
  await server.close();
  return lines;
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

describe('T42 text of a caller in the log', () => {
  test('stays on its line, and colours nothing', async () => {
    const lines = await rawly({ note: 'a\r\n{"level":10}\u001b[31m' });

    expect(lines).toHaveLength(1);
    expect(lines[0]?.trimEnd()).not.toMatch(/[\r\n]/);
    expect(lines[0]).not.toContain('\u001b');
  });
});
