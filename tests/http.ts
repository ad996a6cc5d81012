import type { ToldShape } from '@comanda/domains/telling';
import { wire } from '@comanda/kernel/wire';
import type { TestApp } from '@comanda/testing';

/** A call as it travels, for tests of the transport itself; all others use the client. */
const ORIGIN = 'http://localhost';

type Serialized = Parameters<typeof wire.output.deserialize>[0];

interface Sent {
  headers?: Record<string, string>;
  body?: NonNullable<RequestInit['body']>;
  method?: string;
}

export function ask(app: TestApp, path: string, sent: Sent = {}): Promise<Response> {
  return app.fetch(`${ORIGIN}${path}`, sent);
}

export function post(app: TestApp, path: string, { body, headers }: Sent): Promise<Response> {
  const json = { 'content-type': 'application/json', ...headers };
  return ask(app, path, { method: 'POST', headers: json, ...(body !== undefined && { body }) });
}

/** The refusal in an answer; an answer without one fails the test. */
export async function toldIn(answer: Response): Promise<ToldShape['data']> {
  const { error } = (await answer.json()) as { error?: Serialized };
  if (!error) throw new Error('the call was not refused');
  return wire.output.deserialize<ToldShape>(error).data;
}

/** Does `work` while a table is gone: every statement that needs it is a fault. */
export async function withoutTable<Answer>(
  app: TestApp,
  table: string,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const rename = (from: string, to: string) =>
    app.house.database.orm.em.getConnection().execute(`alter table ${from} rename to ${to}`);
  app.expectFaults();
  await rename(table, `${table}_gone`);
  try {
    return await work();
  } finally {
    await rename(`${table}_gone`, table);
  }
}
