import { connect, type Database } from './connect.ts';

// Databases to be thrown away: for tests and for drafting migrations.

/** The bytes of a SQLite database, from which any number of copies can be opened. */
export async function imageOf({ orm }: Database): Promise<Buffer> {
  const connection = orm.em.getConnection() as unknown as NativeConnection;
  return (await connection.getNativeClient()).serialize();
}

interface NativeConnection {
  getNativeClient(): Promise<{ serialize(): Buffer }>;
}

/** Makes a schema on a database server; answers its address. */
export async function createSchema(server: string, name: string): Promise<string> {
  const database = await connect(new URL('mysql', server).href, []);
  await database.orm.em.getConnection().execute(`create database \`${name}\``);
  await database.close();
  return new URL(name, server).href;
}

/** Takes every row out of every table, on a database server. Truncating is slow, and most tables are empty. */
export async function empty({ orm }: Database): Promise<void> {
  const tables = [...orm.getMetadata().getAll().values()].map(
    ({ tableName }) => `\`${tableName}\``,
  );
  const filled = tables.map((table) => `exists (select 1 from ${table}) as ${table}`).join(', ');
  const client = orm.em.getConnection().getClient();
  await client.connection().execute(async (held) => {
    const ask = (sql: string) =>
      held.executeQuery<object>({ sql, parameters: [], query: {} } as never);
    const { rows } = await ask(`select ${filled}`);
    const written = Object.entries(rows[0] ?? {}).filter(([, found]) => Number(found) === 1);
    await ask('set foreign_key_checks = 0');
    for (const [table] of written) await ask(`truncate \`${table}\``);
    await ask('set foreign_key_checks = 1');
  });
}
