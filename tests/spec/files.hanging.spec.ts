import { newId } from '@comanda/kernel/id';
import { DAY, HOUR, MINUTE } from '@comanda/kernel/time';
import { tidyUp } from '@comanda/server/housekeeping';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { inside } from '../auth/looking.ts';
import { look, upload } from '../files/uploading.ts';
import { Picture } from '@comanda/domains/files/files.entity';

const noPicture = { reason: 'NOT_FOUND', httpStatus: 404, details: { what: 'picture' } };
const inUse = { reason: 'PICTURE_IN_USE', httpStatus: 409 };
const forbidden = { reason: 'FORBIDDEN', httpStatus: 403 };

/** Which of these can still be looked at. */
async function seen(app: TestApp, ids: string[]): Promise<boolean[]> {
  const answers = await Promise.all(ids.map((id) => look(app, id, 'small')));
  return answers.map(({ status }) => status === 200);
}

/** As the house does it from time to time. */
async function later(app: TestApp, ms: number): Promise<void> {
  app.clock.advance(ms);
  await tidyUp(app.house);
}

describe('an avatar', () => {
  test('S1-11 S1-12 S3-06 is one’s own upload, and is seen in one’s profile', async () => {
    await using app = await openApp();
    const { profile } = app.as('waiter');
    const { id: pictureId } = await upload(app, 'waiter');

    const set = await profile.setAvatar.mutate({ pictureId });

    expect(set).toMatchObject({ avatarId: pictureId, bio: '', version: 1 });
    expect(await profile.show.query()).toEqual(set);
    expect((await app.as('chef').profile.show.query()).avatarId).toBeNull();
  });

  test('S1-12 is set again and again, keeps the rest of the profile and may be taken down', async () => {
    await using app = await openApp();
    const { profile } = app.as('waiter');
    await profile.update.mutate({ bio: 'Since 2019.' });
    const [first, second] = [await upload(app, 'waiter'), await upload(app, 'waiter')];

    await profile.setAvatar.mutate({ pictureId: first.id });
    await profile.setAvatar.mutate({ pictureId: first.id });
    const other = await profile.setAvatar.mutate({ pictureId: second.id });
    const none = await profile.setAvatar.mutate({ pictureId: null });

    expect(other).toMatchObject({ avatarId: second.id, bio: 'Since 2019.' });
    expect(none).toMatchObject({ avatarId: null, bio: 'Since 2019.' });
  });

  test('is nobody else’s upload, and none that is not there', async () => {
    await using app = await openApp();
    const { profile } = app.as('waiter');
    const { id } = await upload(app, 'manager');

    for (const pictureId of [id, newId()]) {
      expect(await refusalOf(profile.setAvatar.mutate({ pictureId }))).toMatchObject(noPicture);
    }
    expect((await profile.show.query()).avatarId).toBeNull();
  });

  test('asks for a sign-in', async () => {
    await using app = await openApp();

    const refused = await refusalOf(
      app.as('anonymous').profile.setAvatar.mutate({ pictureId: null }),
    );

    expect(refused).toMatchObject({ reason: 'UNAUTHENTICATED', httpStatus: 401 });
  });
});

describe('a photo of an item', () => {
  test('is seen on the menu by everybody', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ restaurantId: app.home.restaurantId });
    const { id: pictureId } = await upload(app, 'head_chef');

    const item = await app.as('head_chef').menu.items.setPhoto.mutate({ itemId, pictureId });

    expect(item).toMatchObject({ id: itemId, photoId: pictureId, version: 2 });
    const shown = await app.as('anonymous').menu.show.query({ itemId });
    expect(shown.photoId).toBe(pictureId);
  });

  test('is hung up by those who write the menu, and no others', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ restaurantId: app.home.restaurantId });
    const { id: pictureId } = await upload(app, 'waiter');

    const refused = await refusalOf(
      app.as('waiter').menu.items.setPhoto.mutate({ itemId, pictureId }),
    );

    expect(refused).toMatchObject({ ...forbidden, details: { capability: 'menu.write' } });
  });

  test('of what somebody else has changed meanwhile is refused, and the picture stays free', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ restaurantId: app.home.restaurantId });
    const { menu } = app.as('manager');
    const { id: pictureId } = await upload(app, 'manager');
    await menu.items.update.mutate({ itemId, price: 1_000 });

    const late = menu.items.setPhoto.mutate({ itemId, pictureId, expectedVersion: 1 });

    expect(await refusalOf(late)).toMatchObject({ reason: 'VERSION_CONFLICT', httpStatus: 409 });
    const item = await menu.items.setPhoto.mutate({ itemId, pictureId, expectedVersion: 2 });
    expect(item.photoId).toBe(pictureId);
  });

  test('stays with an item that comes back', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ restaurantId: app.home.restaurantId });
    const { menu } = app.as('manager');
    const { id: pictureId } = await upload(app, 'manager');
    await menu.items.setPhoto.mutate({ itemId, pictureId });
    await menu.items.remove.mutate({ itemId });
    app.clock.advance(2 * DAY);
    await tidyUp(app.house);

    const back = await app.as('manager').menu.items.restore.mutate({ itemId });

    expect(back.photoId).toBe(pictureId);
    expect(await seen(app, [pictureId])).toEqual([true]);
  });
});

