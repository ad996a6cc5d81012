// Shown in packages/client/README.md.
// #region
import { createClient, safe } from '@comanda/client';

const comanda = createClient({ url: 'http://localhost:4000' });

export async function signIn(identifier: string, password: string): Promise<string> {
  const [signedIn, error] = await safe(comanda.auth.login.mutate({ identifier, password }));
  if (!error) {
    const { items } = await comanda.people.list.query({ role: 'chef' });
    return `Hello ${signedIn.user.firstName}. Chefs here: ${items.length}.`;
  }
  switch (error.reason) {
    case 'INVALID_CREDENTIALS':
      return 'Name or password is wrong.';
    case 'QUOTA_EXCEEDED':
      return `Too many tries. Again in ${Math.ceil(error.details.retryAfterMs / 1000)} seconds.`;
    default:
      return error.message;
  }
}

console.log(await signIn('manager', 'the password that the server printed'));
// #endregion
