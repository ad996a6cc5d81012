import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { newKeySet } from '@comanda/domains/auth/credentials/keys';
import { describe, expect, test } from 'vitest';
import { openStores } from './aws.ts';
import { command, dataFolder, refusedStart, REPOSITORY, startServer } from './server.ts';

const NOBODY_LISTENS = 'http://127.0.0.1:1';
const WITHOUT_AWS = pathToFileURL(join(REPOSITORY, 'tests/faults/without-aws.mjs')).href;

/** What a start is refused with: these sentences, one by one, and nothing else. */
function refusedWith(...sentences: string[]) {
  const lines = sentences.map((sentence) => `  - ${sentence}\n`);
  const output = `The configuration cannot be used:\n${lines.join('')}`;
  return { code: 1, signal: null, output };
}

async function kidsOf(url: string): Promise<string[]> {
  const answer = await fetch(`${url}/.well-known/jwks.json`);
  const { keys } = (await answer.json()) as { keys: { kid: string }[] };
  return keys.map(({ kid }) => kid);
}

describe('secrets in the stores of AWS', () => {
  test('S2-21 a server starts with them, follows its keys there, and keeps them while the store is away', async () => {
    using folder = dataFolder();
    const keys = await newKeySet(new Date());
    const others = { keys: [...keys.keys, ...(await newKeySet(new Date())).keys] };
    const token = 'canary-of-the-metrics';
    await using stores = await openStores({
      'ssm /comanda/auth-keys': JSON.stringify(keys),
      'secretsmanager comanda/all': JSON.stringify({ 'metrics-token': token }),
    });
    const env = {
      ...stores.env,
      NODE_ENV: 'production',
      AUTH_KEYS_FROM: 'ssm:/comanda/auth-keys',
      METRICS_TOKEN_FROM: 'secretsmanager:comanda/all#metrics-token',
    };

    await using server = await startServer({ dataDir: folder.path, env });
    await server.said(/the signing keys were read/);
    const atFirst = await kidsOf(server.url);
    const metrics = await Promise.all(
      [token, 'another-token-of-16'].map((shown) =>
        fetch(`${server.url}/metrics`, { headers: { authorization: `Bearer ${shown}` } }),
      ),
    );
    stores.kept['ssm /comanda/auth-keys'] = JSON.stringify(others);
    server.kill('SIGHUP');
    await server.said(/(the signing keys were read[^]*){2}/);
    const turned = await kidsOf(server.url);
    stores.kept['ssm /comanda/auth-keys'] = { error: 'AccessDeniedException' };
    server.kill('SIGHUP');
    await server.said(/those from before stay in force/);
    const meanwhile = await kidsOf(server.url);

    expect(atFirst).toEqual(keys.keys.map(({ kid }) => kid));
    expect(metrics.map(({ status }) => status)).toEqual([200, 404]);
    expect(turned).toEqual(others.keys.map(({ kid }) => kid));
    expect(meanwhile).toEqual(turned);
    expect(server.output()).not.toContain('canary');
  });

  test('S2-21 config check asks for them, tells where they are and nothing of what they are', async () => {
    using folder = dataFolder();
    const kept = { url: 'mariadb://comanda:canary-password@127.0.0.1/comanda', token: 'canary' };
    await using stores = await openStores({ 'secretsmanager comanda': JSON.stringify(kept) });
    const env = {
      ...stores.env,
      DATABASE_URL_FROM: 'secretsmanager:comanda#url',
      METRICS_TOKEN_FROM: 'secretsmanager:comanda#token',
    };

    const { code, output } = await command(['config', 'check', '--json'], {
      dataDir: folder.path,
      env,
    });

    expect(code).toBe(1);
    expect(JSON.parse(output)).toMatchObject({
      settings: expect.arrayContaining([
        { name: 'DATABASE_URL', value: 'set', from: 'secretsmanager:comanda#url' },
        { name: 'METRICS_TOKEN', value: 'set', from: 'secretsmanager:comanda#token' },
      ]),
      problems: ['METRICS_TOKEN: is too short to be a secret: at least 16 characters.'],
    });
    expect(output).not.toContain('canary');
    expect(stores.asked).toEqual(['secretsmanager comanda']);
  });
});

