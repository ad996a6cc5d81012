import { readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { MINUTE, SECOND } from '@comanda/kernel/time';
import { type Client, createClient } from '@comanda/client';
import { openApp } from '@comanda/testing';
import { PASSWORD, type Person } from '@comanda/testing/given';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { inside } from '../auth/looking.ts';
import { bytesOf, picture } from '../files/samples.ts';
import { Picture } from '@comanda/domains/files/files.entity';
import { Door, lifeFor, lifeUntil } from './crashes.ts';
import { dial, listen, request } from './listening.ts';
import { KINDS, openPremises } from './premises.ts';

/** Longer than a call may take over its body. */
const SLOW_MS = 12 * SECOND;
const PIECES = 24;

describe.concurrent('an upload', () => {
  test('T22 over a slow line may take longer than a call', async () => {
    await using server = await listen();
    const { accessToken } = await server.app.session('waiter');
    const bytes = await bytesOf(await picture({ width: 300, height: 300 }));
    const headers = [`Authorization: Bearer ${accessToken}`, `Content-Length: ${bytes.length}`];
    const call = server.dial(request('POST /files', headers));

    const step = Math.ceil(bytes.length / PIECES);
    let sent = 0;
    const dripping = setInterval(() => {
      call.socket.write(bytes.subarray(sent, sent + step));
      sent += step;
    }, SLOW_MS / PIECES);
    const answer = await call.head();
    clearInterval(dripping);

    expect(sent).toBeGreaterThanOrEqual(bytes.length);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  });

  test('that breaks off leaves nothing, and is no fault of the house', async () => {
    await using app = await openApp();
    const port = Number(new URL(await app.listen()).port);
    const { accessToken } = await app.session('waiter');
    const headers = [`Authorization: Bearer ${accessToken}`, 'Content-Length: 100000'];
    const call = dial(port, request('POST /files', headers, 'x'.repeat(50_000)));
    const incoming = () => readdir(app.files('incoming')).catch(() => []);
    await expect.poll(incoming, { timeout: 5_000 }).toHaveLength(1);

    call.socket.destroy();

    await expect.poll(incoming, { timeout: 5_000 }).toEqual([]);
    expect(await inside(app).count(Picture)).toBe(0);
    expect(app.logs.filter((line) => line.includes('"level":50'))).toEqual([]);
  });

  test('that is refused is told so, though most of it is still to come', async () => {
    await using server = await listen();
    const body = new Blob([new Uint8Array(8_000_000)]);
    const url = `http://127.0.0.1:${server.port}/files`;

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => fetch(url, { method: 'POST', body })),
    );

    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(401));
  });

  test('without end is cut off', async () => {
    await using server = await listen();
    const { accessToken } = await server.app.session('waiter');
    const headers = [`Authorization: Bearer ${accessToken}`, 'Transfer-Encoding: chunked'];
    const call = server.dial(request('POST /files', headers));
    const chunk = `10000\r\n${'x'.repeat(0x1_0000)}\r\n`;
    const pouring = () => {
      while (!call.socket.destroyed && call.socket.write(chunk));
    };
    call.socket.on('connect', pouring).on('drain', pouring);

    const answer = await call.closed();

    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(call.socket.bytesWritten).toBeLessThan(40_000_000);
  });
});

/** What this process holds open of that folder. */
async function heldIn(folder: string): Promise<string[]> {
  const held = await readdir('/proc/self/fd');
  const files = await Promise.all(
    held.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')),
  );
  return files.filter((file) => file.startsWith(folder));
}

describe('an upload that stalls', () => {
  afterEach(() => vi.useRealTimers());

  test('T22 past its time is answered, and once its line dies neither file nor descriptor is left', async () => {
    await using app = await openApp();
    const port = Number(new URL(await app.listen()).port);
    const { accessToken } = await app.session('waiter');
    const headers = [`Authorization: Bearer ${accessToken}`, 'Content-Length: 100000'];
    const folder = app.files('incoming');
    const incoming = () => readdir(folder).catch(() => []);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });

    const call = dial(port, request('POST /files', headers, 'x'.repeat(50_000)));
    await expect.poll(incoming, { timeout: 5_000 }).toHaveLength(1);
    const heldMeanwhile = await heldIn(folder);
    await vi.advanceTimersByTimeAsync(MINUTE);
    const answer = await call.head();
    call.socket.destroy();

    await expect.poll(incoming, { timeout: 5_000 }).toEqual([]);
    await expect.poll(() => heldIn(folder), { timeout: 5_000 }).toEqual([]);
    expect(heldMeanwhile).toHaveLength(1);
    expect(answer).toMatch(/^HTTP\/1\.1 50[34] /);
    expect(await inside(app).count(Picture)).toBe(0);
  });
});

const KILLS = 6;

async function signedIn({ fetch }: Door, { username }: Person): Promise<Client> {
  const comanda = createClient({ url: 'http://door', fetch });
  await comanda.auth.login.mutate({ identifier: username, password: PASSWORD });
  return comanda;
}

describe.each(KINDS)('uploading on %s while servers are killed', (kind) => {
  test(`keeps every picture that was answered, and no file without a row, in spite of ${KILLS} kills`, async () => {
    await using premises = await openPremises(kind);
    const people = await premises.hire(['waiter', 'chef', 'manager', 'customer']);
    const door = new Door();
    const bytes = await picture({ width: 600, height: 400 });
    const answered: string[] = [];
    let over = false;
    const uploading = async ({ files }: Client) => {
      while (!over) {
        const sent = files.upload.mutate(bytes);
        await sent.then(
          ({ id }) => answered.push(id),
          () => undefined,
        );
      }
    };
    const clients = await lifeFor(premises, door, () =>
      Promise.all(people.map((person) => signedIn(door, person))),
    );
    const uploads = Promise.all(clients.map(uploading));

    for (let kill = 0; kill < KILLS; kill += 1) {
      await lifeUntil({ at: kill % 2 ? 'moment' : 'reply', times: 1 + (kill % 3) }, premises, door);
    }
    const shown = await lifeFor(premises, door, async () => {
      over = true;
      await uploads;
      const looks = answered.flatMap((id) =>
        ['small', 'large'].map((size) => `/files/${id}/${size}`),
      );
      return Promise.all(
        looks.map(async (path) => (await door.fetch(`http://door${path}`)).status),
      );
    });

    expect(answered.length).toBeGreaterThan(KILLS);
    expect(new Set(shown)).toEqual(new Set([200]));
    const rows = await premises.look((ask) => ask('select id from picture'));
    const known = new Set(rows.map(({ id }) => String(id)));
    const folder = join(premises.dataDir, 'files', 'pictures');
    const files = (await readdir(folder, { recursive: true })).filter((name) => name.includes('.'));
    expect(files.length).toBeGreaterThanOrEqual(answered.length * 2);
    const strangers = files.filter(
      (name) => !known.has(name.split('/').at(-1)?.slice(0, 36) ?? ''),
    );
    expect(strangers).toEqual([]);
  });
});
