import { createClient, safe } from '@comanda/client';
import { createClient as minimal } from '@comanda/client/minimal';
import { pace } from '@comanda/client/pace';
import { trpcClient } from '@comanda/client/router';
import { MINUTE } from '@comanda/kernel/time';
import { PASSWORD } from '@comanda/testing/given';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { blobOf, picture } from '../files/samples.ts';
import { recorded } from '../recording.ts';

const MIB = 1_024 * 1_024;

describe('S1-26 a picture that a client uploads', () => {
  test('is shown at the addresses that the client tells', async () => {
    await using app = await openApp();
    const { files } = app.as('customer');

    const { id, width, height } = await files.upload.mutate(await picture({ width: 400 }));
    const shown = await Promise.all(
      [files.url(id), files.url(id, 'small')].map((at) => app.fetch(at)),
    );

    expect([width, height]).toEqual([400, 30]);
    expect(shown.map(({ headers }) => headers.get('content-type'))).toEqual([
      'image/webp',
      'image/webp',
    ]);
    const [large, small] = await Promise.all(shown.map((answer) => answer.blob()));
    expect(large?.size).toBeGreaterThan(Number(small?.size));
  });

  test('S1-11 is hung up by its id', async () => {
    await using app = await openApp();
    const { files, profile } = app.as('waiter');

    const { id } = await files.upload.mutate(await picture());
    const { avatarId } = await profile.setAvatar.mutate({ pictureId: id });

    expect(avatarId).toBe(id);
    expect((await app.fetch(files.url(avatarId ?? ''))).status).toBe(200);
  });

  test('is sent by whoever keeps a session, with a token that is renewed for it', async () => {
    await using app = await openApp();
    const { client, requests } = recorded(app);
    await client.auth.login.mutate({
      identifier: app.home.staff.chef.username,
      password: PASSWORD,
    });
    app.clock.advance(16 * MINUTE);

    const { width } = await client.files.upload.mutate(await picture());

    expect(width).toBe(40);
    expect(requests.slice(1).map(({ url }) => new URL(url).pathname)).toEqual([
      '/files',
      '/trpc/auth.refresh',
      '/files',
    ]);
  });

  test('is sent by a device that holds a pass', async () => {
    await using app = await openApp();
    const { token } = await app.as('manager').auth.passes.issue.mutate({ label: 'the camera' });
    const camera = minimal({ url: 'http://localhost', fetch: app.fetch, token });

    const { width } = await camera.files.upload.mutate(await picture());

    expect(width).toBe(40);
  });

  test('is sent by the tools of tRPC', async () => {
    await using app = await openApp();
    const trpc = trpcClient(app.as('chef'));

    const { width } = await trpc.files.upload.mutate(await picture());

    expect(width).toBe(40);
  });

  test('is counted, and its answer tells what is left', async () => {
    await using app = await openApp({ quotas: 'preset' });
    const { accessToken } = await app.session('waiter');
    const { client } = recorded(app, { token: accessToken, pace: pace() });

    await client.files.upload.mutate(await picture());

    expect(client.quota).toContainEqual(
      expect.objectContaining({ name: 'upload', limit: 20, remaining: 19 }),
    );
  });

  test('that is none is refused with the kinds that are taken', async () => {
    await using app = await openApp();

    const [, error] = await safe(app.as('customer').files.upload.mutate(blobOf('hello')));

    expect(error).toMatchObject({
      reason: 'NOT_A_PICTURE',
      details: { kinds: ['image/jpeg', 'image/png', 'image/webp'] },
      requestId: expect.stringMatching(/^[\w-]{8,}$/),
    });
  });

  test.each([9, 40])('of %i MiB is refused over a wire as well', async (size) => {
    await using app = await openApp();
    const { accessToken: token } = await app.session('customer');
    const client = createClient({ url: await app.listen(), token, retry: false });

    const [, error] = await safe(client.files.upload.mutate(blobOf(new Uint8Array(size * MIB))));

    expect(error).toMatchObject({
      reason: 'PICTURE_TOO_LARGE',
      details: { maxBytes: 8 * MIB, maxPixels: 50_000_000 },
    });
  });

  test('of nobody is refused', async () => {
    await using app = await openApp();

    const [, error] = await safe(app.as('anonymous').files.upload.mutate(await picture()));

    expect(error?.reason).toBe('UNAUTHENTICATED');
  });

  test('is taken whatever its kind is called', async () => {
    await using app = await openApp();
    const bytes = await picture();
    const { files } = app.as('customer');

    const views = await Promise.all(
      ['', 'image/png; of="me"', 'photo', 'text/html'].map((type) =>
        files.upload.mutate(new Blob([bytes], { type })),
      ),
    );

    expect(views.map(({ width }) => width)).toEqual([40, 40, 40, 40]);
  });
});
