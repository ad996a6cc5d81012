// Shown in packages/client/README.md.
// #region
import { createClient, refusedWith } from '@comanda/client';

let accessToken: string | undefined;
const comanda = createClient({ url: 'http://localhost:4000', token: () => accessToken });

try {
  const signedIn = await comanda.auth.login.mutate({ identifier: 'chef', password: 'my own one' });
  accessToken = signedIn.accessToken;
  console.log(await comanda.permissions.mine.query());
} catch (error) {
  if (!refusedWith(error, 'INVALID_CREDENTIALS')) throw error;
  console.log('Name or password is wrong.');
}
// #endregion
