import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Environment } from '../config.ts';
import { checkConfig } from './config-check.ts';

async function settingIn(env: Record<string, string>, name: string) {
  return (await checkConfig(env)).settings.find((setting) => setting.name === name);
}

describe('config check', () => {
  test('tells every setting once, with what holds where nothing is set', async () => {
    const { settings, problems } = await checkConfig({});

    expect(problems).toEqual([]);
    expect(settings.map(({ name }) => name)).toEqual(Object.keys(Environment.shape));
    expect(new Set(settings.map(({ from }) => from))).toEqual(new Set(['default']));
    expect(Object.fromEntries(settings.map(({ name, value }) => [name, value]))).toMatchObject({
      PORT: '4000',
      LOG_LEVEL: 'warn',
      CORS_ORIGINS: 'none',
      PUBLIC_URL: 'not set',
      AUTH_KEYS: 'not set',
      FILES_DIR: resolve('data/files'),
      DATABASE_URL: `sqlite:${resolve('data/comanda.sqlite')}`,
    });
  });

  test('tells what the environment says; empty is not set', async () => {
    expect(await settingIn({ PORT: '80' }, 'PORT')).toEqual({
      name: 'PORT',
      value: '80',
      from: 'environment',
    });
    expect(await settingIn({ PORT: '' }, 'PORT')).toMatchObject({ value: '4000', from: 'default' });
    expect(await settingIn({ DATA_DIR: '/srv/c' }, 'FILES_DIR')).toMatchObject({
      value: '/srv/c/files',
    });
  });

  test('T44 tells of a secret only that it is set, and whether a file holds it', async () => {
    const env = {
      REDIS_URL: 'redis://:canary-redis@127.0.0.1:6379/3',
      METRICS_TOKEN: 'canary-metrics-token',
      DATABASE_URL: 'mariadb://comanda:canary-database@127.0.0.1/comanda',
      AUTH_KEYS_FILE: '/nowhere/canary-keys',
    };

    const checked = await checkConfig(env);

    expect(JSON.stringify(checked)).not.toContain('canary');
    expect(checked.settings.filter(({ value }) => value === 'set')).toEqual([
      { name: 'DATABASE_URL', value: 'set', from: 'environment' },
      { name: 'REDIS_URL', value: 'set', from: 'environment' },
      { name: 'METRICS_TOKEN', value: 'set', from: 'environment' },
      { name: 'AUTH_KEYS', value: 'set', from: 'file' },
    ]);
  });

  test('tells every problem at once, and the settings all the same', async () => {
    const { settings, problems } = await checkConfig({
      PORT: 'eighty',
      LOG_LEVEL: 'loud',
      REDIS_URL: 'redis://canary:canary@[',
      DATABASE_URL_FILE: '/nowhere',
    });

    expect(problems.map((problem) => problem.split(/[: ]/, 1)[0] ?? '').toSorted()).toEqual([
      'DATABASE_URL_FILE',
      'LOG_LEVEL',
      'PORT',
      'REDIS_URL',
    ]);
    expect(JSON.stringify(problems)).not.toContain('canary');
    expect(settings).toContainEqual({ name: 'PORT', value: 'eighty', from: 'environment' });
  });

  test('S2-21 tells the place of a secret, and nothing of what is no place', async () => {
    const places = { AUTH_KEYS_FROM: 'canary', METRICS_TOKEN_FROM: 'vault:canary' };

    const checked = await checkConfig(places);

    expect(JSON.stringify(checked)).not.toContain('canary');
    expect(checked.settings.filter(({ value }) => value === 'set')).toEqual([
      { name: 'METRICS_TOKEN', value: 'set', from: 'a place that is none' },
      { name: 'AUTH_KEYS', value: 'set', from: 'a place that is none' },
    ]);
    expect(checked.problems).toHaveLength(2);
  });
});
