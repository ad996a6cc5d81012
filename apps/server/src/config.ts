import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { KeySet } from '@comanda/domains/auth/credentials/keys';
import { z } from 'zod';

/** All problems at once, each in a sentence. */
export class BadConfig extends Error {
  override readonly name = 'BadConfig';

  constructor(problems: string[]) {
    super(
      `The configuration cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    );
  }
}

const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  );

const Origin = z
  .url({ protocol: /^https?$/, abort: true })
  .refine((url) => new URL(url).origin === url && !url.includes('*'), {
    error: ({ input }) =>
      `${String(input)} is no origin: write scheme://host[:port], nothing behind it`,
  });
const Cidr = z.union([z.cidrv4(), z.cidrv6()], {
  error: ({ input }) =>
    `${String(input)} is no CIDR such as 10.0.0.0/8; a number of hops would trust nobody`,
});

const DATA_DIR = './data';

/** Every name that is read; docs/configuration.md tells what each means. */
export const Environment = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default(DATA_DIR),
  FILES_DIR: z.string().min(1).optional(),
  DATABASE_URL: z
    .string()
    .regex(/^(mysql|mariadb):\/\/|^sqlite:/, 'starts with mysql://, mariadb:// or sqlite:')
    .refine(isAddress, 'is no address such as mariadb://user:password@host:3306/database')
    .optional(),
  PUBLIC_URL: Origin.optional(),
  CORS_ORIGINS: list.pipe(z.array(Origin)),
  TRUST_PROXY: list.pipe(z.array(Cidr)),
  ALLOWED_HOSTS: list,
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).optional(),
  FLOOD_LIMIT: z.coerce.number().int().min(1).default(600),
  QUOTA_PRESET: z.enum(['service', 'strict']).default('service'),
  SHIFT_GATE: z.enum(['enforced', 'warn', 'off']).default('enforced'),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'starts with redis:// or rediss://')
    .refine(isAddress, 'is no address such as redis://:password@host:6379/3')
    .refine(namesDatabase, 'names no database such as /3, or says more than that')
    .optional(),
  METRICS_TOKEN: z
    .string()
    .min(16, 'is too short to be a secret: at least 16 characters')
    .optional(),
  AUTH_KEYS: z.string().optional(),
});

export interface Config {
  production: boolean;
  port: number;
  host: string;
  dataDir: string;
  /** Where uploads lie; several servers share it. */
  filesDir: string;
  /** `sqlite:<file>`, `mysql://…` or `mariadb://…`. */
  databaseUrl: string;
  publicUrl: string | undefined;
  corsOrigins: string[];
  trustProxy: string[];
  allowedHosts: string[];
  logLevel: string;
  /** Requests per minute and address, before anything is parsed. */
  floodLimit: number;
  quotaPreset: 'service' | 'strict';
  /** Whether what asks for a shift is refused off shift, where a restaurant has not said it. */
  shiftGate: 'enforced' | 'warn' | 'off';
  /** Where servers count quotas together. */
  redisUrl: string | undefined;
  metricsToken: string | undefined;
  keys: KeySource;
}

/** Where signing keys come from: given with the environment, kept in a file, or made in the data folder. */
export type KeySource = { given: KeySet } | { file: string; mayMake: boolean };

/** May come from a file as well: the name with `_FILE` behind it. */
export const SECRETS = ['AUTH_KEYS', 'DATABASE_URL', 'METRICS_TOKEN', 'REDIS_URL'] as const;
const SAMPLES = [
  '',
  'password',
  'secret',
  'changeme',
  'change-me',
  'example',
  'sample',
  'root',
  'comanda',
];

type Env = Record<string, string | undefined>;

/** For the command that tells where each setting comes from. */
export function environment(): Env {
  return process.env;
}