describe('the cover of a book', () => {
  test('S1-22 is hung up by its owner and seen by everybody', async () => {
    await using app = await openApp();
    const bookId = await app.given.book({ ownerId: app.home.staff.customer.id });
    const { id: pictureId } = await upload(app, 'customer');

    const book = await app.as('customer').books.setCover.mutate({ bookId, pictureId });

    expect(book).toMatchObject({ id: bookId, coverId: pictureId });
    expect(await app.as('anonymous').books.show.query({ bookId })).toEqual(book);
    const { items } = await app.as('anonymous').books.list.query();
    expect(items).toEqual([book]);
  });

  test('S1-22 of somebody else’s book is refused', async () => {
    await using app = await openApp();
    const bookId = await app.given.book({ ownerId: app.home.staff.customer.id });
    const { id: pictureId } = await upload(app, 'waiter');

    const refused = await refusalOf(app.as('waiter').books.setCover.mutate({ bookId, pictureId }));

    expect(refused).toMatchObject({ ...forbidden, details: { capability: 'book.write' } });
  });

  test('S1-22 has a limit of its own', async () => {
    await using app = await openApp({ quotas: 'preset' });
    const bookId = await app.given.book({ ownerId: app.home.staff.customer.id });
    const { books } = app.as('customer');
    const change = () => books.setCover.mutate({ bookId, pictureId: null });
    for (let at = 1; at <= 20; at += 1) await change();

    expect(await refusalOf(change())).toMatchObject({
      reason: 'QUOTA_EXCEEDED',
      httpStatus: 429,
      details: { scope: 'book.cover', limit: 20 },
    });
    expect((await books.update.mutate({ bookId, title: 'Still' })).title).toBe('Still');
  });
});

describe('a picture', () => {
  test('hangs in one place only', async () => {
    await using app = await openApp();
    const bookId = await app.given.book({ ownerId: app.home.staff.manager.id });
    const itemId = await app.given.item({ restaurantId: app.home.restaurantId });
    const { profile, books, menu } = app.as('manager');
    const { id: pictureId } = await upload(app, 'manager');
    await profile.setAvatar.mutate({ pictureId });

    const others = [
      books.setCover.mutate({ bookId, pictureId }),
      menu.items.setPhoto.mutate({ itemId, pictureId }),
    ];

    for (const other of others) expect(await refusalOf(other)).toMatchObject(inUse);
  });

  test('may be hung up again where it was taken down', async () => {
    await using app = await openApp();
    const { profile } = app.as('manager');
    const [first, second] = [await upload(app, 'manager'), await upload(app, 'manager')];
    await profile.setAvatar.mutate({ pictureId: first.id });
    await profile.setAvatar.mutate({ pictureId: second.id });

    const back = await profile.setAvatar.mutate({ pictureId: first.id });
    await later(app, 2 * DAY);

    expect(back.avatarId).toBe(first.id);
    expect(await seen(app, [first.id, second.id])).toEqual([true, false]);
  });

  test('that hangs nowhere for a day is gone, with its files and its row', async () => {
    await using app = await openApp();
    const [hung, loose] = [await upload(app, 'manager'), await upload(app, 'manager')];
    await app.as('manager').profile.setAvatar.mutate({ pictureId: hung.id });

    await later(app, DAY - MINUTE);
    const before = await seen(app, [hung.id, loose.id]);
    await later(app, 2 * MINUTE);

    expect(before).toEqual([true, true]);
    expect(await seen(app, [hung.id, loose.id])).toEqual([true, false]);
    const rows = await inside(app).find(Picture, {}, { filters: { notDeleted: false } });
    expect(rows.map(({ id }) => id)).toEqual([hung.id]);
  });

  test('goes with the book that it was the cover of', async () => {
    await using app = await openApp();
    const bookId = await app.given.book({ ownerId: app.home.staff.customer.id });
    const { books } = app.as('customer');
    const { id: pictureId } = await upload(app, 'customer');
    await books.setCover.mutate({ bookId, pictureId });
    await books.remove.mutate({ bookId });

    await later(app, DAY + HOUR);

    expect(await seen(app, [pictureId])).toEqual([false]);
  });

  test('that was being taken away when the house stopped is taken away by the next', async () => {
    await using app = await openApp();
    const { id } = await upload(app, 'waiter');
    app.clock.advance(DAY + HOUR);
    await inside(app).nativeUpdate(Picture, { id }, { deletedAt: app.clock.now() });
    const { profile } = app.as('waiter');

    expect(await refusalOf(profile.setAvatar.mutate({ pictureId: id }))).toMatchObject(noPicture);
    await tidyUp(app.house);

    expect(await seen(app, [id])).toEqual([false]);
    expect(await inside(app).count(Picture, {}, { filters: { notDeleted: false } })).toBe(0);
  });
});
