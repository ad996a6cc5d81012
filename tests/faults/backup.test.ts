import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@comanda/client';
import { describe, expect, test, vi } from 'vitest';
import { parallel } from '../auth/callers.ts';
import { picture } from '../files/samples.ts';
import { Door, lifeFor } from './crashes.ts';
import { ledgerOf } from './ledger.ts';
import { openPremises, type Premises } from './premises.ts';
import {
  backedUp,
  backupsIn,
  begun,
  epochsIn,
  flawsOf,
  isKept,
  killedWhen,
  lookInto,
  placeIn,
  restored,
} from './restoring.ts';
import { command, dataFolder, startServer } from './server.ts';
import { orderOnce, type Said, signedIn } from './shoppers.ts';

/** In soak one every half minute, for five minutes. */
const [BACKUPS, EVERY_MS] = process.env['SOAK_ROUNDS'] ? [10, 30_000] : [4, 0];
/** Below what one person may upload in a day. */
const UPLOADS = 18;
const STOCK = 1_000_000;
const SOUND = { lost: [], incomplete: [], astray: [], unbalanced: [], gaps: [], broken: [] };

interface Taken {
  folder: string;
  /** Answered before it began. */
  said: Said[];
  pictures: string[];
}

/** Backups one after the other, while four people order and one hangs up pictures. */
async function takenWhileBusy(premises: Premises, into: string): Promise<Taken[]> {
  const here = placeIn(premises.dataDir, premises);
  const itemIds = await premises.furnish((given) =>
    parallel(2, () => given.item({ stockMode: 'count', stockLeft: STOCK })),
  );
  const customers = await premises.hire(['customer', 'customer', 'customer', 'customer']);
  const door = new Door();
  const said: Said[] = [];
  const pictures: string[] = [];
  const taken: Taken[] = [];
  await lifeFor(premises, door, async () => {
    const shoppers = await Promise.all(customers.map((person) => signedIn(door, person)));
    const [{ patient: guest }] = shoppers as [(typeof shoppers)[number]];
    let isOver = false;
    const busy = [
      ...shoppers.map(async (shopper) => {
        while (!isOver) said.push(await orderOnce(shopper, itemIds));
      }),
      (async () => {
        while (!isOver && pictures.length < UPLOADS) {
          pictures.push(await hungUp(guest));
          await pause(EVERY_MS * 0.6);
        }
      })(),
    ];
    for (let backup = 0; backup < BACKUPS; backup += 1) {
      const enough = said.length + 10;
      await vi.waitUntil(() => said.length > enough && pictures.length > backup, 60_000);
      await pause(EVERY_MS);
      const [sayings, hung] = [[...said], [...pictures]];
      taken.push({ folder: await backedUp(here, into), said: sayings, pictures: hung });
    }
    isOver = true;
    await Promise.all(busy);
  });
  return taken;
}

async function hungUp({ files, profile }: Client): Promise<string> {
  const { id } = await files.upload.mutate(await picture({ width: 600, height: 400 }));
  await profile.setAvatar.mutate({ pictureId: id });
  return id;
}

/** What somebody is told who goes on with a stream where they were. */
async function followed(
  url: string,
  { accessToken, lastEventId }: { accessToken: string; lastEventId: string },
): Promise<{ status: number; told: string }> {
  const leaving = new AbortController();
  const input = encodeURIComponent(JSON.stringify({ json: {} }));
  const answer = await fetch(`${url}/trpc/orders.watch?input=${input}`, {
    headers: {
      authorization: `Bearer ${accessToken}`,
      accept: 'text/event-stream',
      'last-event-id': lastEventId,
    },
    signal: leaving.signal,
  });
  const told = answer.ok ? 'a stream' : await answer.text();
  leaving.abort();
  return { status: answer.status, told };
}