describe.concurrent('S2-21 T44 a start is refused, in sentences without a value, when', () => {
  test('secrets are denied, not there, empty, given twice, and no place at all', async () => {
    using folder = dataFolder();
    await using stores = await openStores({
      'ssm /comanda/auth-keys': { error: 'AccessDeniedException' },
      'ssm /comanda/metrics': ' ',
    });

    const both = await refusedStart({
      dataDir: folder.path,
      env: {
        ...stores.env,
        NODE_ENV: 'production',
        AUTH_KEYS_FROM: 'ssm:/comanda/auth-keys',
        DATABASE_URL: 'mariadb://comanda:canary-password@127.0.0.1/comanda',
        DATABASE_URL_FROM: 'ssm:/comanda/database',
        METRICS_TOKEN_FROM: 'ssm:/comanda/metrics',
        REDIS_URL_FROM: 'redis://:canary@127.0.0.1:6379',
      },
    });
    const absent = await refusedStart({
      dataDir: folder.path,
      env: {
        ...stores.env,
        AUTH_KEYS_FROM: 'secretsmanager:comanda/none',
        REDIS_URL_FROM: 'ssm:/comanda/none',
      },
    });

    expect({ ...both, output: both.output.split('\n').toSorted() }).toEqual({
      ...refusedWith(),
      output: refusedWith(
        'AUTH_KEYS_FROM: ssm:/comanda/auth-keys may not be read from here: allow it to the role of this server, its KMS key too.',
        'METRICS_TOKEN_FROM: ssm:/comanda/metrics is empty.',
        'REDIS_URL_FROM names no place such as ssm:/comanda/secret or secretsmanager:comanda/secret#key.',
        'DATABASE_URL and DATABASE_URL_FROM are both set: keep one.',
      )
        .output.split('\n')
        .toSorted(),
    });
    expect(absent.output.split('\n').toSorted()).toEqual(
      refusedWith(
        'AUTH_KEYS_FROM: secretsmanager:comanda/none is not there: look at its name, at AWS_REGION and at the account.',
        'REDIS_URL_FROM: ssm:/comanda/none is not there: look at its name, at AWS_REGION and at the account.',
      )
        .output.split('\n')
        .toSorted(),
    );
    expect(stores.asked).not.toContain('ssm /comanda/database');
  });

  test('a secret is one from an example', async () => {
    using folder = dataFolder();
    const rds = { engine: 'mariadb', username: 'comanda', host: '127.0.0.1', dbname: 'comanda' };
    await using stores = await openStores({
      'ssm /keys': JSON.stringify(await newKeySet(new Date())),
      'secretsmanager rds': JSON.stringify({ ...rds, password: 'changeme' }),
    });

    const exit = await refusedStart({
      dataDir: folder.path,
      env: {
        ...stores.env,
        NODE_ENV: 'production',
        AUTH_KEYS_FROM: 'ssm:/keys',
        DATABASE_URL_FROM: 'secretsmanager:rds',
      },
    });

    expect(exit).toEqual(refusedWith('DATABASE_URL carries no password, or one from an example.'));
  });

  test('nobody listens where the store is', async () => {
    using folder = dataFolder();
    await using stores = await openStores({});
    const env = { ...stores.env, AWS_ENDPOINT_URL: NOBODY_LISTENS, AUTH_KEYS_FROM: 'ssm:/keys' };

    const exit = await refusedStart({ dataDir: folder.path, env });

    expect(exit).toEqual(refusedWith('AUTH_KEYS_FROM: ssm:/keys was not given (ECONNREFUSED).'));
  });

  test('the store takes the question and does not answer', async () => {
    using folder = dataFolder();
    await using stores = await openStores({ 'ssm /keys': 'silence' });

    const exit = await refusedStart({
      dataDir: folder.path,
      env: { ...stores.env, AUTH_KEYS_FROM: 'ssm:/keys' },
    });

    expect(exit).toEqual(
      refusedWith('AUTH_KEYS_FROM: ssm:/keys was not given in time: the store does not answer.'),
    );
  });

  test.each([
    [
      'there are no credentials',
      { AWS_ACCESS_KEY_ID: '' },
      'cannot be asked for: AWS finds no credentials here',
    ],
    [
      'the credentials are somebody else’s',
      { AWS_SECRET_ACCESS_KEY: 'not-mine' },
      'cannot be asked for: AWS does not accept the credentials that are here',
    ],
    [
      'no region is named',
      { AWS_REGION: '' },
      'cannot be asked for: AWS_REGION is not set, or names no region',
    ],
    [
      'the packages of AWS are not installed',
      { NODE_OPTIONS: `--import=${WITHOUT_AWS}` },
      'needs @aws-sdk/client-ssm, which is not installed: `npm ci` brings it, unless told to omit what is optional',
    ],
  ])('%s', async (_, changed, sentence) => {
    using folder = dataFolder();
    await using stores = await openStores({ 'ssm /keys': 'canary' });

    const exit = await refusedStart({
      dataDir: folder.path,
      env: { ...stores.env, AUTH_KEYS_FROM: 'ssm:/keys', ...changed },
    });

    expect(exit).toEqual(refusedWith(`AUTH_KEYS_FROM: ssm:/keys ${sentence}.`));
  });
});
