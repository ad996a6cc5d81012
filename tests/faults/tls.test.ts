import { connect, type Tls } from '@comanda/storage/connect';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findMariadbd, type Mariadb, startMariadb } from '../mariadb/server.ts';
import { authority, type Certificate, certificateOf, textOf } from './certificates.ts';
import { command, dataFolder, startServer } from './server.ts';

const USER = 'create user lemon@"%" identified by "of-ours" require ssl';
const SCHEMES = ['mariadb', 'mysql'];

const folder = dataFolder();
let mariadb: Mariadb;
let port: string;
let ours: Certificate;
let theirs: Certificate;

// It takes nothing that is not encrypted, and shows a certificate of ours, made for localhost.
beforeAll(async () => {
  const found = findMariadbd();
  if (found === null) throw new Error('the configuration of the tests leaves this file out then');
  ours = authority(folder.path, 'ours');
  theirs = authority(folder.path, 'theirs');
  const { certificate, key } = certificateOf('localhost', ours, folder.path);
  mariadb = await startMariadb(found, {
    durable: false,
    arguments: [
      `--ssl-cert=${certificate}`,
      `--ssl-key=${key}`,
      '--require-secure-transport=ON',
      '--tls-version=TLSv1.2,TLSv1.3',
    ],
  });
  ({ port } = new URL(mariadb.url));
  await asked(`mariadb://root@127.0.0.1:${port}/mysql`, { verify: 'nothing' }, [
    'create database lemon',
    USER,
    'grant all on lemon.* to lemon@"%"',
  ]);
});
afterAll(async () => {
  await mariadb?.stop();
  folder[Symbol.dispose]();
});

/** What the last of these statements answers, on a connection of our own. */
async function asked(url: string, tls: Tls | undefined, statements: string[]) {
  const database = await connect(url, [], tls);
  try {
    let rows: Record<string, unknown>[] = [];
    for (const sql of statements) rows = await database.orm.em.getConnection().execute(sql);
    return rows;
  } finally {
    await database.close();
  }
}

const urlAt = (host: string, scheme = 'mariadb') =>
  `${scheme}://lemon:of-ours@${host}:${port}/lemon`;

/** How bringing the database up to date ends, with these settings. */
function migrated(env: Record<string, string>) {
  return command(['migrate'], { dataDir: folder.path, env });
}

/** Without a word of the inside. */
const told = (sentence: string) => ({ code: 1, signal: null, output: `${sentence}\n` });

const UNTRUSTED =
  'The certificate of the database server is not one that is trusted here: DATABASE_CA_FILE has to hold who issued it, and verify-identity wants the host of DATABASE_URL in it.';

describe('a database server that takes nothing unencrypted', () => {
  test('is served from, by a server that knows who issued its certificate', async () => {
    const env = {
      DATABASE_URL: urlAt('localhost'),
      DATABASE_TLS: 'verify-identity',
      DATABASE_CA_FILE: ours.certificate,
    };

    await using server = await startServer({ dataDir: folder.path, env });

    expect((await fetch(`${server.url}/ready`)).status).toBe(200);
    expect((await server.signIn('manager')).user.role).toBe('manager');
  });

  test.each(SCHEMES)('gets a cipher from %s://, however much is verified', async (scheme) => {
    const ca = textOf(ours);
    const cipherBy = (tls: Tls) =>
      asked(urlAt('localhost', scheme), tls, ['show session status like "Ssl_cipher"']);

    const ciphers = [
      await cipherBy({ verify: 'nothing' }),
      await cipherBy({ verify: 'issuer', ca }),
      await cipherBy({ verify: 'identity', ca }),
    ];

    expect(ciphers.flat()).toEqual(
      ciphers.map(() => expect.objectContaining({ Value: expect.stringMatching(/^TLS_|GCM/) })),
    );
  });

  test('is taken by another name where only its issuer is verified, and with no CA where nothing is', async () => {
    const issuer = { DATABASE_TLS: 'verify-ca', DATABASE_CA_FILE: ours.certificate };

    const exits = [
      await migrated({ DATABASE_URL: urlAt('127.0.0.1'), ...issuer }),
      await migrated({ DATABASE_URL: urlAt('127.0.0.1', 'mysql'), DATABASE_TLS: 'required' }),
    ];

    expect(exits.map(({ code }) => code)).toEqual([0, 0]);
  });

  test('is refused where somebody unknown issued its certificate, by a CA file and without one', async () => {
    const DATABASE_TLS = 'verify-ca';

    const exits = [
      await migrated({
        DATABASE_URL: urlAt('localhost'),
        DATABASE_TLS,
        DATABASE_CA_FILE: theirs.certificate,
      }),
      await migrated({ DATABASE_URL: urlAt('localhost', 'mysql'), DATABASE_TLS }),
    ];

    expect(exits).toEqual([told(UNTRUSTED), told(UNTRUSTED)]);
  });

  test('refuses a connection that is not encrypted, in a sentence', async () => {
    const exit = await migrated({ DATABASE_URL: urlAt('127.0.0.1') });

    expect(exit).toMatchObject({
      code: 1,
      output: expect.stringMatching(/^[^\n]+ DATABASE_TLS[^\n]+\n$/),
    });
  });
});

describe('a database server with the certificate of another host', () => {
  test('is refused where that is verified, and nothing is sent to it', async () => {
    const found = findMariadbd() ?? '';
    const { certificate, key } = certificateOf('db.example', ours, folder.path);
    const other = await startMariadb(found, {
      durable: false,
      arguments: [`--ssl-cert=${certificate}`, `--ssl-key=${key}`],
    });
    const DATABASE_URL = `mariadb://root:x@localhost:${new URL(other.url).port}/mysql`;
    const DATABASE_CA_FILE = ours.certificate;

    const exit = await migrated({
      DATABASE_URL,
      DATABASE_CA_FILE,
      DATABASE_TLS: 'verify-identity',
    });

    expect(exit).toEqual(told(UNTRUSTED));
    await other.stop();
  });
});

describe('a database server without TLS', () => {
  test('is refused where TLS is asked for: nothing goes over the wire unencrypted', async () => {
    const plain = await startMariadb(findMariadbd() ?? '', {
      durable: false,
      arguments: ['--skip-ssl'],
    });

    const exit = await migrated({
      DATABASE_URL: plain.url.replace('//root@', '//root:x@') + 'mysql',
      DATABASE_TLS: 'required',
    });

    expect(exit).toEqual(
      told('The database server of DATABASE_URL offers no TLS, and DATABASE_TLS asks for it.'),
    );
    await plain.stop();
  });
});
