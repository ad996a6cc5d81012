import { parseArgs } from 'node:util';
import { BadConfig, type Config, Environment, loadConfig } from '../config.ts';
import { type Env, SECRETS } from '../secrets/given.ts';
import { placeIn } from '../secrets/place.ts';
import { Refusal } from './start-failures.ts';

/** One name of the environment as a start would take it. */
export interface Setting {
  name: string;
  /** Of a secret only whether it is set. */
  value: string;
  /** `default`, `environment`, `file`, or the place in a store. */
  from: string;
}

export interface Checked {
  settings: Setting[];
  problems: string[];
}

/** Tells what a start in this environment would go by, and all that is wrong with it. */
export async function checkConfig(env: Env): Promise<Checked> {
  const read = await configOrProblems(env);
  const reckoned = 'problems' in read ? {} : reckonedIn(read);
  return {
    settings: settingsIn(env, reckoned),
    problems: 'problems' in read ? read.problems : [],
  };
}

/** `config check [--json]` in this environment; answers its exit code. */
export async function tellConfig(args: string[], env: Env): Promise<0 | 1> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  if (positionals.length !== 1 || positionals[0] !== 'check') {
    throw new Refusal('Usage: comanda-server config check [--json]');
  }
  const checked = await checkConfig(env);
  console.log(values.json ? JSON.stringify(checked, null, 2) : inLines(checked));
  return checked.problems.length === 0 ? 0 : 1;
}

function settingsIn(env: Env, reckoned: Record<string, string>): Setting[] {
  const secrets = new Set<string>(SECRETS);
  const standard: Record<string, unknown> = Environment.parse({});
  return Object.keys(Environment.shape).map((name) => {
    const isSecret = secrets.has(name);
    if (isSecret && env[`${name}_FILE`]) return { name, value: 'set', from: 'file' };
    const place = isSecret && env[`${name}_FROM`];
    if (place) return { name, value: 'set', from: placeIn(place) ? place : 'a place that is none' };
    const given = env[name];
    if (given) return { name, value: isSecret ? 'set' : given, from: 'environment' };
    return { name, value: reckoned[name] ?? said(standard[name]), from: 'default' };
  });
}

/** Defaults that depend on other settings. */
function reckonedIn({ dataDir, filesDir, databaseUrl, logLevel }: Config): Record<string, string> {
  return {
    DATA_DIR: dataDir,
    FILES_DIR: filesDir,
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: logLevel,
  };
}

function said(value: unknown): string {
  if (value === undefined) return 'not set';
  return Array.isArray(value) ? 'none' : `${value as string | number}`;
}

async function configOrProblems(env: Env): Promise<Config | { problems: string[] }> {
  try {
    return await loadConfig(env);
  } catch (error) {
    if (!(error instanceof BadConfig)) throw error;
    return { problems: error.message.split('\n  - ').slice(1) };
  }
}

function inLines({ settings, problems }: Checked): string {
  const names = Math.max(...settings.map(({ name }) => name.length));
  const values = Math.max(...settings.map(({ value }) => value.length));
  const lines = settings.map(
    ({ name, value, from }) => `${name.padEnd(names)}  ${value.padEnd(values)}  ${from}`,
  );
  if (problems.length === 0) return [...lines, '', 'Every setting can be used.'].join('\n');
  return [...lines, '', 'It cannot be used:', ...problems.map((one) => `  - ${one}`)].join('\n');
}
