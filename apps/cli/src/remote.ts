import { type Client, createClient } from '@comanda/client';
import { pace } from '@comanda/client/pace';
import { z } from 'zod';
import { Document, type Procedure, proceduresOf } from './catalogue.ts';
import { NotSignedIn, Unreached } from './exits.ts';
import type { Folder } from './folder.ts';

/** Where `npm start` serves. */
const AT_HOME = 'http://127.0.0.1:4000';
const SIGN_IN = 'sign-in.json';
const DOCUMENT = 'document.json';
const PATIENCE_MS = 15_000;
/** Somewhat longer than the longest window in which calls are counted by default. */
const LONG_PATIENCE_MS = 330_000;
const WORTH_TELLING_MS = 3_000;

/** Who has signed in here, and where: kept until the pass ends. */
export const SignIn = z.object({
  url: z.string(),
  token: z.string(),
  passId: z.string(),
  expiresAt: z.coerce.date(),
  name: z.string(),
});
export type SignIn = z.infer<typeof SignIn>;

const Kept = z.object({ url: z.string(), tag: z.string(), document: z.unknown() });

interface Wish {
  url?: string | undefined;
  token?: string | undefined;
}

/** The service that is asked, as far as this machine knows it. */
export class Service {
  readonly url: string;
  readonly #folder: Folder;
  readonly #token: string | undefined;

  /** What is said comes before what was kept at the sign-in. A pass is shown to nobody but where it is from. */
  constructor(folder: Folder, { url, token }: Wish) {
    const kept = signInOf(folder);
    this.#folder = folder;
    this.url = (url ?? kept?.url ?? AT_HOME).replace(/\/+$/, '');
    this.#token = token ?? (kept?.url === this.url ? kept.token : undefined);
  }

  client(): Client {
    return createClient({ url: this.url, token: this.#token ?? '' });
  }

  /** For many calls in a row: stays within the quota, and waits where it is used up; then it says so, once. */
  patientClient(onWaiting: () => void): Client {
    const paced = pace({ maxWaitMs: LONG_PATIENCE_MS });
    let told = false;
    const tell = () => {
      if (!told) onWaiting();
      told = true;
    };
    return createClient({
      url: this.url,
      token: this.#token ?? '',
      deadlineMs: LONG_PATIENCE_MS + PATIENCE_MS,
      pace: {
        wrap: (fetch) => async (input, init) => {
          const timer = setTimeout(tell, WORTH_TELLING_MS);
          return await paced
            .wrap(fetch)(input, init)
            .finally(() => clearTimeout(timer));
        },
      },
    });
  }

  /** What can be asked; kept, and only asked for anew where it has changed. */
  async procedures(): Promise<Map<string, Procedure>> {
    const found = Kept.safeParse(this.#folder.read(DOCUMENT)).data;
    const known = found?.url === this.url ? found : undefined;
    const answer = await fetch(`${this.url}/openapi.json`, {
      headers: known ? { 'if-none-match': known.tag } : {},
      signal: AbortSignal.timeout(PATIENCE_MS),
    }).catch(() => {
      throw new Unreached(`Nothing answers at ${this.url}. Is it running, and is --url right?`);
    });
    if (answer.status === 304 && known) return proceduresOf(Document.parse(known.document));
    const document: unknown = await answer.json().catch(() => undefined);
    const read = Document.safeParse(document);
    if (!answer.ok || !read.success) {
      throw new Unreached(`What answers at ${this.url} is no Comanda (${answer.status}).`);
    }
    const tag = answer.headers.get('etag');
    if (tag) this.#folder.write(DOCUMENT, { url: this.url, tag, document });
    return proceduresOf(read.data);
  }
}

export function signInOf(folder: Folder): SignIn | undefined {
  return SignIn.safeParse(folder.read(SIGN_IN)).data;
}

export function keepSignIn(folder: Folder, signIn: SignIn): void {
  folder.write(SIGN_IN, signIn);
}

export function forgetSignIn(folder: Folder): SignIn {
  const known = signInOf(folder);
  if (!known) throw new NotSignedIn('Nobody is signed in here.');
  folder.remove(SIGN_IN);
  return known;
}
