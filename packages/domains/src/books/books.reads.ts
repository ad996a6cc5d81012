import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { fromCursor, page } from '@comanda/kernel/page';
import { type Reader, reading } from '@comanda/storage/reading';
import type { Book } from './books.entity.ts';
import type { BookPage, BookView, ListBooks } from './books.schema.ts';

const SHOWN = [
  'id',
  'ownerId',
  'title',
  'author',
  'publishedOn',
  'isbn',
  'description',
  'coverId',
  'createdAt',
  'updatedAt',
  'version',
] as const;

const books = ({ em }: Reader) => reading<typeof Book>(em).selectFrom('Book');

/** Newest first. */
export async function listBooks(ctx: Reader, input: ListBooks): Promise<BookPage> {
  const { cursor, limit, search, author, ownerId } = input;
  let query = books(ctx).select(SHOWN);
  if (search !== undefined) {
    const part = search.toLowerCase();
    query = query.where(({ eb, or, fn, val }) => {
      const holds = (column: 'title' | 'author') =>
        eb(fn<number>('instr', [fn('lower', [column]), val(part)]), '>', 0);
      return or([holds('title'), holds('author')]);
    });
  }
  if (author !== undefined) query = query.where('author', '=', author);
  if (ownerId !== undefined) query = query.where('ownerId', '=', ownerId);
  if (cursor !== undefined) query = query.where('id', '<', fromCursor(cursor)[0]);
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return page(rows, { limit, at: ({ id }) => [id] });
}

export async function showBook(ctx: Reader, id: string): Promise<BookView> {
  const row = await books(ctx).where('id', '=', id).select(SHOWN).executeTakeFirst();
  if (!row) throw kernelErrors.NOT_FOUND({ what: 'book' });
  return row;
}
