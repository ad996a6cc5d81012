import type { Client } from '@comanda/client';
import { newId } from '@comanda/kernel/id';
import { DAY } from '@comanda/kernel/time';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { auditOf } from '../auth/looking.ts';

type Listing = NonNullable<Parameters<Client['books']['list']['query']>[0]>;
type Page = Awaited<ReturnType<Client['books']['list']['query']>>;

/** The titles on all pages, read one after the other. */
async function titlesOf({ books }: Client, listing: Listing = {}): Promise<string[]> {
  const titles: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Page = await books.list.query({ ...listing, ...(cursor !== null && { cursor }) });
    titles.push(...page.items.map(({ title }) => title));
    cursor = page.nextCursor;
    if (titles.length > 100) throw new Error('These pages do not end.');
  } while (cursor !== null);
  return titles;
}

const ISBN = '9780306406157';
const BOOK = { title: 'Il cucchiaio', author: 'A. Boni' };
const noBook = { reason: 'NOT_FOUND', httpStatus: 404, details: { what: 'book' } };
const taken = { reason: 'ISBN_TAKEN', httpStatus: 409 };
const notTheirs = {
  reason: 'FORBIDDEN',
  httpStatus: 403,
  details: { capability: 'book.write' },
};

describe('adding a book', () => {
  test('S1-20 keeps what was said, and whose it is', async () => {
    await using app = await openApp();
    const said = {
      title: 'Il cucchiaio d’argento 🍋',
      author: 'Ada Boni',
      publishedOn: '1950-02-28',
      description: 'Heavy.\nGood.',
    };

    const book = await app.as('customer').books.create.mutate({ ...said, isbn: '0-306-40615-2' });

    expect(book).toEqual({
      id: expect.any(String),
      ownerId: app.home.staff.customer.id,
      ...said,
      isbn: ISBN,
      coverId: null,
      createdAt: app.clock.now(),
      updatedAt: app.clock.now(),
      version: 1,
    });
    expect(await app.as('anonymous').books.show.query({ bookId: book.id })).toEqual(book);
  });

  test('S1-20 asks for no more than a title and an author', async () => {
    await using app = await openApp();

    const book = await app.as('chef').books.create.mutate({ title: ' A ', author: ' B ' });

    const empty = { publishedOn: null, isbn: null, description: '' };
    expect(book).toMatchObject({ title: 'A', author: 'B', ...empty });
    expect(await auditOf(app, 'books.create')).toMatchObject([{ restaurantId: null }]);
  });

  test.each<[string, object]>([
    ['title', { title: ' ' }],
    ['title', { title: 'x'.repeat(201) }],
    ['author', { author: '' }],
    ['author', { author: 'x'.repeat(101) }],
    ['publishedOn', { publishedOn: '2019-02-29' }],
    ['publishedOn', { publishedOn: '28.02.2019' }],
    ['isbn', { isbn: '978-0-306-40615-8' }],
    ['isbn', { isbn: '' }],
    ['description', { description: 'x'.repeat(2_001) }],
    ['', { ownerId: newId() }],
  ])('S1-20 is not done when wrong is %j: %j', async (path, wrong) => {
    await using app = await openApp();
    const long = {
      title: 'x'.repeat(200),
      author: 'x'.repeat(100),
      description: 'x'.repeat(2_000),
    };

    const refused = await refusalOf(app.as('chef').books.create.mutate({ ...long, ...wrong }));

    expect(refused).toMatchObject({ reason: 'VALIDATION', details: { issues: [{ path }] } });
    expect(await titlesOf(app.as('chef'))).toEqual([]);
  });

  test('S1-21 S1-22 is for whoever is signed in, and is theirs', async () => {
    await using app = await openApp();

    const refused = await refusalOf(app.as('anonymous').books.create.mutate(BOOK));
    const book = await app.as('waiter').books.create.mutate(BOOK);

    expect(refused).toMatchObject({ reason: 'UNAUTHENTICATED', httpStatus: 401 });
    expect(book.ownerId).toBe(app.home.staff.waiter.id);
  });

  test('S1-23 S1-27 five a day are added, and the sixth is refused', async () => {
    await using app = await openApp();
    const { books, quotas } = app.as('customer');
    const five = ['1', '2', '3', '4', '5'];
    await Promise.all(five.map((title) => books.create.mutate({ ...BOOK, title })));

    const refused = await refusalOf(books.create.mutate({ ...BOOK, title: '6' }));

    expect(refused).toMatchObject({
      reason: 'QUOTA_EXCEEDED',
      httpStatus: 429,
      details: { scope: 'book.create', limit: 5, retryAfterMs: DAY / 5 },
    });
    expect((await titlesOf(app.as('anonymous'))).toSorted()).toEqual(five);
    const { scopes } = await quotas.mine.query();
    const left = { name: 'book.create', windows: [{ limit: 5, remaining: 0 }] };
    expect(scopes.find(({ name }) => name === left.name)).toMatchObject(left);
    const other = await app.as('waiter').books.create.mutate({ ...BOOK, title: '6' });
    expect(other.title).toBe('6');
  });
});

