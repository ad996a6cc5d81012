import { join, resolve } from 'node:path';
import { KeySet } from '@comanda/domains/auth/credentials/keys';
import type { Tls } from '@comanda/storage/connect';
import { z } from 'zod';
import { databaseTls, TLS_MODES } from './database-tls.ts';
import {
  type Env,
  type Fetched,
  secretAgain,
  secretsFromStores,
  secretsIn,
} from './secrets/given.ts';

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
    .refine(
      (url) => url.startsWith('sqlite:') || !url.includes('?'),
      'ends with the name of the database; what asks for TLS is DATABASE_TLS',
    )
    .optional(),
  DATABASE_TLS: z.enum(TLS_MODES).default('off'),
  DATABASE_CA_FILE: z.string().optional(),
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
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  OTEL_SERVICE_NAME: z.string().min(1).default('comanda'),
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
  /** How the connection to a database server is encrypted; undefined: it is not. */
  databaseTls: Tls | undefined;
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
  /** Where traces are sent, and under what name; undefined: there are none. */
  tracing: { endpoint: string; service: string } | undefined;
  keys: KeySource;
}

/** Where signing keys come from: given with the environment or by a store, which can be asked again, kept in a file, or made in the data folder. */
export type KeySource =
  | { given: KeySet; again?: () => Promise<string> }
  | { file: string; mayMake: boolean };

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

/** For the command that tells where each setting comes from. */
export function environment(): Env {
  return process.env;
}

/** Reads and checks the environment, after asking the stores that it names for secrets. */
export async function loadConfig(env: Env = process.env): Promise<Config> {
  return readConfig(env, await secretsFromStores(env));
}

/** The same without asking anybody; nothing else in the house reads the environment. */
export function readConfig(env: Env = process.env, fetched?: Fetched): Config {
  const problems: string[] = [];
  const given = dropEmpty({ ...env, ...secretsIn(env, fetched, problems) });
  const parsed = Environment.safeParse(given);
  for (const issue of parsed.error?.issues ?? []) {
    problems.push(`${String(issue.path[0])}: ${issue.message}.`);
  }
  const production = given['NODE_ENV'] === 'production';
  const dataDir = resolve(given['DATA_DIR'] ?? DATA_DIR);
  const keys = keySource(
    {
      production,
      dataDir,
      text: given['AUTH_KEYS'],
      file: given['AUTH_KEYS_FILE'],
      again: given['AUTH_KEYS_FROM'] && (() => secretAgain('AUTH_KEYS', env)),
    },
    problems,
  );
  const databaseUrl = given['DATABASE_URL'] ?? `sqlite:${join(dataDir, 'comanda.sqlite')}`;
  if (production) refuseSamplePassword(databaseUrl, problems);
  const asked = { mode: parsed.data?.DATABASE_TLS ?? 'off', caFile: given['DATABASE_CA_FILE'] };
  const tls = databaseTls({ ...asked, databaseUrl }, problems);
  if (!parsed.success || problems.length > 0 || !keys) throw new BadConfig(problems);
  const values = parsed.data;
  return Object.freeze({
    production,
    port: values.PORT,
    host: values.HOST,
    dataDir,
    filesDir: resolve(values.FILES_DIR ?? join(dataDir, 'files')),
    databaseUrl,
    databaseTls: tls,
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
    tracing: tracingOf(values),
    keys,
  });
}

function dropEmpty(env: Env): Env {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

function keySource(
  from: {
    production: boolean;
    dataDir: string;
    text: string | undefined;
    file: string | undefined;
    again: (() => Promise<string>) | '' | undefined;
  },
  problems: string[],
): KeySource | undefined {
  const { production, dataDir, text, file, again } = from;
  if (text === undefined) {
    if (again) return undefined; // what is wrong with that place has been said
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
  if (file) return { file, mayMake: false };
  return again ? { given, again } : { given };
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

function tracingOf(values: z.infer<typeof Environment>): Config['tracing'] {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SERVICE_NAME: service } = values;
  return endpoint === undefined ? undefined : { endpoint, service };
}

function hostsOf(values: z.infer<typeof Environment>): string[] {
  const own = ['localhost', '127.0.0.1', '[::1]', values.HOST];
  const known = values.PUBLIC_URL ? [new URL(values.PUBLIC_URL).hostname] : [];
  return [...own, ...known, ...values.ALLOWED_HOSTS].map((host) => host.toLowerCase());
}

/** The key file of this environment, if that keeps one, for the command that rotates it whatever else is wrong. */
export function keyFileFor(env: Env = process.env): string | undefined {
  if (env['AUTH_KEYS_FROM']) return undefined;
  return env['AUTH_KEYS_FILE'] || join(resolve(env['DATA_DIR'] || DATA_DIR), 'auth-keys.json');
}
