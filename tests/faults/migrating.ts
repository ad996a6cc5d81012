import { fileURLToPath } from 'node:url';
import { connect, type Database } from '@comanda/storage/connect';
import { migrate } from '@comanda/storage/migrations';
import { dataFolder, type Exit, run } from './server.ts';

const CRASHING = fileURLToPath(new URL('crashing-migration.ts', import.meta.url));
const NEVER = 0;
/** There are many of these processes, and most of what each costs is to read the same sources; gone with the file of tests. */
export const compiled = dataFolder();

/** Where a migration is to die. */
export interface Cut {
  nth: number;
  moment: 'before' | 'under way';
}

/** Steps other than the house's own: a folder here. */
type Folder = 'steps/every' | 'steps/few' | undefined;

/** Runs the migrations of a database in a process that dies there. */
export function dyingMigration(address: string, cut: Cut, folder?: Folder): Promise<Exit> {
  const { nth, moment } = cut;
  const args = [CRASHING, address, `${nth}`, moment, folder ?? ''];
  return run(process.execPath, args, { NODE_COMPILE_CACHE: compiled.path }).exited;
}

/** Runs them to their end; how many statements that took. */
export async function statementsIn(address: string, folder?: Folder): Promise<number> {
  const { output } = await dyingMigration(address, { nth: NEVER, moment: 'before' }, folder);
  return Number(/^(\d+) statements$/m.exec(output)?.[1]);
}

/** What a start makes of a database: all that is in it afterwards, as text. */
export function madeOf(address: string, folder?: Folder): Promise<string> {
  return opened(address, folder, async (database) => {
    await migrate(database);
    return database.dialect === 'sqlite' ? fileAsText(database) : schemaAsText(database);
  });
}

/** A start that loses the answer to one of its statements; says whether it got that far. */
export function losingAnAnswer(address: string, nth: number, folder: Folder): Promise<boolean> {
  return opened(address, folder, async (database) => {
    const connection = database.orm.em.getConnection();
    const execute = connection.execute.bind(connection);
    let statements = 0;
    const losing = async (...args: Parameters<typeof execute>): Promise<never> => {
      const answer = await execute(...args);
      statements += 1;
      if (statements === nth) throw new Error('the answer was lost');
      return answer as never;
    };
    connection.execute = losing;
    return migrate(database).then(
      () => false,
      () => true,
    );
  });
}

async function opened<Answer>(
  address: string,
  folder: Folder,
  work: (database: Database) => Promise<Answer>,
): Promise<Answer> {
  const database = await connect(address, []);
  try {
    if (folder) {
      const path = fileURLToPath(new URL(folder, import.meta.url));
      const { config } = database.orm;
      config.set('migrations', { ...config.get('migrations'), path });
    }
    return await work(database);
  } finally {
    await database.close();
  }
}

type Row = Record<string, unknown>;
const ask = ({ orm }: Database, sql: string) => orm.em.getConnection().execute<Row[]>(sql);

async function fileAsText(database: Database): Promise<string> {
  const made = await ask(database, 'select name, sql from sqlite_master order by name');
  return JSON.stringify([made, await stepsIn(database)], null, 1);
}

async function schemaAsText(database: Database): Promise<string> {
  const found: unknown[] = [await stepsIn(database)];
  const tables = await ask(
    database,
    'select table_name as name from information_schema.tables where table_schema = database() order by 1',
  );
  for (const { name } of tables) {
    const [table] = await ask(database, `show create table \`${String(name)}\``);
    found.push(String(table?.['Create Table']).replace(/ AUTO_INCREMENT=\d+/, ''));
    if (name === 'schema_migrations') continue;
    found.push(await ask(database, `select * from \`${String(name)}\``));
  }
  const triggers =
    'select trigger_name, action_statement from information_schema.triggers where trigger_schema = database() order by 1';
  return JSON.stringify([found, await ask(database, triggers)], null, 1);
}

async function stepsIn(database: Database): Promise<unknown[]> {
  return (await ask(database, 'select name from schema_migrations order by id')).map(
    ({ name }) => name,
  );
}
