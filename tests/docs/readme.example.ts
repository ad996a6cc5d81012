// Shown in README.md.
// #region
import { createClient, refusedWith } from '@comanda/client';

const url = 'http://localhost:4000';
const [password = ''] = process.argv.slice(2);

const visitor = createClient({ url });
const { accessToken, user } = await visitor.auth.login.mutate({ identifier: 'manager', password });
const manager = createClient({ url, token: () => accessToken });

const { items } = await manager.people.list.query({ role: 'chef' });
console.log(items.map(({ firstName, title }) => `${firstName}: ${title}`));

try {
  await manager.people.setRole.mutate({ personId: user.id, role: 'admin' });
} catch (error) {
  if (!refusedWith(error, 'OWN_ROLE')) throw error;
  console.log('Nobody changes their own role.');
}
// #endregion
