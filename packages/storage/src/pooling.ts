import { AsyncLocalStorage } from 'node:async_hooks';
import { SECOND } from '@comanda/kernel/time';

/** For a connection when all are taken; as long as for a lock, which is what they are mostly taken by. */
const WAIT_MS = 3 * SECOND;
/** Shorter than a call may take, so that the caller hears of it; longer than a lock is waited for. */
const STATEMENT_MS = 8 * SECOND;
/** For a server that takes no connections and refuses none. */
export const CONNECT_MS = 2 * SECOND;

type Done = (error: Error | null, connection?: Connection) => void;

/** What is used of mysql2's pool and its connections. */
interface Pool {
  getConnection(done: Done): void;
  once(event: 'enqueue', listener: () => void): unknown;
  off(event: 'enqueue', listener: () => void): unknown;
}

interface Connection {
  query(sql: string, values: readonly unknown[], done: Answered): unknown;
  release(): void;
  destroy(): void;
}

type Answered = (error: Error | null, result?: unknown, fields?: unknown) => void;

const unlimited = new AsyncLocalStorage<true>();

/** What is said to a database server in there may take as long as it takes. */
export function withoutLimit<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  return unlimited.run(true, work);
}

/** mysql2 waits for ever: for a connection to be free, and for an answer over a line that went dead. */
export function limitWaiting(pool: Pool): void {
  const getConnection = pool.getConnection.bind(pool);
  const limited = new WeakSet<Connection>();
  pool.getConnection = (done) => {
    let timer: NodeJS.Timeout | undefined;
    let hasLeft = false;
    const wait = () => {
      timer = setTimeout(() => {
        hasLeft = true;
        done(failure('POOL_EXHAUSTED', 'All connections were taken for too long.'));
      }, WAIT_MS);
    };
    pool.once('enqueue', wait);
    getConnection((error, connection) => {
      clearTimeout(timer);
      if (hasLeft) return connection?.release();
      if (connection && !limited.has(connection)) {
        limited.add(connection);
        limitStatements(connection);
      }
      done(error, connection);
    });
    pool.off('enqueue', wait);
  };
}

function limitStatements(connection: Connection): void {
  const query = connection.query.bind(connection);
  connection.query = (sql, values, done) => {
    if (unlimited.getStore()) return query(sql, values, done);
    let isOver = false;
    const end: Answered = (...answer) => {
      clearTimeout(timer);
      if (isOver) return;
      isOver = true;
      done(...answer);
    };
    const timer = setTimeout(() => {
      connection.destroy();
      end(failure('PROTOCOL_CONNECTION_LOST', 'A statement was not answered in time.'));
    }, STATEMENT_MS);
    return query(sql, values, end);
  };
}

function failure(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
