import { once } from 'node:events';
import { connect as dial, createServer, type AddressInfo, type Socket } from 'node:net';
import type { Fault } from '@comanda/client';
import { connect } from '@comanda/storage/connect';
import { createSchema } from '@comanda/storage/scratch';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findMariadbd, type Mariadb, startMariadb } from '../mariadb/server.ts';
import { openCluster } from './cluster.ts';
import { dataFolder, type Server, startServer } from './server.ts';
import { smallDisk } from './small-disk.ts';

const SOON = { timeout: 60_000, interval: 50 };
const READY = { status: 200, body: { status: 'ready' } };
const unready = (...reasons: string[]) => ({
  status: 503,
  body: { status: 'unavailable', reasons },
});

async function readyAt({ url }: { url: string }) {
  const answer = await fetch(`${url}/ready`);
  return { status: answer.status, body: await answer.json() };
}

/** The code that a change is refused with, or `ok`. */
async function changed(server: Server, token: string): Promise<string> {
  return server
    .client(token)
    .auth.passes.issue.mutate({ label: 'Screen' })
    .then(
      () => 'ok',
      (error: unknown) => (error as Fault).reason,
    );
}

const disk = smallDisk(32);
afterAll(() => disk?.[Symbol.dispose]());

// Where nobody may mount a disk there is none to fill.
describe.each(disk ? [disk] : [])('T43 a disk without room', (disk) => {
  test('takes the server out until there is room again, and reading goes on', async () => {
    await using server = await startServer({ dataDir: disk.path });
    const { accessToken } = await server.signIn('manager');
    const before = await readyAt(server);

    disk.fill();
    await expect.poll(() => changed(server, accessToken), SOON).toBe('STORAGE_FULL');
    await expect.poll(() => readyAt(server), SOON).toEqual(unready('disk'));
    const people = await server.client(accessToken).people.list.query();
    const fullStill = await readyAt(server);
    disk.empty();
    await expect.poll(() => readyAt(server), SOON).toEqual(READY);
    const after = await changed(server, accessToken);

    expect(before).toEqual(READY);
    expect(fullStill).toEqual(unready('disk'));
    expect(people.items.length).toBeGreaterThan(0);
    expect(after).toBe('ok');
  });
});

const mariadbd = findMariadbd();
describe.each(mariadbd === null ? [] : [mariadbd])('a database server', (mariadbd) => {
  let mariadb: Mariadb;
  beforeAll(async () => {
    mariadb = await startMariadb(mariadbd, { durable: false });
  });
  afterAll(() => mariadb?.stop());

  test('that takes no changes any more takes the server out until it does', async () => {
    await using cluster = await openCluster(mariadb);
    const password = await cluster.createAdmin('olga');
    const [server] = await cluster.start(1);
    if (!server) throw new Error('there is no server');
    const { accessToken } = await server
      .client()
      .auth.login.mutate({ identifier: 'olga', password });
    const root = await connect(new URL('mysql', mariadb.url).href, []);
    const ask = (sql: string) => root.orm.em.getConnection().execute(sql);

    await ask('set global read_only = 1');
    const refused = await changed(server, accessToken);
    await expect.poll(() => readyAt(server), SOON).toEqual(unready('read_only'));
    await ask('set global read_only = 0');
    await expect.poll(() => readyAt(server), SOON).toEqual(READY);
    const after = await changed(server, accessToken);
    await root.close();

    expect(refused).toBe('DB_UNAVAILABLE');
    expect(after).toBe('ok');
  });

  test('that is gone takes the server out until it is back, while it stays alive', async () => {
    using folder = dataFolder();
    const { port, pathname, username } = new URL(await createSchema(mariadb.url, 'gone'));
    await using line = await lineThatBreaks(Number(port));
    const DATABASE_URL = `mariadb://${username}@127.0.0.1:${line.port}${pathname}`;
    await using server = await startServer({ dataDir: folder.path, env: { DATABASE_URL } });

    await line.break();
    await expect.poll(() => readyAt(server), SOON).toEqual(unready('database'));
    const health = await fetch(`${server.url}/health`);
    await line.mend();
    await expect.poll(() => readyAt(server), SOON).toEqual(READY);

    expect(health.status).toBe(200);
  });
});

/** A line to that port on which, when it is broken, nobody answers. */
async function lineThatBreaks(far: number) {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
  };
  const line = createServer((near) => {
    const there = dial(far, '127.0.0.1');
    keep(near);
    keep(there);
    near.pipe(there).pipe(near);
    there.once('close', () => near.destroy());
    near.once('close', () => there.destroy());
  });
  const mend = async (port: number) => {
    line.listen(port, '127.0.0.1');
    await once(line, 'listening');
    return (line.address() as AddressInfo).port;
  };
  const cut = async () => {
    const closed = once(line, 'close');
    line.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  const port = await mend(0);
  return {
    port,
    break: cut,
    mend: () => mend(port),
    [Symbol.asyncDispose]: async () => {
      if (line.listening) await cut();
    },
  };
}
