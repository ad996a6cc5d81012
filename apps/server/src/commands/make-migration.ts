import { mkdirSync } from 'node:fs';
import { entities } from '@comanda/domains/entities';
import { connect } from '@comanda/storage/connect';
import { draftMigration, migrate } from '@comanda/storage/migrations';

// For developers: `node <this> <name> <mariadb url>` drafts a step for both databases from what
// the entities say more than the migrations so far. Read it, and mend the SQLite one by hand: a rebuilt
// table copies null into a new column that must not be null.
const [name = 'change', url = 'mariadb://root@127.0.0.1:3306/comanda_draft'] =
  process.argv.slice(2);

mkdirSync('data', { recursive: true });
for (const address of ['sqlite::memory:', url]) {
  const database = await connect(address, entities);
  await migrate(database);
  console.log(await draftMigration(database, name));
  await database.close();
}