describe('the ISBN of a book', () => {
  test('S1-20 is refused to a second one, however it is written', async () => {
    await using app = await openApp();
    await app.given.book({ ownerId: app.home.staff.chef.id, isbn: ISBN });
    const bookId = await app.given.book({ ownerId: app.home.staff.waiter.id });
    const { books } = app.as('waiter');

    const refusals = [
      await refusalOf(books.create.mutate({ ...BOOK, isbn: '0306406152' })),
      await refusalOf(books.update.mutate({ bookId, isbn: '978 0 306 40615 7' })),
    ];

    expect(refusals).toMatchObject([taken, taken]);
    expect(await books.show.query({ bookId })).toMatchObject({ isbn: null, version: 1 });
  });

  test('S1-20 may be missing, from as many as like', async () => {
    await using app = await openApp();
    const { books } = app.as('waiter');

    await books.create.mutate({ ...BOOK, isbn: null });
    await books.create.mutate(BOOK);

    expect(await titlesOf(app.as('waiter'))).toHaveLength(2);
  });

  test.each(['remove', 'update'] as const)('S1-20 is free for another after %s', async (how) => {
    await using app = await openApp();
    const bookId = await app.given.book({ ownerId: app.home.staff.chef.id, isbn: ISBN });
    const { books } = app.as('chef');
    const freed = { remove: { bookId }, update: { bookId, isbn: null } }[how];
    await books[how].mutate(freed);

    const book = await app.as('waiter').books.create.mutate({ ...BOOK, isbn: ISBN });

    expect(book.isbn).toBe(ISBN);
  });
});

describe('changing a book', () => {
  test('S1-21 leaves what was not named as it was, and empties what is null', async () => {
    await using app = await openApp();
    const { books } = app.as('waiter');
    const said = { ...BOOK, isbn: ISBN, publishedOn: '2019-05-31', description: 'Good.' };
    const before = await books.create.mutate(said);
    const { id: bookId } = before;

    const changed = await books.update.mutate({ bookId, title: 'Other', isbn: ISBN });
    const emptied = await books.update.mutate({ bookId, isbn: null, publishedOn: null });

    expect(changed).toEqual({ ...before, title: 'Other', version: 2 });
    expect(emptied).toEqual({ ...changed, isbn: null, publishedOn: null, version: 3 });
  });

  test('S1-20 takes no number that is no ISBN', async () => {
    await using app = await openApp();
    const bookId = await app.given.book({ ownerId: app.home.staff.waiter.id, isbn: ISBN });
    const { books } = app.as('waiter');

    const refused = await refusalOf(books.update.mutate({ bookId, isbn: '9780306406158' }));

    expect(refused).toMatchObject({
      reason: 'VALIDATION',
      details: { issues: [{ path: 'isbn' }] },
    });
    expect(await books.show.query({ bookId })).toMatchObject({ isbn: ISBN, version: 1 });
  });

  test.each(['customer', 'manager', 'admin'] as const)(
    'S1-21 S1-17 of somebody else is refused to a %s',
    async (role) => {
      await using app = await openApp();
      const bookId = await app.given.book({ ownerId: app.home.staff.chef.id, title: 'Mine' });
      const { books } = app.as(role);

      const refusals = [
        await refusalOf(books.update.mutate({ bookId, title: 'Ours' })),
        await refusalOf(books.remove.mutate({ bookId })),
      ];

      expect(refusals).toMatchObject([notTheirs, notTheirs]);
      expect(await titlesOf(app.as(role))).toEqual(['Mine']);
    },
  );

  test('S1-21 that is gone, or was never there, is refused', async () => {
    await using app = await openApp();
    const gone = await app.given.book({ ownerId: app.home.staff.waiter.id });
    const { books } = app.as('waiter');
    const removed = await books.remove.mutate({ bookId: gone });

    const refusals = [
      await refusalOf(books.show.query({ bookId: gone })),
      await refusalOf(books.update.mutate({ bookId: gone, title: 'A' })),
      await refusalOf(books.remove.mutate({ bookId: gone })),
      await refusalOf(books.update.mutate({ bookId: newId(), title: 'A' })),
    ];

    expect(removed).toEqual({ id: gone });
    expect(refusals).toMatchObject(Array(4).fill(noBook));
    expect(await titlesOf(app.as('waiter'))).toEqual([]);
  });

  test('P19 what was read before another change is not written over it', async () => {
    await using app = await openApp();
    const bookId = await app.given.book({ ownerId: app.home.staff.waiter.id });
    const { books } = app.as('waiter');
    await books.update.mutate({ bookId, title: 'First', expectedVersion: 1 });

    const refused = await refusalOf(
      books.update.mutate({ bookId, title: 'Second', expectedVersion: 1 }),
    );

    expect(refused).toMatchObject({ reason: 'VERSION_CONFLICT', httpStatus: 409 });
    expect(await titlesOf(app.as('waiter'))).toEqual(['First']);
  });
});

