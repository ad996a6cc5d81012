/** A secret in a store of the cloud, as a setting with `_FROM` names it: `ssm:/comanda/auth-keys`. */
export interface Place {
  store: 'ssm' | 'secretsmanager';
  name: string;
  /** One value of a JSON object. */
  key: string | undefined;
}

/** undefined for anything that names no place, which may then be a secret itself. */
export function placeIn(text: string): Place | undefined {
  const found = /^(ssm|secretsmanager):([\w/.:+=@!-]{1,2048})(?:#([\w.-]{1,100}))?$/.exec(text);
  const [, store, name, key] = found ?? [];
  if ((store !== 'ssm' && store !== 'secretsmanager') || name === undefined) return undefined;
  return { store, name, key };
}

/** What a place holds, of that which its store gave. */
export function valueAt({ key }: Place, text: string): string | undefined {
  const value = key === undefined ? text : objectIn(text)[key];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : undefined;
}

/** RDS keeps what leads to a database in parts. */
export function addressOf(text: string): string | undefined {
  if (!text.trimStart().startsWith('{')) return text;
  const { engine, username, password, host, port = 3306, dbname } = objectIn(text);
  if (engine !== 'mysql' && engine !== 'mariadb') return undefined;
  const parts = [username, password, host, String(port), dbname];
  if (!parts.every((part) => typeof part === 'string')) return undefined;
  const [user, word, ...rest] = parts.map((part) => encodeURIComponent(part));
  const [at, door, database] = rest;
  return `${engine}://${user}:${word}@${at}:${door}/${database}`;
}

function objectIn(text: string): Record<string, unknown> {
  try {
    const found: unknown = JSON.parse(text);
    return typeof found === 'object' && found !== null ? { ...found } : {};
  } catch {
    return {};
  }
}
