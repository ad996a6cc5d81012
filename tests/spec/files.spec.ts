import { newId } from '@comanda/kernel/id';
import { DAY } from '@comanda/kernel/time';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { auditOf } from '../auth/looking.ts';
import { blobOf, bytesOf, great, picture, snapshot, WHERE_AND_WHO } from '../files/samples.ts';
import { look, send, upload } from '../files/uploading.ts';
import { ask, toldIn } from '../http.ts';

const MIB = 1_024 * 1_024;
const kinds = ['image/jpeg', 'image/png', 'image/webp'];
const notAPicture = { reason: 'NOT_A_PICTURE', httpStatus: 415, details: { kinds } };
const tooLarge = {
  reason: 'PICTURE_TOO_LARGE',
  httpStatus: 413,
  details: { maxBytes: 8 * MIB, maxPixels: 50_000_000 },
};

async function cut(whole: Promise<Blob>): Promise<Blob> {
  const { size } = await whole;
  return (await whole).slice(0, size - 100);
}

async function shown(answer: Response) {
  const bytes = await bytesOf(await answer.blob());
  return { bytes, head: bytes.subarray(8, 16).toString('latin1') };
}

describe('an upload', () => {
  test.each(['jpeg', 'png', 'webp'] as const)('S1-11 S3-06 of %s is kept as WebP', async (kind) => {
    await using app = await openApp();

    const { id, width, height } = await upload(app, 'customer', await picture({ kind }));

    expect([width, height]).toEqual([40, 30]);
    const answer = await look(app, id);
    expect(answer.headers.get('content-type')).toBe('image/webp');
    expect((await shown(answer)).head).toMatch(/^WEBPVP8/);
  });

  test('is no wider and no higher than a screen, in two sizes', async () => {
    await using app = await openApp();

    const { id, ...large } = await upload(
      app,
      'manager',
      await picture({ width: 3_200, height: 800 }),
    );

    expect(large).toEqual({ width: 1_600, height: 400 });
    expect(await sizeOf(await look(app, id, 'large'))).toEqual([1_600, 400]);
    expect(await sizeOf(await look(app, id, 'small'))).toEqual([320, 80]);
  });

  test('S1-11 forgets where, when and by whom it was taken, and stands upright', async () => {
    await using app = await openApp();
    const taken = await snapshot();
    const sent = (await bytesOf(taken)).toString('latin1');
    expect(WHERE_AND_WHO.slice(0, 2).every((word) => sent.includes(word))).toBe(true);

    const { id, width, height } = await upload(app, 'waiter', taken);

    expect([width, height]).toEqual([20, 60]);
    for (const size of ['small', 'large']) {
      const { bytes } = await shown(await look(app, id, size));
      const text = bytes.toString('latin1');
      expect(WHERE_AND_WHO.filter((word) => text.includes(word))).toEqual([]);
      expect(text).not.toMatch(/EXIF|XMP |ICCP/);
    }
  });

  test('is known by its content, whatever it is called', async () => {
    await using app = await openApp();
    const bytes = await picture({ kind: 'png' });

    const answer = await send(app, { as: 'chef', bytes, headers: { 'content-type': 'text/html' } });

    expect(answer.status).toBe(200);
  });

  test('is told to the log of what was done, with its owner', async () => {
    await using app = await openApp();

    const { id } = await upload(app, 'waiter');

    const actorId = app.home.staff.waiter.id;
    const after = { ownerId: actorId, width: 40, height: 30 };
    expect(await auditOf(app, 'files.upload')).toMatchObject([
      { actorId, target: 'Picture', targetId: id, change: 'created', after },
    ]);
  });

  test.each<[string, () => Promise<Blob> | Blob]>([
    ['text', () => blobOf('hello')],
    ['nothing', () => blobOf('')],
    ['a page', () => blobOf('<!doctype html><script>alert(1)</script>')],
    ['a drawing that runs scripts', () => blobOf('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['a kind that is not taken', () => picture({ kind: 'gif' })],
    ['another kind that is not taken', () => picture({ kind: 'tiff' })],
    ['a picture whose end is missing', () => cut(picture({ width: 900, height: 900 }))],
    ['no more than a head', async () => (await picture({ kind: 'png' })).slice(0, 33)],
  ])('of %s is refused', async (_, bytes) => {
    await using app = await openApp();

    const answer = await send(app, { as: 'customer', bytes: await bytes() });

    expect(await toldIn(answer)).toMatchObject(notAPicture);
    expect(await auditOf(app, 'files.upload')).toEqual([]);
  });

  test('of more than 8 MiB is refused', async () => {
    await using app = await openApp();
    const bytes = blobOf(new Uint8Array(8 * MIB + 1));

    const answer = await send(app, { as: 'customer', bytes });

    expect(await toldIn(answer)).toMatchObject(tooLarge);
  });

  test('that would fill the memory once it is unpacked is refused by its head', async () => {
    await using app = await openApp();
    const bomb = await picture({ kind: 'png', width: 8_000, height: 7_000 });
    expect(bomb.size).toBeLessThan(MIB);

    const answer = await send(app, { as: 'customer', bytes: bomb });

    expect(await toldIn(answer)).toMatchObject(tooLarge);
  });

  test('that has to be held as a whole is refused sooner', async () => {
    await using app = await openApp();
    const [rows, whole] = [await great(false), await great(true)];

    const taken = await send(app, { as: 'customer', bytes: rows });
    const refused = await send(app, { as: 'customer', bytes: whole });

    expect(taken.status).toBe(200);
    expect(await toldIn(refused)).toMatchObject(tooLarge);
  });

  test('of whoever is not signed in is refused, of guests as well', async () => {
    await using app = await openApp();
    const body = await picture();
    const { token } = await app.as('anonymous').cart.open.mutate();
    const guest = { 'x-guest-token': token ?? '' };

    const answers = await Promise.all(
      [undefined, guest].map((headers) =>
        ask(app, '/files', { method: 'POST', body, ...(headers && { headers }) }),
      ),
    );

    for (const answer of answers) {
      expect(await toldIn(answer)).toMatchObject({ reason: 'UNAUTHENTICATED', httpStatus: 401 });
    }
  });

  test('with a token that is no good is refused', async () => {
    await using app = await openApp();

    const headers = { authorization: 'Bearer cp_nothing' };
    const answer = await ask(app, '/files', { method: 'POST', headers, body: await picture() });

    expect(await toldIn(answer)).toMatchObject({ reason: 'TOKEN_INVALID', httpStatus: 401 });
  });

  test('S1-26 goes twenty times a day, and says how often it still does', async () => {
    await using app = await openApp({ quotas: 'preset' });
    const bytes = blobOf('no picture, and counted all the same');
    const first = await send(app, { as: 'customer', bytes });
    for (let at = 2; at <= 20; at += 1) await send(app, { as: 'customer', bytes });

    const refused = await send(app, { as: 'customer', bytes });

    expect(first.headers.get('ratelimit')).toMatch(/"upload";r=19;/);
    expect(await toldIn(refused)).toMatchObject({
      reason: 'QUOTA_EXCEEDED',
      httpStatus: 429,
      details: { scope: 'upload', limit: 20, retryAfterMs: DAY / 20 },
    });
    expect(refused.headers.get('retry-after')).toBe(String(DAY / 20 / 1_000));
    expect((await upload(app, 'waiter')).width).toBe(40);
  });

  test('does not go by the way of all other calls', async () => {
    await using app = await openApp();
    const { accessToken } = await app.session('waiter');
    const sent = {
      method: 'POST',
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      body: '{"json":{"stream":1}}',
    };

    const answer = await ask(app, '/trpc/files.upload', sent);

    expect(await toldIn(answer)).toMatchObject({ reason: 'VALIDATION', httpStatus: 400 });
  });

  test('of a client of another age is refused', async () => {
    await using app = await openApp();
    const headers = { 'x-comanda-contract': '0.abc' };

    const answer = await send(app, { as: 'waiter', bytes: await picture(), headers });

    expect(await toldIn(answer)).toMatchObject({ reason: 'UPGRADE_REQUIRED', httpStatus: 426 });
  });
});

async function sizeOf(answer: Response): Promise<[number, number]> {
  const bytes = await bytesOf(await answer.blob());
  // The bitstream of WebP: VP8 keeps its size in 14 bits each, ten bytes into its frame.
  const frame = bytes.indexOf('VP8 ') + 8;
  return [bytes.readUInt16LE(frame + 6) & 0x3fff, bytes.readUInt16LE(frame + 8) & 0x3fff];
}

describe('a picture', () => {
  test('is shown to everybody, and may be kept by them for ever', async () => {
    await using app = await openApp();
    const { id } = await upload(app, 'chef');

    const answer = await look(app, id, 'small');

    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    const length = Number(answer.headers.get('content-length'));
    expect(length).toBe((await answer.arrayBuffer()).byteLength);
  });

  test('is not sent to whoever has it already', async () => {
    await using app = await openApp();
    const { id } = await upload(app, 'chef');
    const tag = (await look(app, id)).headers.get('etag') ?? '';

    const has = (tags: string) =>
      ask(app, `/files/${id}/large`, { headers: { 'if-none-match': tags } });

    const answers = await Promise.all([tag, `"x", W/${tag}`, '*', '"x"'].map(has));
    expect(answers.map(({ status }) => status)).toEqual([304, 304, 304, 200]);
    expect(await answers[0]?.text()).toBe('');
    const other = (await look(app, id, 'small')).headers.get('etag');
    expect(other).not.toBe(tag);
  });

  test('answers HEAD without its bytes', async () => {
    await using app = await openApp();
    const { id } = await upload(app, 'chef');

    const answer = await ask(app, `/files/${id}/large`, { method: 'HEAD' });

    expect(answer.status).toBe(200);
    expect(Number(answer.headers.get('content-length'))).toBeGreaterThan(0);
    expect(await answer.text()).toBe('');
  });

  test.each([
    ['that is not there', `${newId()}/large`],
    ['of a size that is none', `${newId()}/huge`],
    ['by no id', 'x/large'],
    ['by a way out of its folder', '..%2f..%2fcomanda.sqlite/large'],
    ['by a way in hex', '%2e%2e/%2e%2e'],
    ['by a nought', '%00/large'],
  ])('%s is not found', async (_, path) => {
    await using app = await openApp();

    const answer = await ask(app, `/files/${path}`);

    expect(answer.status).toBe(404);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.text()).not.toContain('ENOENT');
  });
});
