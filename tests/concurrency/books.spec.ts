import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { of, outcomes, times } from './outcomes.ts';

const ISBN = '9780306406157';
const BOOK = { title: 'Il cucchiaio', author: 'A. Boni' };

describe('adding books at once', () => {
  test('S1-20 thirty people with one ISBN: one book has it', async () => {
    await using app = await openApp();
    const people = await app.given.people(times(30, () => ({})));
    const adding = people.map((person, at) => {
      const isbn = ['0-306-40615-2', ISBN][at % 2] ?? ISBN;
      return app.as(person).books.create.mutate({ ...BOOK, isbn });
    });

    const told = await outcomes(adding);

    expect(of(told, 'ok')).toBe(1);
    expect(of(told, 'ISBN_TAKEN', 'DB_BUSY')).toBe(29);
    const { items } = await app.as('anonymous').books.list.query({ limit: 100 });
    expect(items).toMatchObject([{ isbn: ISBN }]);
  });

  test('S1-20 thirty owners who want one ISBN for what they have: one book gets it', async () => {
    await using app = await openApp();
    const people = await app.given.people(times(30, () => ({})));
    const ids = await Promise.all(people.map(({ id }) => app.given.book({ ownerId: id })));
    const changing = people.map((person, at) =>
      app.as(person).books.update.mutate({ bookId: ids[at] ?? '', isbn: ISBN }),
    );

    const told = await outcomes(changing);

    expect(of(told, 'ok')).toBe(1);
    expect(of(told, 'ISBN_TAKEN', 'DB_BUSY')).toBe(29);
    const { items } = await app.as('anonymous').books.list.query({ limit: 100 });
    expect(items.filter(({ isbn }) => isbn === ISBN)).toHaveLength(1);
  });

  test('S1-23 S1-27 D12.7 thirty of one person: five are added', async () => {
    await using app = await openApp();
    const { books } = app.as('customer');

    const told = await outcomes(
      times(30, (at) => books.create.mutate({ ...BOOK, title: `Book ${at}` })),
    );

    expect([of(told, 'ok'), of(told, 'QUOTA_EXCEEDED')]).toEqual([5, 25]);
    expect((await books.list.query()).items).toHaveLength(5);
  });
});
