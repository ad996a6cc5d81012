import type { Place } from './place.ts';

/** Where secrets are kept for us. What it throws is a `NoSecret`, or a bug. */
export interface SecretStore {
  /** The text under that name. */
  read(name: string, signal: AbortSignal): Promise<string | undefined>;
}

/** Why there is none; its message goes on after the name of the place. */
export class NoSecret extends Error {
  override readonly name = 'NoSecret';
}

/** A start waits for all its secrets together; with what comes before, it ends within half a minute. */
const PATIENCE_MS = 10_000;

/** Asks the store of that place; the program that speaks to it is loaded by then, not before. */
export async function askedOf({ store, name }: Pick<Place, 'store' | 'name'>): Promise<string> {
  const { openStore } = await import('./aws.ts');
  // Looking for credentials takes no signal.
  const late = Promise.withResolvers<never>();
  const patience = new AbortController();
  const timer = setTimeout(() => {
    late.reject(new NoSecret('was not given in time: the store does not answer'));
    patience.abort();
  }, PATIENCE_MS);
  try {
    const asked = openStore(store).then(async (opened) => opened.read(name, patience.signal));
    const text = await Promise.race([asked, late.promise]);
    if (text === undefined) throw new NoSecret('holds no text');
    return text;
  } finally {
    clearTimeout(timer);
  }
}
