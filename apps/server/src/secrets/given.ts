import { readFileSync } from 'node:fs';
import { addressOf, type Place, placeIn, valueAt } from './place.ts';
import { askedOf, NoSecret } from './secret-store.ts';

/** May come from elsewhere: the name with `_FILE` behind it names a file, with `_FROM` a place in a store. */
export const SECRETS = ['AUTH_KEYS', 'DATABASE_URL', 'METRICS_TOKEN', 'REDIS_URL'] as const;
export type SecretName = (typeof SECRETS)[number];

export type Env = Record<string, string | undefined>;

/** What came of asking the stores, once, before anything else is read. */
export interface Fetched {
  values: Partial<Record<SecretName, string>>;
  problems: string[];
}

/** Asks for every secret that `env` says is in a store, all at once. */
export async function secretsFromStores(env: Env): Promise<Fetched> {
  const fetched: Fetched = { values: {}, problems: [] };
  const asked = new Map<string, Promise<string>>();
  await Promise.all(
    SECRETS.map(async (name) => {
      const text = env[`${name}_FROM`];
      if (!text || formsOf(name, env).length > 1) return;
      const place = placeIn(text);
      if (!place) {
        fetched.problems.push(
          `${name}_FROM names no place such as ssm:/comanda/secret or secretsmanager:comanda/secret#key.`,
        );
        return;
      }
      const id = `${place.store}:${place.name}`;
      asked.set(id, asked.get(id) ?? askedOf(place));
      try {
        fetched.values[name] = secretAt(name, place, (await asked.get(id)) ?? '');
      } catch (error) {
        if (!(error instanceof NoSecret)) throw error;
        fetched.problems.push(`${name}_FROM: ${text} ${error.message}.`);
      }
    }),
  );
  return fetched;
}

/** Asks again, for what may change while a server runs. */
export async function secretAgain(name: SecretName, env: Env): Promise<string> {
  const { values, problems } = await secretsFromStores({ [`${name}_FROM`]: env[`${name}_FROM`] });
  const value = values[name];
  if (value === undefined) throw new NoSecret(problems.join(' '));
  return value;
}

function secretAt(name: SecretName, place: Place, text: string): string {
  const value = valueAt(place, text);
  if (value === undefined) throw new NoSecret('holds no JSON object with a text under that key');
  if (value.trim() === '') throw new NoSecret('is empty');
  if (name !== 'DATABASE_URL') return value;
  const address = addressOf(value);
  if (address !== undefined) return address;
  throw new NoSecret(
    'holds JSON that is not what RDS keeps: engine mysql or mariadb, username, password, host, dbname',
  );
}

/** Secrets from wherever they are, by their plain names. */
export function secretsIn(env: Env, fetched: Fetched | undefined, problems: string[]): Env {
  const found: Env = {};
  problems.push(...(fetched?.problems ?? []));
  for (const name of SECRETS) {
    const forms = formsOf(name, env);
    if (forms.length > 1) {
      const all = `${forms.slice(0, -1).join(', ')} and ${forms.at(-1)}`;
      problems.push(`${all} are ${forms.length > 2 ? 'all' : 'both'} set: keep one.`);
    }
    const file = env[`${name}_FILE`];
    if (file) found[name] = textIn(file, `${name}_FILE`, problems);
    if (!env[`${name}_FROM`]) continue;
    if (!fetched) problems.push(`${name}_FROM names a store, and nobody asked it.`);
    const value = fetched?.values[name];
    if (value !== undefined) found[name] = value;
  }
  return found;
}

function formsOf(name: SecretName, env: Env): string[] {
  return [name, `${name}_FILE`, `${name}_FROM`].filter((form) => env[form]);
}

function textIn(file: string, name: string, problems: string[]): string | undefined {
  try {
    const text = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    if (text === '') problems.push(`${name} names a file that is empty.`);
    return text;
  } catch {
    problems.push(`${name} names a file that cannot be read.`);
    return undefined;
  }
}
