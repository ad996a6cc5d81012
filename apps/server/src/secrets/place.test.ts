import { describe, expect, test } from 'vitest';
import { addressOf, placeIn, valueAt } from './place.ts';

describe('S2-21 the place of a secret', () => {
  test.each([
    ['ssm:/comanda/auth-keys', { store: 'ssm', name: '/comanda/auth-keys', key: undefined }],
    ['secretsmanager:comanda/db#url', { store: 'secretsmanager', name: 'comanda/db', key: 'url' }],
    [
      'secretsmanager:rds!cluster-1',
      { store: 'secretsmanager', name: 'rds!cluster-1', key: undefined },
    ],
    [
      'secretsmanager:arn:aws:secretsmanager:eu-central-1:123456789012:secret:comanda-AbCdEf#a.b',
      {
        store: 'secretsmanager',
        name: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:comanda-AbCdEf',
        key: 'a.b',
      },
    ],
  ])('%s is one', (text, place) => {
    expect(placeIn(text)).toEqual(place);
  });

  test.each([
    '',
    'ssm:',
    'ssm:/comanda key',
    'ssm:/comanda#',
    'ssm:/comanda#a#b',
    'SSM:/comanda',
    'vault:comanda',
    'aws-ssm:/comanda',
    '/comanda/auth-keys',
    '{"keys":[]}',
    'ssm:/comanda\n',
  ])('%j is none', (text) => {
    expect(placeIn(text)).toBeUndefined();
  });
});

describe('S2-21 what lies there', () => {
  const whole = { store: 'ssm', name: 'n', key: undefined } as const;
  const part = { store: 'ssm', name: 'n', key: 'url' } as const;

  test('is the text as it is, or one text of a JSON object', () => {
    expect(valueAt(whole, ' {"url":1}\n')).toBe(' {"url":1}\n');
    expect(valueAt(part, '{"url":"sqlite:a"}')).toBe('sqlite:a');
    expect(valueAt(part, '{"url":3}')).toBe('3');
  });

  test.each(['{}', '{"url":null}', '{"url":{}}', '[]', 'null', '"url"', 'no json'])(
    'is nothing in %s',
    (text) => {
      expect(valueAt(part, text)).toBeUndefined();
    },
  );
});

describe('S2-21 what RDS keeps', () => {
  const kept = {
    engine: 'mysql',
    username: 'comanda',
    password: '%/@:#? ü',
    host: 'db.example',
    dbname: 'lemon',
  };

  test('becomes an address, whatever the password is made of', () => {
    const url = new URL(addressOf(JSON.stringify({ ...kept, port: 3307 })) ?? '');

    expect(url.href).toMatch(/^mysql:\/\/comanda:[^@]+@db\.example:3307\/lemon$/);
    expect(decodeURIComponent(url.password)).toBe(kept.password);
    expect(addressOf(JSON.stringify({ ...kept, engine: 'mariadb' }))).toMatch(
      /^mariadb:.*:3306\/lemon$/,
    );
    expect(addressOf('mariadb://a:b@c/d')).toBe('mariadb://a:b@c/d');
  });

  test.each(['engine', 'username', 'password', 'host', 'dbname'])('is none without %s', (name) => {
    expect(addressOf(JSON.stringify({ ...kept, [name]: undefined }))).toBeUndefined();
  });

  test('is none of another engine', () => {
    expect(addressOf(JSON.stringify({ ...kept, engine: 'postgres' }))).toBeUndefined();
  });
});
