import { entities } from '@comanda/domains/entities';
import { connect } from '@comanda/storage/connect';
import { migrate } from '@comanda/storage/migrations';

// Brings a database up to date and dies before a statement: node crashing-migration.ts <address> <how manieth>.
// Told a number that is never reached, it says how many statements there were.

const [address = '', nth] = process.argv.slice(2);
const database = await connect(address, entities);
const connection = database.orm.em.getConnection();
const execute = connection.execute.bind(connection);
let statements = 0;
connection.execute = (...args) => {
  statements += 1;
  if (statements === Number(nth)) process.kill(process.pid, 'SIGKILL');
  return execute(...args);
};
await migrate(database);
await database.close();
process.stdout.write(`${statements} statements\n`);
