import { type OpenOptions, openApp as open, type TestApp } from '@comanda/testing';
import { inject } from 'vitest';

/** An app on the database of this run: SQLite in memory, or the run's own MariaDB. */
export function openApp(options: OpenOptions = {}): Promise<TestApp> {
  const url = inject('mariadbUrl');
  return open({ where: url ? { url } : 'memory', ...options });
}

/** The reason and details of the refusal that `call` ends with; a call that succeeds fails the test. */
export async function refusalOf(call: Promise<unknown>): Promise<Refused> {
  const outcome = await call.then(
    () => undefined,
    (error: Error & { data?: Refused }) =>
      error.data ?? { reason: `no refusal: ${error.message}`, details: {}, httpStatus: 0 },
  );
  if (!outcome) throw new Error('the call was not refused');
  return outcome;
}

interface Refused {
  reason: string;
  details: unknown;
  httpStatus: number;
}
