import { MenuItem, MenuWord } from '@comanda/domains/menu/menu.entity';
import { Membership } from '@comanda/domains/auth/auth.entity';
import { AuditEntry } from '@comanda/storage/audit.entity';
import type { EntityManager } from '@comanda/storage/connect';
import { copyInto, reindex } from '@comanda/storage/indexing';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import { inTransaction } from '@comanda/storage/transaction';
import { describe, expect, test } from 'vitest';
import { errorOf, openStore, type Place, type Store } from './store.ts';

const itemId = '01900000-0000-7000-8000-00000000000a';
const otherId = '01900000-0000-7000-8000-00000000000b';

/** Puts an item's words in the place of those it had. */
function words(
  em: EntityManager,
  of: { restaurantId: string; itemId?: string },
  ...said: string[]
) {
  const { restaurantId, itemId: id = itemId } = of;
  const place = { categoryPosition: 0, categoryId: id, sortName: '' };
  const rows = said.map((word) => ({ itemId: id, word, restaurantId, ...place }));
  return reindex(em, MenuWord, { where: { itemId: id }, rows });
}

function within(store: Store, place: Place, work: (em: EntityManager) => Promise<unknown>) {
  const ctx = { em: store.within(place), afterCommit: () => undefined };
  return inTransaction(ctx, ({ em }) => work(em));
}

async function kept(store: Store, where: { itemId?: string; restaurantId?: string } = {}) {
  const rows = await store.everywhere().find(MenuWord, where, { orderBy: { word: 'asc' } });
  return rows.map(({ word }) => word);
}

describe('an index', () => {
  test('holds the new rows in the place of the old ones, and leaves all others', async () => {
    await using store = await openStore();
    const { lemon } = store;
    await within(store, lemon, (em) => words(em, { ...lemon, itemId: otherId }, 'caprese'));
    await within(store, lemon, (em) => words(em, lemon, 'pizza', 'margherita'));

    await within(store, lemon, (em) => words(em, lemon, 'pizza', 'regina'));

    expect(await kept(store, { itemId })).toEqual(['pizza', 'regina']);
    expect(await kept(store, { itemId: otherId })).toEqual(['caprese']);
  });

  test('is emptied by no rows', async () => {
    await using store = await openStore();
    const { lemon } = store;
    await within(store, lemon, (em) => words(em, lemon, 'pizza'));

    await within(store, lemon, (em) => words(em, lemon));

    expect(await kept(store)).toEqual([]);
  });

  test('is not audited', async () => {
    await using store = await openStore();
    const { lemon } = store;

    await within(store, lemon, (em) => words(em, lemon, 'pizza'));
    await within(store, lemon, (em) => words(em, lemon, 'pasta'));

    expect(await store.audited()).toEqual([]);
  });

  test('stays as it was when the change that it is made from fails', async () => {
    await using store = await openStore();
    const { lemon } = store;
    await within(store, lemon, (em) => words(em, lemon, 'pizza'));

    const error = await errorOf(
      within(store, lemon, async (em) => {
        await words(em, lemon, 'pasta');
        throw new Error('no such pasta');
      }),
    );

    expect(error.message).toBe('no such pasta');
    expect(await kept(store)).toEqual(['pizza']);
  });

  test('is refused outside a transaction', async () => {
    await using store = await openStore();
    const { lemon } = store;

    const error = await errorOf(words(store.within(lemon), lemon, 'pizza'));

    expect(error.message).toContain('change together');
    expect(await kept(store)).toEqual([]);
  });

  test.each([MenuItem, Membership, AuditEntry])(
    'is no place for what is kept for good: %o',
    async (entity) => {
      await using store = await openStore();
      const { lemon } = store;

      const error = await errorOf(
        within(store, lemon, (em) => reindex<object>(em, entity, { where: {}, rows: [] })),
      );

      expect(error.message).toContain(`${entity.name} is no index`);
      expect(await store.everywhere().count(Membership)).toBe(2);
    },
  );
});

describe('an index within one restaurant', () => {
  test('S3-11 leaves the rows of another, whatever it is to replace', async () => {
    await using store = await openStore();
    const { lemon, lime } = store;
    await within(store, lime, (em) => words(em, lime, 'pizza'));

    await within(store, lemon, (em) => reindex(em, MenuWord, { where: {}, rows: [] }));

    expect(await kept(store)).toEqual(['pizza']);
  });

  test('S3-11 takes no rows of another', async () => {
    await using store = await openStore();
    const { lemon, lime } = store;

    const error = await errorOf(within(store, lemon, (em) => words(em, lime, 'pizza')));

    expect(error.message).toContain('MenuWord of another restaurant');
    expect(await kept(store)).toEqual([]);
  });

  test('is made for any through the one door across', async () => {
    await using store = await openStore();
    const { restaurantId } = store.lime;
    const em = acrossRestaurants(store.database, store.behind);

    await inTransaction({ em, afterCommit: () => undefined }, ({ em }) =>
      words(em, { restaurantId }, 'pizza'),
    );

    expect(await kept(store, { restaurantId })).toEqual(['pizza']);
  });
});

describe('a copy of what another row says', () => {
  const where = { category: 'c' };

  test('is put into the rows that are named, and that fit otherwise', async () => {
    await using store = await openStore();
    const { lemon } = store;
    const ids = [itemId, otherId, '01900000-0000-7000-8000-00000000000c'];
    for (const id of ids)
      await within(store, lemon, (em) => words(em, { ...lemon, itemId: id }, 'ale'));
    const set = { categoryPosition: 7 };
    const [first = '', ...others] = ids;

    await within(store, lemon, (em) =>
      copyInto(em, MenuWord, { where: { itemId: [first, otherId], categoryId: first }, set }),
    );

    const rows = await store.everywhere().find(MenuWord, {}, { orderBy: { itemId: 'asc' } });
    expect(rows.map(({ categoryPosition }) => categoryPosition)).toEqual([
      7,
      ...others.map(() => 0),
    ]);
  });

  test('changes with it, in its transaction', async () => {
    await using store = await openStore();
    const { lemon } = store;
    const set = { categoryPosition: 1 };

    const error = await errorOf(copyInto(store.within(lemon), MenuItem, { where, set }));

    expect(error.message).toContain('change together');
  });

  test('is in no column that anybody is shown', async () => {
    await using store = await openStore();
    const { lemon } = store;
    const set = { categoryPosition: 1, price: 1 };

    const error = await errorOf(
      within(store, lemon, (em) => copyInto(em, MenuItem, { where, set })),
    );

    expect(error.message).toContain('more than a copy in MenuItem');
  });
});
