import { hostname } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { Writable } from 'node:stream';
import { createClient } from '@comanda/client';
import { Misuse } from './exits.ts';
import type { Folder } from './folder.ts';
import { forgetSignIn, keepSignIn, type SignIn } from './remote.ts';

interface Who {
  url: string;
  identifier: string;
  restaurantId?: string | undefined;
}

/** Signs in for as long as a device pass lasts; the password is asked for and kept nowhere. */
export async function signIn(
  folder: Folder,
  { url, identifier, restaurantId }: Who,
): Promise<SignIn> {
  const password = await passwordFor(identifier);
  const client = createClient({ url });
  const hat = restaurantId === undefined ? {} : { restaurantId };
  const { user } = await client.auth.login.mutate({ identifier, password, ...hat });
  const pass = await client.auth.passes.issue.mutate({ label: `comanda on ${hostname()}` });
  // The pass goes on by itself.
  await client.auth.logout.mutate({});
  const name = user.username ?? user.email ?? user.phone ?? identifier;
  const { id: passId, token, expiresAt } = pass;
  const made = { url, token, passId, expiresAt, name };
  keepSignIn(folder, made);
  return made;
}

/** Forgets the pass here in any case, and ends it over there where that can be done. */
export async function signOut(folder: Folder): Promise<{ name: string; ended: boolean }> {
  const { url, token, passId, name } = forgetSignIn(folder);
  const ended = await createClient({ url, token })
    .auth.passes.revoke.mutate({ id: passId })
    .then(() => true)
    .catch(() => false);
  return { name, ended };
}

async function passwordFor(identifier: string): Promise<string> {
  const { stdin, stderr } = process;
  if (!stdin.isTTY) {
    const piped = (await text(stdin)).replace(/\r?\n$/, '');
    if (piped === '') throw new Misuse('The password is typed, or piped in.');
    return piped;
  }
  stderr.write(`Password of ${identifier}: `);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const line = createInterface({ input: stdin, output: silent, terminal: true });
  try {
    return await line.question('');
  } finally {
    line.close();
    stderr.write('\n');
  }
}