/** Reads and checks the environment; nothing else in the house does. */
export function readConfig(env: Env = process.env): Config {
  const problems: string[] = [];
  const withSecrets = { ...env, ...secretsFromFiles(env, problems) };
  const given = dropEmpty(withSecrets);
  const parsed = Environment.safeParse(given);
  for (const issue of parsed.error?.issues ?? []) {
    problems.push(`${String(issue.path[0])}: ${issue.message}.`);
  }
  const production = given['NODE_ENV'] === 'production';
  const dataDir = resolve(given['DATA_DIR'] ?? DATA_DIR);
  const keys = keySource(
    { production, dataDir, text: given['AUTH_KEYS'], file: given['AUTH_KEYS_FILE'] },
    problems,
  );
  const databaseUrl = given['DATABASE_URL'] ?? `sqlite:${join(dataDir, 'comanda.sqlite')}`;
  if (production) refuseSamplePassword(databaseUrl, problems);
  if (!parsed.success || problems.length > 0 || !keys) throw new BadConfig(problems);
  const values = parsed.data;
  return Object.freeze({
    production,
    port: values.PORT,
    host: values.HOST,
    dataDir,
    filesDir: resolve(values.FILES_DIR ?? join(dataDir, 'files')),
    databaseUrl,
    publicUrl: values.PUBLIC_URL,
    corsOrigins: values.CORS_ORIGINS,
    trustProxy: values.TRUST_PROXY,
    allowedHosts: hostsOf(values),
    logLevel: values.LOG_LEVEL ?? (production ? 'info' : 'warn'),
    floodLimit: values.FLOOD_LIMIT,
    quotaPreset: values.QUOTA_PRESET,
    shiftGate: values.SHIFT_GATE,
    redisUrl: values.REDIS_URL,
    metricsToken: values.METRICS_TOKEN,
    keys,
  });
}

function dropEmpty(env: Env): Env {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

function secretsFromFiles(env: Env, problems: string[]): Env {
  const found: Env = {};
  for (const name of SECRETS) {
    const file = env[`${name}_FILE`];
    if (!file) continue;
    if (env[name]) problems.push(`${name} and ${name}_FILE are both set: keep one.`);
    try {
      found[name] = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    } catch {
      problems.push(`${name}_FILE names a file that cannot be read.`);
    }
  }
  return found;
}

function keySource(
  from: {
    production: boolean;
    dataDir: string;
    text: string | undefined;
    file: string | undefined;
  },
  problems: string[],
): KeySource | undefined {
  const { production, dataDir, text, file } = from;
  if (text === undefined) {
    if (!production) return { file: join(dataDir, 'auth-keys.json'), mayMake: true };
    problems.push(
      'AUTH_KEYS (or AUTH_KEYS_FILE) is missing: `comanda-server rotate-keys --file …` makes one.',
    );
    return undefined;
  }
  const given = parseKeys(text);
  if (!given) {
    problems.push('AUTH_KEYS is no key set as `comanda-server rotate-keys` writes it.');
    return undefined;
  }
  if (production && given.keys.some(({ kid }) => kid.startsWith('sample'))) {
    problems.push('AUTH_KEYS holds a key from an example: make one of your own.');
  }
  return file ? { file, mayMake: false } : { given };
}

export function parseKeys(text: string): KeySet | undefined {
  try {
    return KeySet.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function isAddress(url: string): boolean {
  try {
    const { username, password } = new URL(url);
    decodeURIComponent(username + password);
    return true;
  } catch {
    return false;
  }
}

/** Redis numbers its databases; a word would end the server when Redis is reached. */
function namesDatabase(url: string): boolean {
  if (!isAddress(url)) return true;
  const { pathname, search, hash } = new URL(url);
  return /^(\/\d{0,4})?$/.test(pathname) && search === '' && hash === '';
}

function refuseSamplePassword(databaseUrl: string, problems: string[]): void {
  if (databaseUrl.startsWith('sqlite:') || !isAddress(databaseUrl)) return;
  const password = decodeURIComponent(new URL(databaseUrl).password);
  if (SAMPLES.includes(password.toLowerCase())) {
    problems.push('DATABASE_URL carries no password, or one from an example.');
  }
}

function hostsOf(values: z.infer<typeof Environment>): string[] {
  const own = ['localhost', '127.0.0.1', '[::1]', values.HOST];
  const known = values.PUBLIC_URL ? [new URL(values.PUBLIC_URL).hostname] : [];
  return [...own, ...known, ...values.ALLOWED_HOSTS].map((host) => host.toLowerCase());
}

/** The key file of this environment, for the command that rotates it whatever else is wrong. */
export function keyFileFor(env: Env = process.env): string {
  return env['AUTH_KEYS_FILE'] || join(resolve(env['DATA_DIR'] || DATA_DIR), 'auth-keys.json');
}
