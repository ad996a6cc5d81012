import {
  DriverException,
  OptimisticLockError,
  UniqueConstraintViolationException,
} from '@mikro-orm/core';
import type { DomainError } from '@comanda/kernel/errors';
import { kernelErrors } from '@comanda/kernel/kernel.errors';

const RETRY_AFTER_MS = 1_000;

/** MySQL and MariaDB: deadlock, and a row that changed under a snapshot. */
const CONFLICTS = new Set([1213, 1020]);
const LOCK_WAIT = 1205;
const READ_ONLY = new Set([1290, 1792, 1836]);
const NO_ROOM = new Set([1021, 1041, 1114]);
const TOO_MANY = new Set([1040, 1203]);
const LOST = new Set(['PROTOCOL_CONNECTION_LOST', 'ECONNRESET', 'EPIPE']);
const GONE = new Set([
  'ECONNREFUSED',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'ER_SERVER_SHUTDOWN',
  'HANDSHAKE_SSL_ERROR',
  'HANDSHAKE_NO_SSL_SUPPORT',
]);

interface Cause {
  code?: unknown;
  errno?: unknown;
}

function* causes(error: unknown): Generator<Cause> {
  for (let at = error; at instanceof Error; at = at.cause) yield at as Cause;
}

function some(error: unknown, test: (code: string, errno: number) => boolean): boolean {
  for (const { code, errno } of causes(error)) if (test(String(code), Number(errno))) return true;
  return false;
}

/** Lost a race and was rolled back whole: worth doing again from the start. */
export function isConflict(error: unknown): boolean {
  return (
    error instanceof OptimisticLockError ||
    isBusyFile(error) ||
    some(error, (_, errno) => CONFLICTS.has(errno))
  );
}

/** Somebody else kept a SQLite file locked for longer than we wait. */
export function isBusyFile(error: unknown): boolean {
  return some(error, (code) => code.startsWith('SQLITE_BUSY'));
}

/** What the database said no to, in words for the caller; undefined: not the database's fault. */
export function databaseRefusal(error: unknown): DomainError | undefined {
  if (error instanceof OptimisticLockError) return kernelErrors.VERSION_CONFLICT();
  if (!(error instanceof Error)) return undefined;
  const said = (test: (code: string, errno: number) => boolean) => some(error, test);
  const later = { retryAfterMs: RETRY_AFTER_MS };
  if (isConflict(error) || said((_, errno) => errno === LOCK_WAIT))
    return kernelErrors.DB_BUSY(later);
  if (said((code, errno) => code === 'SQLITE_FULL' || NO_ROOM.has(errno))) {
    return kernelErrors.STORAGE_FULL(later);
  }
  if (said((code) => LOST.has(code))) return kernelErrors.OUTCOME_UNKNOWN(later);
  const isFull =
    said((code, errno) => code === 'POOL_EXHAUSTED' || TOO_MANY.has(errno)) ||
    saidQueueIsFull(error);
  if (isFull) return kernelErrors.OVERLOADED(later);
  if (said(unavailable) || unsent(error)) return kernelErrors.DB_UNAVAILABLE(later);
  return undefined;
}

function unavailable(code: string, errno: number): boolean {
  return /^SQLITE_(READONLY|IOERR|CANTOPEN)/.test(code) || GONE.has(code) || READ_ONLY.has(errno);
}

/** The file or the server takes no changes at all. */
export function isReadOnly(error: unknown): boolean {
  return some(error, (code, errno) => code.startsWith('SQLITE_READONLY') || READ_ONLY.has(errno));
}

/** More calls wait for a connection than the pool lets wait; mysql2 has no code for it. */
function saidQueueIsFull(error: Error): boolean {
  return error.message.includes('Queue limit reached');
}

/** Never sent, because the connection had been lost before; mysql2 has no code for it. */
function unsent(error: Error): boolean {
  return error.message.endsWith('in closed state');
}

/** The columns or index that a duplicate ran into, as the database names them. */
export function violatedUnique(error: unknown): string | undefined {
  if (!(error instanceof UniqueConstraintViolationException || error instanceof DriverException)) {
    return undefined;
  }
  return /UNIQUE constraint failed: (.+)$|for key '([^']+)'$/
    .exec(error.message)
    ?.slice(1)
    .find(Boolean);
}