describe('a backup', () => {
  test(`P35 taken ${BACKUPS} times while people order restores: whole, with all that was answered, its streams new`, async () => {
    await using premises = await openPremises('SQLite');
    using folder = dataFolder();
    const taken = await takenWhileBusy(premises, join(folder.path, 'backups'));
    const epochs = await epochsIn(placeIn(premises.dataDir, premises));

    const outcomes = [];
    for (const [at, { folder: backup, said, pictures }] of taken.entries()) {
      const place = placeIn(join(folder.path, String(at)), premises);
      const { code } = await restored(backup, place);
      const look: Premises['look'] = (work) => lookInto(place, (ask) => work(ask, null as never));
      const told = said.filter(({ order }) => order);
      const ledger = await ledgerOf({ ...premises, look }, { said: told, stock: STOCK });
      const anew = await epochsIn(place);
      outcomes.push({
        code,
        ledger,
        flaws: await flawsOf(place),
        lost: pictures.filter((id) => !isKept(place, id)),
        streams: anew.length,
        old: anew.filter((epoch) => epochs.includes(epoch)),
      });
    }

    expect(taken.at(-1)?.said.length).toBeGreaterThan(BACKUPS * 10);
    expect(outcomes).toEqual(
      taken.map(() => ({
        code: 0,
        ledger: expect.objectContaining(SOUND),
        flaws: [],
        lost: [],
        streams: 1,
        old: [],
      })),
    );
  });

  test('P35 is served again: its pictures open, its people get in, and streams of before are told to begin anew', async () => {
    using folder = dataFolder();
    const place = { dataDir: folder.path, file: join(folder.path, 'comanda.sqlite'), env: {} };
    const into = join(folder.path, 'backups');
    const lastEventId = async () => {
      const [head] = await lookInto(place, (ask) => ask('select epoch, seq from stream_head'));
      return `${String(head?.['epoch'])}-${String(head?.['seq'])}`;
    };

    const { id, backup, passwords } = await (async () => {
      await using server = await startServer({ dataDir: folder.path });
      const { accessToken } = await server.signIn('manager');
      const id = await hungUp(server.client(accessToken));
      const backup = await backedUp(place, into);
      return { id, backup, passwords: server.passwords };
    })();
    const told = await lastEventId();
    const { code } = await restored(backup, place, '--force');
    await using again = await startServer({ dataDir: folder.path });
    const { accessToken } = await again
      .client()
      .auth.login.mutate({ identifier: 'manager', password: passwords['manager'] ?? '' });
    const shown = await fetch(`${again.url}/files/${id}/small`);
    const stale = await followed(again.url, { accessToken, lastEventId: told });
    const fresh = await followed(again.url, { accessToken, lastEventId: await lastEventId() });

    expect(code).toBe(0);
    expect(shown.status).toBe(200);
    expect(stale).toEqual({ status: 409, told: expect.stringContaining('STREAM_RESET') });
    expect(fresh.status).toBe(200);
  });

  test('P17 that is killed on its way is none, and harms neither the data nor other backups', async () => {
    await using premises = await openPremises('SQLite');
    using folder = dataFolder();
    const here = placeIn(premises.dataDir, premises);
    const into = join(folder.path, 'backups');
    await premises.furnish((given) => parallel(20, () => given.item()));
    const first = await backedUp(here, into);
    const parts = () => readdirSync(into).filter((name) => name.startsWith('.'));
    const within = (name: string) =>
      parts().some((part) => readdirSync(join(into, part)).includes(name));

    const points = [
      () => parts().length > 0,
      () => within('comanda.sqlite'),
      () => within('manifest.json'),
    ];
    const signals = [];
    for (const isThere of points) {
      for (const part of parts()) rmSync(join(into, part), { recursive: true });
      const { signal } = await killedWhen(begun(['backup', into], here), isThere);
      signals.push(signal);
    }
    const last = await command(['backup', into], here);
    const whole = backupsIn(into);
    const outcomes = [];
    for (const [at, backup] of whole.entries()) {
      const place = placeIn(join(folder.path, String(at)), premises);
      const { code } = await restored(backup, place);
      outcomes.push({ code, flaws: await flawsOf(place) });
    }

    expect(signals).toContain('SIGKILL');
    expect(last.code).toBe(0);
    expect(whole).toContain(first);
    expect(outcomes).toEqual(whole.map(() => ({ code: 0, flaws: [] })));
    expect(await flawsOf(here)).toEqual([]);
  });
});
