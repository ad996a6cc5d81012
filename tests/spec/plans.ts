import type { TestApp } from '@comanda/testing';
import { inject } from 'vitest';

/** What SQLite would sort by itself to answer this, in part or as a whole; nothing is told of other databases. */
export async function sortsOf(app: TestApp, text: string): Promise<string[]> {
  if (inject('dialect') !== 'sqlite' || !text.startsWith('select')) return [];
  const values = Array.from(text.matchAll(/\?/g), () => 1);
  const connection = app.house.database.orm.em.getConnection();
  const plan: { detail: string }[] = await connection.execute(`explain query plan ${text}`, values);
  return plan.map(({ detail }) => detail).filter((detail) => /TEMP B-TREE.*ORDER BY/.test(detail));
}

/** How many rows of these tables MariaDB reads meanwhile, the sorted ones included; zero where nobody counts. */
export async function rowsReadBy(
  app: TestApp,
  tables: readonly string[],
  work: () => Promise<unknown>,
): Promise<number> {
  const connection = app.house.database.orm.em.getConnection();
  if (inject('dialect') !== 'mariadb') {
    await work();
    return 0;
  }
  const named = tables.map(() => '?').join(', ');
  const count = async () => {
    const [row]: { read: unknown }[] = await connection.execute(
      `select coalesce(sum(rows_read), 0) as \`read\` from information_schema.table_statistics
       where table_schema = database() and table_name in (${named})`,
      [...tables],
    );
    return Number(row?.read);
  };
  await connection.execute('set global userstat = 1');
  const before = await count();
  await work();
  return (await count()) - before;
}
