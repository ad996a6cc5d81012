import {
  type Api,
  type Call,
  CallError,
  type Client,
  type ClientOptions,
  cookieSession,
  createClient,
  type ErrorOf,
  type Files,
  isFault,
  localStorageSession,
  memorySession,
  type Quota,
  refusedWith,
  type RefusalDetails,
  safe,
  type SessionStore,
  type Subscription,
  type Tokens,
} from '@comanda/client';
import { createClient as createMinimal } from '@comanda/client/minimal';
import { pace } from '@comanda/client/pace';

type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const is = <_Answer extends true>() => undefined;

const comanda: Client = createClient({ url: 'http://localhost:4000' });

export async function calls(id: string): Promise<void> {
  const signedIn = await comanda.auth.login.mutate({ identifier: 'chef', password: 'my own one' });
  is<Same<typeof signedIn.accessToken, string>>();
  is<Same<typeof signedIn.expiresAt, Date>>();
  is<Same<typeof signedIn.user.restaurant, { id: string; name: string } | null>>();

  const { items, nextCursor } = await comanda.people.list.query();
  is<Same<typeof nextCursor, string | null>>();
  is<Same<(typeof items)[number]['hiredAt'], Date>>();
  await comanda.people.list.query({ role: 'chef', limit: 10 });
  await comanda.people.list.query(undefined, { signal: AbortSignal.timeout(1_000) });
  await comanda.auth.sessions.revoke.mutate({ id }, { deadlineMs: 500 });
  await Promise.all([comanda.permissions.mine.query(), comanda.permissions.matrix.query()]);
}

export async function refusals(identifier: string, password: string): Promise<string> {
  const [signedIn, error] = await safe(comanda.auth.login.mutate({ identifier, password }));
  if (!error) return signedIn.user.firstName;
  is<Same<typeof signedIn, undefined>>();
  switch (error.reason) {
    case 'INVALID_CREDENTIALS':
      return 'Name or password is wrong.';
    case 'QUOTA_EXCEEDED':
      return `Again in ${error.details.retryAfterMs.toFixed()} ms, from ${error.details.resetAt.toISOString()}.`;
    case 'UPGRADE_REQUIRED':
      return error.details.ours;
    case 'FAULT':
      return `${error.details.because} ${error.details.status?.toFixed() ?? ''} ${error.requestId ?? ''}`;
    default:
      return error.message;
  }
}

export async function exhaustive(refreshToken: string): Promise<string> {
  const [, error] = await safe(comanda.permissions.matrix.query());
  const reason = error?.reason;
  await comanda.auth.logout.mutate({ refreshToken });
  switch (reason) {
    case undefined:
      return 'said';
    case 'VALIDATION':
    case 'TOKEN_INVALID':
      return 'ours';
    case 'QUOTA_EXCEEDED':
    case 'OVERLOADED':
    case 'DB_BUSY':
    case 'DB_UNAVAILABLE':
    case 'STORAGE_FULL':
    case 'OUTCOME_UNKNOWN':
    case 'VERSION_CONFLICT':
      return 'later';
    case 'UPGRADE_REQUIRED':
    case 'FAULT':
      return reason;
    default: {
      const never: never = reason;
      return never;
    }
  }
}

export async function thrown(): Promise<void> {
  try {
    await comanda.auth.register.mutate({ username: 'me', password: 'a good one' });
  } catch (error) {
    if (refusedWith(error, 'NAME_TAKEN')) {
      is<Same<typeof error.details.field, 'username' | 'email' | 'phone'>>();
      is<Same<typeof error.reason, 'NAME_TAKEN'>>();
    } else if (isFault(error)) {
      is<Same<typeof error.details.because & 'server', 'server'>>();
    } else if (error instanceof CallError) {
      is<Same<typeof error.requestId, string | undefined>>();
    }
  }
}

/** What is written around the client needs its names. */
export function named<Data, Code extends string>(
  call: Call<Data, Code>,
  told: (error: ErrorOf<Code>) => void,
): Promise<Data | undefined> {
  return safe(call).then(([data, error]) => {
    if (error) told(error);
    return data;
  });
}
export type Level = RefusalDetails['LEVEL_TOO_HIGH']['highest'];
export const signIn: Api['auth']['login']['mutate'] = comanda.auth.login.mutate;

export async function streamed(
  watch: Subscription<{ id: string }, { total: number }, 'FORBIDDEN'>,
  signal: AbortSignal,
): Promise<number> {
  let total = 0;
  const events = watch.subscribe({ id: '1' }, { signal, onState: (state) => void state.length });
  for await (const step of events) {
    if (step.type === 'gap') continue;
    is<Same<typeof step.id, string | undefined>>();
    total += step.data.total;
  }
  return total;
}

class Own implements SessionStore {
  #tokens: Tokens | undefined;
  read = (): Tokens | undefined => this.#tokens;
  write(tokens: Tokens | undefined): void {
    this.#tokens = tokens;
  }
}

export const options: ClientOptions[] = [
  { url: '', session: memorySession() },
  { url: '', session: localStorageSession({ key: 'mine' }) },
  { url: '', session: cookieSession(), onSignedOut: (why) => void why.length },
  { url: '', session: new Own(), retry: { attempts: 5, baseMs: 100 }, onQuota: 'wait' },
  { url: '', token: async () => 'pass', headers: { 'x-till': '1' }, retry: false },
  { url: '', pace: pace({ maxConcurrent: 2 }), deadlineMs: 1_000, fetch: globalThis.fetch },
];
export const left: readonly Quota[] | undefined = comanda.quota;

export async function pictures(file: File, bytes: Uint8Array<ArrayBuffer>): Promise<string[]> {
  const { id, width } = await comanda.files.upload.mutate(file, { deadlineMs: 120_000 });
  is<Same<typeof width, number>>();
  const till = createMinimal({ url: '' });
  const [other, error] = await safe(till.files.upload.mutate(new Blob([bytes])));
  if (error?.reason === 'PICTURE_TOO_LARGE') is<Same<typeof error.details.maxBytes, number>>();
  await comanda.profile.setAvatar.mutate({ pictureId: other?.id ?? null });
  const files: Files = comanda.files;
  const upload: Api['files']['upload'] = files.upload;
  return [files.url(id), files.url(id, 'small'), String(upload)];
}

export async function minimal(pass: string): Promise<string[]> {
  const till = createMinimal({ url: 'http://localhost:4000', token: pass });
  const { capabilities } = await till.auth.session.query();
  return capabilities;
}
