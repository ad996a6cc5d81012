import { Picture } from '@comanda/domains/files/files.entity';
import { DAY, HOUR } from '@comanda/kernel/time';
import { tidyUp } from '@comanda/server/housekeeping';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { inside } from '../auth/looking.ts';
import { look, upload } from '../files/uploading.ts';
import { of, outcomes, times } from './outcomes.ts';

describe('pictures that are hung up at once', () => {
  test('one picture in 15 places hangs in one of them', async () => {
    await using app = await openApp();
    const { restaurantId, staff } = app.home;
    const { profile, books, menu } = app.as('manager');
    const { id: pictureId } = await upload(app, 'manager');
    const bookIds = await Promise.all(
      times(7, () => app.given.book({ ownerId: staff.manager.id })),
    );
    const itemIds = await Promise.all(times(7, () => app.given.item({ restaurantId })));

    const told = await outcomes([
      profile.setAvatar.mutate({ pictureId }),
      ...bookIds.map((bookId) => books.setCover.mutate({ bookId, pictureId })),
      ...itemIds.map((itemId) => menu.items.setPhoto.mutate({ itemId, pictureId })),
    ]);

    expect(of(told, 'ok')).toBe(1);
    expect(of(told, 'PICTURE_IN_USE', 'DB_BUSY')).toBe(14);
    const { items } = await menu.list.query();
    const hung = [
      (await profile.show.query()).avatarId,
      ...(await books.list.query({ limit: 50 })).items.map(({ coverId }) => coverId),
      ...items.map(({ photoId }) => photoId),
    ].filter((id) => id !== null);
    expect(hung).toEqual([pictureId]);
  });

  test('of ten avatars one is left, and the others hang nowhere', async () => {
    await using app = await openApp();
    const { profile } = app.as('waiter');
    const ids = await Promise.all(times(10, async () => (await upload(app, 'waiter')).id));

    const told = await outcomes(ids.map((pictureId) => profile.setAvatar.mutate({ pictureId })));

    expect(of(told, 'ok', 'DB_BUSY')).toBe(10);
    const { avatarId } = await profile.show.query();
    const hung = await inside(app).find(Picture, { looseSince: null });
    expect(hung.map(({ id }) => id)).toEqual([avatarId]);
  });

  test('what is hung up while the house takes it away is there, or is refused', async () => {
    await using app = await openApp();
    const ids = await Promise.all(times(5, async () => (await upload(app, 'waiter')).id));
    app.clock.advance(DAY + HOUR);
    const { profile } = app.as('waiter');

    const [told] = await Promise.all([
      outcomes(ids.map((pictureId) => profile.setAvatar.mutate({ pictureId }))),
      tidyUp(app.house),
      tidyUp(app.house),
    ]);

    expect(of(told, 'ok', 'NOT_FOUND', 'DB_BUSY')).toBe(5);
    const { avatarId } = await profile.show.query();
    const shown = avatarId === null ? [] : [(await look(app, avatarId)).status];
    expect(shown).toEqual(avatarId === null ? [] : [200]);
    app.clock.advance(DAY + HOUR);
    await tidyUp(app.house);
    const left = await inside(app).find(Picture, {}, { filters: { notDeleted: false } });
    expect(left.map(({ id }) => id)).toEqual(avatarId === null ? [] : [avatarId]);
  });
});
