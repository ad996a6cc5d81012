import { describe, expect, test } from 'vitest';
import { databaseRefusal, isBusyFile, isConflict } from './failures.ts';

function failure(told: { code?: string; errno?: number; message?: string }): Error {
  return Object.assign(new Error(told.message ?? 'said the driver'), told);
}

describe('what the database says no to', () => {
  test.each([
    [{ code: 'SQLITE_BUSY' }, 'DB_BUSY'],
    [{ code: 'SQLITE_BUSY_SNAPSHOT' }, 'DB_BUSY'],
    [{ errno: 1205 }, 'DB_BUSY'],
    [{ errno: 1213 }, 'DB_BUSY'],
    [{ errno: 1020 }, 'DB_BUSY'],
    [{ code: 'SQLITE_FULL' }, 'STORAGE_FULL'],
    [{ errno: 1021 }, 'STORAGE_FULL'],
    [{ errno: 1114 }, 'STORAGE_FULL'],
    [{ code: 'SQLITE_READONLY' }, 'DB_UNAVAILABLE'],
    [{ code: 'SQLITE_READONLY_DBMOVED' }, 'DB_UNAVAILABLE'],
    [{ code: 'SQLITE_IOERR_WRITE' }, 'DB_UNAVAILABLE'],
    [{ code: 'SQLITE_CANTOPEN' }, 'DB_UNAVAILABLE'],
    [{ code: 'ECONNREFUSED' }, 'DB_UNAVAILABLE'],
    [{ code: 'ETIMEDOUT' }, 'DB_UNAVAILABLE'],
    [{ code: 'ENOTFOUND' }, 'DB_UNAVAILABLE'],
    [{ errno: 1290 }, 'DB_UNAVAILABLE'],
    [{ errno: 1792 }, 'DB_UNAVAILABLE'],
    [{ errno: 1836 }, 'DB_UNAVAILABLE'],
    [{ message: "Can't add new command when connection is in closed state" }, 'DB_UNAVAILABLE'],
    [{ code: 'PROTOCOL_CONNECTION_LOST' }, 'OUTCOME_UNKNOWN'],
    [{ code: 'ECONNRESET' }, 'OUTCOME_UNKNOWN'],
    [{ code: 'EPIPE' }, 'OUTCOME_UNKNOWN'],
    [{ errno: 1040 }, 'OVERLOADED'],
    [{ errno: 1203 }, 'OVERLOADED'],
  ])('%j is told as %s', (told, code) => {
    const refusal = databaseRefusal(failure(told));

    expect(refusal).toMatchObject({ code, status: 503, details: { retryAfterMs: 1_000 } });
  });

  test('is found below what was wrapped around it', () => {
    const wrapped = new Error('outer', {
      cause: new Error('middle', { cause: failure({ errno: 1213 }) }),
    });

    expect(databaseRefusal(wrapped)?.code).toBe('DB_BUSY');
    expect(isConflict(wrapped)).toBe(true);
  });

  test.each([
    undefined,
    'text',
    { code: 'SQLITE_BUSY' },
    new Error('closed state of mind'),
    failure({ errno: 1064 }),
  ])('%s is none of its business', (error) => {
    expect(databaseRefusal(error)).toBeUndefined();
  });
});

describe('what is worth doing again', () => {
  test.each([
    [{ code: 'SQLITE_BUSY' }, true],
    [{ errno: 1213 }, true],
    [{ errno: 1020 }, true],
    [{ errno: 1205 }, false],
    [{ code: 'SQLITE_FULL' }, false],
    [{ code: 'ECONNRESET' }, false],
  ])('%j: %s', (told, again) => {
    expect(isConflict(failure(told))).toBe(again);
  });

  test.each([
    [{ code: 'SQLITE_BUSY' }, true],
    [{ errno: 1213 }, false],
  ])('%j comes from a locked file: %s', (told, locked) => {
    expect(isBusyFile(failure(told))).toBe(locked);
  });
});
