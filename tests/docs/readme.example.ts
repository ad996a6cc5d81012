// Shown in README.md.
// #region
import { createClient, refusedWith } from '@comanda/client';

const [password = ''] = process.argv.slice(2);
const comanda = createClient({ url: 'http://localhost:4000' });
const { user } = await comanda.auth.login.mutate({ identifier: 'manager', password });

const { items } = await comanda.menu.list.query({ search: 'tirami', available: true });
console.log(items.map(({ name, price }) => `${name}: ${price / 100} €`));

try {
  await comanda.people.setRole.mutate({ personId: user.id, role: 'admin' });
} catch (error) {
  if (!refusedWith(error, 'OWN_ROLE')) throw error;
  console.log('Nobody changes their own role.');
}
// #endregion