describe('looking at books', () => {
  test('S1-21 is for everybody, the newest first', async () => {
    await using app = await openApp();
    const { chef, waiter } = app.home.staff;
    await app.given.book({ ownerId: chef.id, title: '1' });
    await app.given.book({ ownerId: waiter.id, title: '2' });
    await app.given.book({ ownerId: chef.id, title: '3' });
    const visitor = app.as('anonymous');

    expect(await titlesOf(visitor)).toEqual(['3', '2', '1']);
    expect(await titlesOf(visitor, { limit: 1 })).toEqual(['3', '2', '1']);
    expect(await titlesOf(visitor, { limit: 2 })).toEqual(['3', '2', '1']);
    expect(await titlesOf(visitor, { ownerId: chef.id })).toEqual(['3', '1']);
  });

  test('finds parts of titles and of authors, whatever their case', async () => {
    await using app = await openApp();
    const ownerId = app.home.staff.chef.id;
    await app.given.book({ ownerId, title: 'Lemons', author: 'Ada Boni' });
    await app.given.book({ ownerId, title: 'Germinal', author: 'Émile Zola' });
    await app.given.book({ ownerId, title: '100 % salt', author: 'Lemony Snow' });
    const visitor = app.as('anonymous');

    expect(await titlesOf(visitor, { search: 'lemon' })).toEqual(['100 % salt', 'Lemons']);
    expect(await titlesOf(visitor, { search: 'ADA b' })).toEqual(['Lemons']);
    expect(await titlesOf(visitor, { search: 'éMILE' })).toEqual(['Germinal']);
    expect(await titlesOf(visitor, { search: '%' })).toEqual(['100 % salt']);
    expect(await titlesOf(visitor, { author: 'Ada Boni' })).toEqual(['Lemons']);
    expect(await titlesOf(visitor, { author: 'Ada' })).toEqual([]);
  });

  test('tells nobody’s name', async () => {
    await using app = await openApp();
    const owner = await app.given.person({ username: 'canary', firstName: 'Canary' });
    await app.given.book({ ownerId: owner.id });

    const page = await app.as('anonymous').books.list.query();

    expect(JSON.stringify(page)).not.toMatch(/canary/i);
    expect(page.items).toMatchObject([{ ownerId: owner.id }]);
  });

  test.each(['nonsense', 'WzEsMl0', ''])('%j is no cursor', async (cursor) => {
    await using app = await openApp();

    const refused = await refusalOf(app.as('anonymous').books.list.query({ cursor }));

    expect(refused).toMatchObject({
      reason: 'VALIDATION',
      details: { issues: [{ path: 'cursor' }] },
    });
  });
});
