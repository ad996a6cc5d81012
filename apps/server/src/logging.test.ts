import { Writable } from 'node:stream';
import Fastify from 'fastify';
import { describe, expect, test } from 'vitest';
import { loggingTo } from './logging.ts';

const CANARY = 'canaryQ7x';

/** What one line of the log says after `facts` were logged. */
function logged(facts: object): Record<string, unknown> {
  const lines: string[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  Fastify({ logger: loggingTo({ level: 'trace', stream }) }).log.error(facts, 'fault');
  return JSON.parse(lines.join('')) as Record<string, unknown>;
}

class SqliteError extends Error {
  override readonly name = 'SqliteError';
  readonly code = 'SQLITE_CONSTRAINT';
}

describe('a fault in the log', () => {
  test('is told with its name, message and frames', () => {
    expect(logged({ err: new TypeError('x is no function') })['err']).toEqual({
      type: 'TypeError',
      message: 'x is no function',
      stack: expect.stringMatching(/^\s+at .*logging\.test\.ts/),
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
  ])('P34 %s tells neither statement nor values', (_, err) => {
    const line = logged({ err });

    expect(JSON.stringify(line)).toContain('the database refused a statement');
    expect(JSON.stringify(line)).not.toContain(CANARY);
  });

  test.each([[CANARY], [{ password: CANARY }], [undefined]])(
    'P34 that is no error tells nothing but its type',
    (err) => {
      expect(JSON.stringify(logged({ err }))).not.toContain(CANARY);
    },
  );
});

describe('P34 what is kept back', () => {
  test.each(['password', 'token', 'authorization', 'cookie'])('a %s inside of anything', (name) => {
    expect(JSON.stringify(logged({ input: { [name]: CANARY } }))).not.toContain(CANARY);
  });

  test('the headers', () => {
    expect(JSON.stringify(logged({ headers: { 'x-anything': CANARY } }))).not.toContain(CANARY);
  });
});

describe('T42 text of a caller in the log', () => {
  test('stays on its line, and colours nothing', () => {
    const lines = JSON.stringify(logged({ note: 'a\r\n{"level":10}\u001b[31m' }));

    expect(lines).not.toMatch(/[\r\n\u001b]/);
  });
});
