import { DomainError } from '@comanda/kernel/errors';
import { KeyFileUnusable } from '../keys.ts';
import { BadConfig } from '../config.ts';
import { DataInUse } from '@comanda/storage/lock';
import { NewerDatabase } from '@comanda/storage/migrations';

/** A reason to stop that the person at the keyboard can do something about. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

const TOLD = [Refusal, BadConfig, DataInUse, NewerDatabase, KeyFileUnusable];

interface SystemError extends Error {
  code?: string;
  path?: string;
  port?: number;
  address?: string;
}

/** What went wrong, in a sentence; what nobody foresaw keeps its stack. */
export function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (TOLD.some((kind) => error instanceof kind) || isOfArguments(error)) return error.message;
  if (error instanceof DomainError) return [error.message, ...issuesIn(error)].join('\n  - ');
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const sentence = sentenceFor(at);
    if (sentence) return sentence;
  }
  return error.stack ?? error.message;
}

function isOfArguments({ code }: SystemError): boolean {
  return code?.startsWith('ERR_PARSE_ARGS_') ?? false;
}

function issuesIn({ details }: DomainError): string[] {
  const { issues = [] } = details as { issues?: { path: string; message: string }[] };
  return issues.map(({ path, message }) => `${path}: ${message}`);
}

function sentenceFor({ code, path, port, address }: SystemError): string | undefined {
  const where = path ?? 'the data folder';
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken. Stop what listens there, or choose another: PORT=4001 npm start.`;
    case 'EADDRNOTAVAIL':
      return `This machine has no address ${address}. Set HOST to one that it has.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_READONLY':
      return port
        ? `Port ${port} may not be used by this user. Choose one above 1023.`
        : `Cannot write to ${where}. Give this user the right to, or set DATA_DIR to a folder where it has it.`;
    case 'ENOTDIR':
    case 'EEXIST':
      return `${where} is no folder. Set DATA_DIR to one.`;
    case 'ENOSPC':
    case 'SQLITE_FULL':
      return 'There is no room left on the disk.';
    case 'SQLITE_NOTADB':
    case 'SQLITE_CORRUPT':
      return 'The database file is damaged or is no SQLite database. Restore a backup.';
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'ETIMEDOUT':
      return 'The database server of DATABASE_URL cannot be reached.';
    case 'ER_ACCESS_DENIED_ERROR':
    case 'ER_DBACCESS_DENIED_ERROR':
    case 'ER_BAD_DB_ERROR':
      return 'The database server refuses DATABASE_URL: check user, password and database name, and DATABASE_TLS where it asks for TLS.';
    case 'ER_SECURE_TRANSPORT_REQUIRED':
      return 'The database server asks for TLS: set DATABASE_TLS.';
    case 'HANDSHAKE_NO_SSL_SUPPORT':
      return 'The database server of DATABASE_URL offers no TLS, and DATABASE_TLS asks for it.';
    case 'HANDSHAKE_SSL_ERROR':
      return 'The certificate of the database server is not one that is trusted here: DATABASE_CA_FILE has to hold who issued it, and verify-identity wants the host of DATABASE_URL in it.';
    default:
      return undefined;
  }
}
