import { createClient, refusedWith, safe } from '@comanda/client';
import { createClient as createMinimal } from '@comanda/client/minimal';
import { pace } from '@comanda/client/pace';

// Every line that says so has to be refused by every compiler, and no other line.

const comanda = createClient({ url: 'http://localhost:4000' });
const till = createMinimal({ url: 'http://localhost:4000', token: 'pass' });

export async function calls(): Promise<void> {
  await comanda.auth.signIn.mutate({ identifier: 'chef', password: 'x' }); // wrong: no such procedure
  await comanda.kitchen.list.query(); // wrong: no such domain
  await comanda.auth.login.query({ identifier: 'chef', password: 'x' }); // wrong: a mutation
  await comanda.people.list.mutate({}); // wrong: a query
  await comanda.auth.login.mutate({ identifier: 1, password: 'x' }); // wrong: not a number
  await comanda.auth.login.mutate({ identifier: 'chef' }); // wrong: a field is missing
  await comanda.auth.login.mutate({ identifier: 'chef', password: 'x', again: true }); // wrong: a field too many
  await comanda.auth.login.mutate({ identifier: 'chef', password: 'x', door: 'back' }); // wrong: no such door
  await comanda.auth.login.mutate(); // wrong: the input is missing
  await comanda.permissions.mine.query({ role: 'chef' }); // wrong: takes no input
  await comanda.people.list.query({ limit: '10' }); // wrong: not a string
  await comanda.permissions.mine.query(undefined, { timeout: 1 }); // wrong: no such option
  await comanda.permissions.mine.query(undefined, { signal: 'now' }); // wrong: not a signal
  await till.people.show.query({ person: 'x' }); // wrong: the field has another name
  till.quota; // wrong: the small client does not know it
}

export async function pictures(bytes: Uint8Array, id: string | null): Promise<void> {
  await comanda.files.upload.mutate(bytes); // wrong: not a Blob
  await comanda.files.upload.mutate(); // wrong: the picture is missing
  const { size } = await comanda.files.upload.mutate(new Blob([])); // wrong: no such field
  comanda.files.url(id); // wrong: there may be none
  comanda.files.url('x', 'medium'); // wrong: no such size
  comanda.files.show.query(); // wrong: no such procedure
  till.files.url('x'); // wrong: the small client does not know it
  void size;
}

export async function answers(): Promise<void> {
  const signedIn = await comanda.auth.login.mutate({ identifier: 'chef', password: 'x' });
  signedIn.token; // wrong: no such field
  signedIn.user.passwordHash; // wrong: it never leaves the service
  signedIn.expiresAt.slice(0, 10); // wrong: a date is not a string
  signedIn.user.email.length; // wrong: there may be none
  const all: number = await comanda.people.list.query(); // wrong: not a number
  const text: string = signedIn.user.level; // wrong: a number
  const session: { via: 'cookie' } = await comanda.auth.session.query(); // wrong: no such way
  for (const one of await comanda.people.list.query()) void one; // wrong: a page is not a list
  const items: { level: string }[] = (await till.people.list.query()).items; // wrong: a number
  void [all, text, session, items];
}

export async function refusals(): Promise<void> {
  const [signedIn, error] = await safe(comanda.auth.login.mutate({ identifier: '', password: '' }));
  signedIn.user; // wrong: not looked at the error
  if (!error) return;
  if (error.reason === 'SLUG_TAKEN') return; // wrong: signing in is never refused so
  if (error.reason === 'INVALID_CREDENTIALS') error.details.retryAfterMs; // wrong: of another refusal
  if (error.reason === 'QUOTA_EXCEEDED') error.details.retryAfterMs.slice(); // wrong: a number
  if (error.reason === 'FAULT') error.details.because === 'proxy'; // wrong: no such cause
  switch (error.reason) {
    case 'INVALID_CREDENTIALS':
    case 'QUOTA_EXCEEDED':
    case 'FAULT':
      return;
    default: {
      const never: never = error.reason; // wrong: there are more
      return never;
    }
  }
}

export function thrown(error: unknown): void {
  refusedWith(error, 'NAME_TAKE'); // wrong: no such code
  refusedWith(error, 'FAULT'); // wrong: a fault is no refusal
  if (refusedWith(error, 'NAME_TAKEN')) error.details.fields; // wrong: no such detail
  if (refusedWith(error, 'LEVEL_TOO_HIGH')) error.details.highest.trim(); // wrong: a number
}

createClient(); // wrong: where to?
createClient({ url: 4000 }); // wrong: not a number
createClient({ url: '', retries: 3 }); // wrong: no such option
createClient({ url: '', onQuota: 'queue' }); // wrong: no such choice
createClient({ url: '', session: { read: () => undefined } }); // wrong: it cannot write
createClient({ url: '', pace: pace }); // wrong: not called
createClient({ url: '', onSignedOut: (why) => why === 'bored' }); // wrong: no such reason
createMinimal({ url: '', retry: false }); // wrong: the small client repeats nothing
pace({ perSecond: 1 }); // wrong: no such option
