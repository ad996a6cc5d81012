import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { rootCertificates } from 'node:tls';
import { afterAll, describe, expect, test } from 'vitest';
import { BadConfig, keyFileFor, loadConfig, readConfig } from './config.ts';
import { SECRETS } from './secrets/given.ts';

const folder = mkdtempSync(join(tmpdir(), 'comanda-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const KEY = {
  kty: 'OKP',
  crv: 'Ed25519',
  x: 'x'.repeat(43),
  d: 'd'.repeat(43),
  kid: 'key-of-2026',
  from: '2026-01-01T00:00:00.000Z',
};
const AUTH_KEYS = JSON.stringify({ keys: [KEY] });
const PRODUCTION = { NODE_ENV: 'production', AUTH_KEYS };

/** The sentences that a configuration is refused with. */
function problemsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (!(error instanceof BadConfig)) throw error;
    return error.message.split('\n  - ').slice(1);
  }
}

function fileWith(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe('a configuration of nothing', () => {
  test('is that of a machine of its own', () => {
    expect(readConfig({})).toEqual({
      production: false,
      port: 4000,
      host: '127.0.0.1',
      dataDir: resolve('data'),
      filesDir: resolve('data/files'),
      databaseUrl: `sqlite:${resolve('data/comanda.sqlite')}`,
      publicUrl: undefined,
      corsOrigins: [],
      trustProxy: [],
      allowedHosts: ['localhost', '127.0.0.1', '[::1]', '127.0.0.1'],
      logLevel: 'warn',
      floodLimit: 600,
      quotaPreset: 'service',
      shiftGate: 'enforced',
      keys: { file: resolve('data/auth-keys.json'), mayMake: true },
    });
  });

  test('cannot be changed once it is read', () => {
    expect(Object.isFrozen(readConfig({}))).toBe(true);
  });

  test('is the same when everything is set to nothing', () => {
    const empty = { PORT: '', HOST: '', DATABASE_URL: '', CORS_ORIGINS: '', AUTH_KEYS: '' };

    expect(readConfig(empty)).toEqual(readConfig({}));
  });
});

describe('a configuration of everything', () => {
  test('is read as it is written', () => {
    const config = readConfig({
      NODE_ENV: 'production',
      PORT: '0',
      HOST: '0.0.0.0',
      DATA_DIR: '/var/lib/comanda',
      DATABASE_URL: 'mariadb://comanda:s3cret-of-ours@db.internal:3306/comanda',
      PUBLIC_URL: 'https://api.little-lemon.example',
      CORS_ORIGINS: 'https://shop.example, http://localhost:5173 ,',
      TRUST_PROXY: '10.0.0.0/8,fd00::/8',
      ALLOWED_HOSTS: 'API.internal, lb.internal',
      LOG_LEVEL: 'error',
      FLOOD_LIMIT: '50',
      QUOTA_PRESET: 'strict',
      SHIFT_GATE: 'warn',
      REDIS_URL: 'redis://:s3cret-of-ours@cache.internal:6379/3',
      METRICS_TOKEN: 'a token of sixteen',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector.internal:4318',
      OTEL_SERVICE_NAME: 'trattoria',
      AUTH_KEYS,
    });

    expect(config).toMatchObject({
      production: true,
      port: 0,
      dataDir: '/var/lib/comanda',
      databaseUrl: 'mariadb://comanda:s3cret-of-ours@db.internal:3306/comanda',
      corsOrigins: ['https://shop.example', 'http://localhost:5173'],
      trustProxy: ['10.0.0.0/8', 'fd00::/8'],
      logLevel: 'error',
      floodLimit: 50,
      quotaPreset: 'strict',
      shiftGate: 'warn',
      redisUrl: 'redis://:s3cret-of-ours@cache.internal:6379/3',
      metricsToken: 'a token of sixteen',
      tracing: { endpoint: 'http://collector.internal:4318', service: 'trattoria' },
      keys: { given: { keys: [KEY] } },
    });
    expect(config.allowedHosts).toEqual(
      expect.arrayContaining([
        'localhost',
        'api.little-lemon.example',
        'api.internal',
        'lb.internal',
      ]),
    );
  });

  test('in production logs more than on a desk', () => {
    expect(readConfig(PRODUCTION).logLevel).toBe('info');
  });
});

describe('a configuration with mistakes', () => {
  test('is refused with all of them at once, each in a sentence', () => {
    const problems = problemsOf({
      NODE_ENV: 'staging',
      PORT: '70000',
      DATABASE_URL: 'postgres://db/comanda',
      CORS_ORIGINS: '*',
      TRUST_PROXY: '1',
      LOG_LEVEL: 'loud',
      FLOOD_LIMIT: '0',
      QUOTA_PRESET: 'none',
      SHIFT_GATE: 'shut',
      AUTH_KEYS: '{}',
    });
    const named = problems.map((problem) => problem.split(/[: ]/, 1)[0]);

    expect(new Set(named)).toEqual(
      new Set([
        'AUTH_KEYS',
        'CORS_ORIGINS',
        'DATABASE_URL',
        'FLOOD_LIMIT',
        'QUOTA_PRESET',
        'SHIFT_GATE',
        'LOG_LEVEL',
        'NODE_ENV',
        'PORT',
        'TRUST_PROXY',
      ]),
    );
    expect(problems).toHaveLength(10);
    expect(problems.filter((problem) => !problem.endsWith('.'))).toEqual([]);
  });

  test.each(['-1', '65536', '80.5', 'http'])('the port %j', (PORT) => {
    expect(problemsOf({ PORT })).toHaveLength(1);
  });

  test.each([
    '1',
    '2',
    'true',
    'loopback',
    '10.0.0.1',
    '10.0.0.0/33',
    '10.0.0.0/',
    '300.0.0.0/8',
    'fd00::/129',
    '*',
  ])('T23 the proxy %j is refused, with what to write instead', (TRUST_PROXY) => {
    expect(problemsOf({ TRUST_PROXY })).toEqual([
      `TRUST_PROXY: ${TRUST_PROXY} is no CIDR such as 10.0.0.0/8; a number of hops would trust nobody.`,
    ]);
  });

  test.each([
    '*',
    'null',
    'shop.example',
    'https://shop.example/',
    'https://shop.example/path',
    'https://*.shop.example',
    'https://SHOP.example',
    'https://user:password@shop.example',
    'https://shop.example:443',
    'ftp://shop.example',
    'file:///etc/passwd',
    'javascript:alert(1)',
  ])('T18 the origin %j', (origin) => {
    expect(problemsOf({ CORS_ORIGINS: `https://ours.example,${origin}` })).toHaveLength(1);
  });

  test.each(['comanda.sqlite', 'mysql:comanda', 'mysql://%zz@db/comanda', 'http://db/comanda'])(
    'the database %j',
    (DATABASE_URL) => {
      expect(problemsOf({ DATABASE_URL }).length).toBeGreaterThan(0);
    },
  );
});

describe('a secret from a file', () => {
  test('is read without the line break at its end', () => {
    const url = 'mysql://comanda:of-ours@db/comanda';

    const config = readConfig({ DATABASE_URL_FILE: fileWith('url', `${url}\n`) });
    const other = readConfig({ DATABASE_URL_FILE: fileWith('url-crlf', `${url}\r\n`) });

    expect([config.databaseUrl, other.databaseUrl]).toEqual([url, url]);
  });

  test('loses no more than one line break', () => {
    const config = readConfig({ DATABASE_URL_FILE: fileWith('url-2', 'sqlite:/data/a\n\n') });

    expect(config.databaseUrl).toBe('sqlite:/data/a\n');
  });

  test('of keys is followed where it lies', () => {
    const file = fileWith('keys.json', `${AUTH_KEYS}\n`);

    expect(readConfig({ AUTH_KEYS_FILE: file }).keys).toEqual({ file, mayMake: false });
  });

  test.each(SECRETS)('%s of an empty file is not simply left out', (name) => {
    expect(problemsOf({ [`${name}_FILE`]: fileWith('empty', '\n') })).toEqual([
      `${name}_FILE names a file that is empty.`,
    ]);
  });

  test.each(['AUTH_KEYS', 'DATABASE_URL'])('T44 and %s itself are not both set', (name) => {
    const file = fileWith('both', 'sqlite::memory:');

    expect(problemsOf({ [name]: 'sqlite::memory:', [`${name}_FILE`]: file })).toContain(
      `${name} and ${name}_FILE are both set: keep one.`,
    );
  });

  test.each(['AUTH_KEYS', 'DATABASE_URL'])(
    '%s that cannot be read is named, not its path',
    (name) => {
      const problems = problemsOf({ [`${name}_FILE`]: join(folder, 'not-there') });

      expect(problems).toContain(`${name}_FILE names a file that cannot be read.`);
      expect(problems.join()).not.toContain(folder);
    },
  );
});

describe('S2-21 a secret from a store', () => {
  const AUTH_KEYS_FROM = 'ssm:/comanda/auth-keys';
  const fetched = { values: { AUTH_KEYS }, problems: [] };

  test('is taken as the environment would give it, and can be asked for again', () => {
    const { keys } = readConfig({ NODE_ENV: 'production', AUTH_KEYS_FROM }, fetched);

    expect(keys).toEqual({ given: { keys: [KEY] }, again: expect.any(Function) });
  });

  test.each(SECRETS)('%s that nobody asked for is no default', (name) => {
    expect(problemsOf({ [`${name}_FROM`]: 'ssm:/secret' })).toEqual([
      `${name}_FROM names a store, and nobody asked it.`,
    ]);
  });

  test('that was not had is told once', () => {
    const problems = ['AUTH_KEYS_FROM: ssm:/comanda/auth-keys is empty.'];
    const env = { NODE_ENV: 'production', AUTH_KEYS_FROM };

    expect(() => readConfig(env, { values: {}, problems })).toThrow(new BadConfig(problems));
  });

  test('T44 and the same from elsewhere are refused before anybody is asked', async () => {
    const env = { AUTH_KEYS_FROM, AUTH_KEYS, AUTH_KEYS_FILE: fileWith('all', AUTH_KEYS) };

    await expect(loadConfig(env)).rejects.toThrow(
      new BadConfig(['AUTH_KEYS, AUTH_KEYS_FILE and AUTH_KEYS_FROM are all set: keep one.']),
    );
  });

  test('is no place for new keys', () => {
    expect(keyFileFor({ AUTH_KEYS_FROM })).toBeUndefined();
  });
});

describe('TLS to the database', () => {
  const DATABASE_URL = 'mariadb://comanda:of-ours@db.internal/comanda';
  const onServer = (env: Record<string, string>) => ({ DATABASE_URL, ...env });

  test.each([
    ['', undefined],
    ['off', undefined],
    ['required', { verify: 'nothing' }],
    ['verify-ca', { verify: 'issuer' }],
    ['verify-identity', { verify: 'identity' }],
  ])('%j is read as it is written', (DATABASE_TLS, tls) => {
    expect(readConfig(onServer({ DATABASE_TLS })).databaseTls).toEqual(tls);
  });

  test('comes with the CA of a file', () => {
    const ca = rootCertificates.slice(0, 2).join('\n');
    const DATABASE_CA_FILE = fileWith('ca.pem', ca);

    const config = readConfig(onServer({ DATABASE_TLS: 'verify-ca', DATABASE_CA_FILE }));

    expect(config.databaseTls).toEqual({ verify: 'issuer', ca });
  });

  test.each([
    [{ DATABASE_TLS: 'yes' }, /^DATABASE_TLS: /],
    [{ DATABASE_CA_FILE: '/ca.pem' }, /^DATABASE_CA_FILE is looked at where DATABASE_TLS/],
    [
      { DATABASE_TLS: 'required', DATABASE_CA_FILE: '/ca.pem' },
      /^DATABASE_CA_FILE is looked at where DATABASE_TLS/,
    ],
    [{ DATABASE_TLS: 'verify-ca', DATABASE_CA_FILE: '/nowhere' }, /cannot be read/],
    [{ DATABASE_TLS: 'required', DATABASE_URL: 'sqlite:/data/a' }, /is for a database server/],
    [{ DATABASE_URL: `${DATABASE_URL}?ssl-mode=REQUIRED` }, /^DATABASE_URL: .*DATABASE_TLS/],
    [
      { DATABASE_TLS: 'verify-identity', DATABASE_URL: 'mysql://a:b@10.0.0.7/c' },
      /needs a host name/,
    ],
    [
      { DATABASE_TLS: 'verify-identity', DATABASE_URL: 'mysql://a:b@[fd00::7]/c' },
      /needs a host name/,
    ],
  ])('T44 %j is refused, not half done', (env: Record<string, string>, sentence) => {
    expect(problemsOf(onServer(env))).toEqual([expect.stringMatching(sentence)]);
  });

  test('takes no CA from a file without one', () => {
    const DATABASE_CA_FILE = fileWith('no-ca.pem', 'canary');

    expect(problemsOf(onServer({ DATABASE_TLS: 'verify-ca', DATABASE_CA_FILE }))).toEqual([
      'DATABASE_CA_FILE names a file that cannot be read, or holds no certificate.',
    ]);
  });
});

describe('S0-50 S1-32 T44 production', () => {
  test('needs keys of its own', () => {
    expect(problemsOf({ NODE_ENV: 'production' })).toEqual([
      'AUTH_KEYS (or AUTH_KEYS_FILE) is missing: `comanda-server rotate-keys --file …` makes one.',
    ]);
  });

  test('refuses the key of an example', () => {
    const keys = JSON.stringify({ keys: [{ ...KEY, kid: 'sample-key' }] });

    expect(problemsOf({ ...PRODUCTION, AUTH_KEYS: keys })).toEqual([
      'AUTH_KEYS holds a key from an example: make one of your own.',
    ]);
    expect(problemsOf({ AUTH_KEYS: keys })).toEqual([]);
  });

  test.each(['', 'password', 'secret', 'changeme', 'change-me', 'ROOT', 'comanda', 'c%6fmanda'])(
    'refuses the database password %j',
    (password) => {
      const DATABASE_URL = `mysql://comanda:${password}@db/comanda`;

      expect(problemsOf({ ...PRODUCTION, DATABASE_URL })).toEqual([
        'DATABASE_URL carries no password, or one from an example.',
      ]);
      expect(problemsOf({ DATABASE_URL })).toEqual([]);
    },
  );

  test('asks SQLite for no password', () => {
    expect(problemsOf({ ...PRODUCTION, DATABASE_URL: 'sqlite:/data/comanda.sqlite' })).toEqual([]);
  });
});

describe('P34 a secret that is refused', () => {
  const CANARY = 'canaryQ7x';
  test.each([
    { AUTH_KEYS: CANARY },
    { AUTH_KEYS: JSON.stringify({ keys: [{ ...KEY, d: CANARY }] }) },
    { DATABASE_URL: `postgres://comanda:${CANARY}@db/comanda` },
    { REDIS_URL: `redis://:${CANARY}@cache/comanda` },
    { REDIS_URL: `redis://:${CANARY}@cache/3?db=4` },
    { REDIS_URL: `https://:${CANARY}@cache` },
    { METRICS_TOKEN: CANARY.slice(0, 5) },
    { DATABASE_URL: `mysql://comanda:${CANARY}%zz@db/comanda` },
    { DATABASE_URL: CANARY },
  ])('is not repeated: %j', (env) => {
    const problems = problemsOf(env);

    expect(problems.length).toBeGreaterThan(0);
    expect(problems.join()).not.toContain(CANARY);
  });
});
