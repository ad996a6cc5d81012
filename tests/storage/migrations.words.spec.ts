import { entities } from '@comanda/domains/entities';
import { Category, MenuItem, MenuWord } from '@comanda/domains/menu/menu.entity';
import { newId } from '@comanda/kernel/id';
import { connect, type Database } from '@comanda/storage/connect';
import { migrate } from '@comanda/storage/migrations';
import { Migration20261122130000_words_in_order as OnServer } from '@comanda/storage/migrations/mysql/Migration20261122130000_words_in_order';
import { Migration20261122130000_words_in_order as OnSqlite } from '@comanda/storage/migrations/sqlite/Migration20261122130000_words_in_order';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import { TestClock } from '@comanda/testing/clock';
import { expect, inject, test } from 'vitest';
import { driftOf } from './drift.ts';
import { author, newSchema } from './store.ts';

const NAME = 'Migration20261122130000_words_in_order';
const clock = new TestClock();
const stamps = { createdAt: clock.now(), updatedAt: clock.now(), deletedAt: null, version: 1 };

async function openMigrated(): Promise<Database> {
  const url = inject('mariadbUrl');
  const database = await connect(url ? await newSchema(url) : 'sqlite::memory:', entities);
  await migrate(database);
  return database;
}

/** As it was before the step. */
async function takeBack({ orm, dialect }: Database): Promise<void> {
  const step = new (dialect === 'sqlite' ? OnSqlite : OnServer)(orm.em.getDriver(), orm.config);
  await step.down();
  const connection = orm.em.getConnection();
  for (const query of step.getQueries()) await connection.execute(query);
  await connection.execute(`delete from schema_migrations where name = '${NAME}'`);
}

const everywhere = (database: Database) => acrossRestaurants(database, { clock, author });

/** In a category that stands there, an item of one word, which may have been removed. */
async function plant(
  database: Database,
  { position, sortName, removed }: { position: number; sortName: string; removed: boolean },
) {
  const em = everywhere(database);
  const [restaurantId, categoryId, itemId] = [newId(), newId(), newId()];
  const slug = sortName;
  const category = { id: categoryId, restaurantId, slug, title: slug, position };
  await em.insertMany(Category, [{ ...stamps, ...category, skipsKitchen: false }]);
  const deletedAt = removed ? clock.now() : null;
  const place = { categoryPosition: position, sortName };
  const item = { id: itemId, restaurantId, slug, name: slug, description: '', price: 1, ...place };
  await em.insertMany(MenuItem, [
    { ...stamps, ...item, ...BLANK, deletedAt, category: categoryId },
  ]);
  const word = { itemId, restaurantId, word: 'soup', categoryId, ...place };
  await em.insertMany(MenuWord, [word]);
  return word;
}

const BLANK = {
  taxBps: 0,
  featured: false,
  available: true,
  allergens: [],
  station: null,
  prepMinutes: null,
  photoId: null,
  recipeId: null,
  options: [],
  mealtimes: null,
  stockMode: 'none' as const,
  stockLeft: 0,
  stockLow: 5,
};

test('P24 words that were there before say where their items stand', async () => {
  const database = await openMigrated();
  const words = [
    await plant(database, { position: 7, sortName: 'zuppa', removed: false }),
    await plant(database, { position: 3, sortName: 'minestrone', removed: true }),
  ];
  await takeBack(database);

  const steps = await migrate(database);

  const found = await everywhere(database).find(MenuWord, {}, { orderBy: { itemId: 'asc' } });
  const drift = await driftOf(database);
  await database.close();
  expect(steps).toContain(NAME);
  expect(found).toMatchObject(words);
  expect(drift).toBe('');
});
