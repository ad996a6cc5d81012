import { fileURLToPath } from 'node:url';
import { connect } from '@comanda/storage/connect';
import { migrate } from '@comanda/storage/migrations';

// Brings a database up to date and dies at a statement: node crashing-migration.ts <address> <how manieth>
// <before it is sent | while it is under way> <the house's own steps | those of a folder here>.
// Told a number that is never reached, it says how many statements there were.

const [address = '', nth, moment = 'before', folder] = process.argv.slice(2);
const database = await connect(address, []);
const { orm } = database;
if (folder) {
  const path = fileURLToPath(new URL(folder, import.meta.url));
  orm.config.set('migrations', { ...orm.config.get('migrations'), path });
}
const connection = orm.em.getConnection();
const execute = connection.execute.bind(connection);
const die = () => process.kill(process.pid, 'SIGKILL');
let statements = 0;
connection.execute = (...args) => {
  statements += 1;
  if (statements !== Number(nth)) return execute(...args);
  if (moment === 'before') die();
  setImmediate(() => setImmediate(die));
  return execute(...args);
};
await migrate(database);
await database.close();
process.stdout.write(`${statements} statements\n`);
