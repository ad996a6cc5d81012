import { Session } from '@comanda/domains/auth/auth.session.entity';
import { entities } from '@comanda/domains/entities';
import { connect, type Database } from '@comanda/storage/connect';
import { migrate, NewerDatabase } from '@comanda/storage/migrations';
import { Migration20261121000000_init as Step } from '@comanda/storage/migrations/sqlite/Migration20261121000000_init';
import { describe, expect, test } from 'vitest';
import { driftOf } from './drift.ts';
import {
  errorOf,
  newSchema,
  onMariadb,
  onSqlite,
  openFileStore,
  openFolder,
  openStore,
} from './store.ts';

async function stepsIn({ orm }: Database): Promise<string[]> {
  const rows = await orm.em.getConnection().execute('select name from schema_migrations');
  return rows.map(({ name }) => name as string);
}

describe('the migrated schema', () => {
  test('is what the entities ask for, to the letter', async () => {
    await using store = await openStore();

    expect(await driftOf(store.database)).toBe('');
  });

  test('is left alone by a second migration', async () => {
    await using store = await openStore();
    const before = await stepsIn(store.database);

    const steps = await migrate(store.database);

    expect(steps).toEqual([]);
    expect(await stepsIn(store.database)).toEqual(before);
  });

  test('of a newer version is refused and left alone', async () => {
    await using store = await openStore();
    const connection = store.database.orm.em.getConnection();
    const name = 'Migration29991231235959_later';
    await connection.execute(`insert into schema_migrations (name) values ('${name}')`);

    const error = await errorOf(migrate(store.database));

    await connection.execute(`delete from schema_migrations where name = '${name}'`);
    expect(error).toBeInstanceOf(NewerDatabase);
    expect(error.message).toContain(name);
  });
});

/** Builds the table anew, as every change of an enum does on SQLite. */
class Rebuild extends Step {
  override name = 'Rebuild';

  override up(): void {
    const columns = 'id, created_at, updated_at, deleted_at, version, account_id, restaurant_id';
    const all = `${columns}, role, level, hired_at, deactivated_at`;
    this.addSql(`create table membership_new as select ${all} from membership;`);
    this.addSql('drop table membership;');
    this.addSql('create table membership (id text not null primary key);');
    this.addSql('insert into membership (id) select id from membership_new;');
  }
}

/** Loses the parents of rows that stay. */
class Bereave extends Step {
  override name = 'Bereave';

  override up(): void {
    this.addSql('delete from account;');
  }
}

function take(database: Database, step: typeof Rebuild): void {
  const { orm } = database;
  const migrations = { ...orm.config.get('migrations'), migrationsList: [step] };
  orm.config.set('migrations', migrations as never);
}

describe.each(onSqlite)('migrating a filled database on %s', () => {
  test('P24 keeps the children of a table that is built anew', async () => {
    using folder = openFolder();
    await using store = await openFileStore(folder.path);
    const database = await connect(store.address, entities);
    take(database, Rebuild);

    const steps = await migrate(database);

    await database.close();
    const sessions = await store.everywhere().find(Session, {}, { orderBy: { id: 'asc' } });
    expect(steps).toEqual(['Rebuild']);
    expect(sessions.map(({ membership }) => membership?.id)).toEqual([
      store.lemon.membershipId,
      store.lime.membershipId,
    ]);
  });

  test('P24 says so when it leaves children without a parent', async () => {
    using folder = openFolder();
    await using store = await openFileStore(folder.path);
    const database = await connect(store.address, entities);
    take(database, Bereave);

    const error = await errorOf(migrate(database));

    await database.close();
    expect(error.message).toContain('orphaned rows');
  });

  test('has foreign keys watched again afterwards', async () => {
    using folder = openFolder();
    await using store = await openFileStore(folder.path);

    const error = await errorOf(
      store.database.orm.em.getConnection().execute('delete from account'),
    );

    expect(error.message).toContain('FOREIGN KEY constraint failed');
  });
});

describe.each(onMariadb)('several servers that start at once', (url) => {
  test('P24 migrate once, whoever of the three comes first', async () => {
    const address = await newSchema(url);
    const servers = await Promise.all([1, 2, 3].map(() => connect(address, entities)));
    const [first] = servers;

    const steps = await Promise.all(servers.map(migrate));

    const taken = steps.flat();
    expect(steps.filter(({ length }) => length > 0)).toHaveLength(1);
    expect(await stepsIn(first as Database)).toEqual(taken);
    expect(await driftOf(first as Database)).toBe('');
    await Promise.all(servers.map((server) => server.close()));
  });
});

describe('what must be unique', () => {
  test.each([
    ['account', ['username', 'email', 'phone']],
    ['membership', ['account_id', 'restaurant_id']],
    ['restaurant', ['slug']],
    ['device_pass', ['token_hash']],
  ])('is so in the database too: %s %j', async (table, columns) => {
    await using store = await openStore();

    const unique = await uniqueColumns(store.database, table);

    expect(unique).toEqual(expect.arrayContaining(columns));
  });
});

async function uniqueColumns({ orm, dialect }: Database, table: string): Promise<string[]> {
  const onServer = `select column_name as name from information_schema.statistics
    where table_schema = database() and non_unique = 0 and table_name = '${table}'`;
  const inFile = `select i.name as name from pragma_index_list('${table}') l, pragma_index_info(l.name) i
    where l."unique" = 1`;
  const sql = dialect === 'sqlite' ? inFile : onServer;
  const rows = await orm.em.getConnection().execute(sql);
  return rows.map(({ name }) => name as string);
}
