import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { violatedUnique } from '@comanda/storage/failures';
import { inTransaction } from '@comanda/storage/transaction';
import { accessErrors } from '../access.errors.ts';
import type { ActorContext } from '../context.ts';
import { rehang } from '../files/files.hanging.actions.ts';
import { Book } from './books.entity.ts';
import { bookErrors } from './books.errors.ts';
import { isbnIn } from './books.isbn.rules.ts';
import { showBook } from './books.reads.ts';
import type {
  BookView,
  CreateBook,
  NameBook,
  RemovedBook,
  SetCover,
  UpdateBook,
} from './books.schema.ts';

export function createBook(ctx: ActorContext, input: CreateBook): Promise<BookView> {
  const isbn = input.isbn === null ? null : isbnIn(input.isbn);
  return inTransaction(ctx, async (ctx) => {
    const { em, actor } = ctx;
    const { id } = em.create(Book, { ...input, isbn, ownerId: actor.id, coverId: null });
    await saved(ctx);
    return showBook(ctx, id);
  });
}

export function updateBook(ctx: ActorContext, input: UpdateBook): Promise<BookView> {
  const { bookId, expectedVersion, ...said } = input;
  const isbn = typeof said.isbn === 'string' ? isbnIn(said.isbn) : said.isbn;
  return inTransaction(ctx, async (ctx) => {
    const book = await ownBook(ctx, bookId);
    if (expectedVersion !== undefined && expectedVersion !== book.version) {
      throw kernelErrors.VERSION_CONFLICT();
    }
    for (const [name, value] of Object.entries({ ...said, isbn })) {
      if (value !== undefined) Object.assign(book, { [name]: value });
    }
    await saved(ctx);
    return showBook(ctx, bookId);
  });
}

export function setCover(ctx: ActorContext, { bookId, pictureId }: SetCover): Promise<BookView> {
  return inTransaction(ctx, async (ctx) => {
    const book = await ownBook(ctx, bookId);
    await rehang(ctx, { from: book.coverId, to: pictureId });
    book.coverId = pictureId;
    await ctx.em.flush();
    return showBook(ctx, bookId);
  });
}

/** Its ISBN is free for another. */
export function removeBook(ctx: ActorContext, { bookId }: NameBook): Promise<RemovedBook> {
  return inTransaction(ctx, async (ctx) => {
    const book = await ownBook(ctx, bookId);
    await rehang(ctx, { from: book.coverId, to: null });
    Object.assign(book, { isbn: null, coverId: null, deletedAt: ctx.clock.now() });
    await ctx.em.flush();
    return { id: bookId };
  });
}

/** Everybody sees every book: that one is somebody else's is no secret. */
async function ownBook({ em, actor }: ActorContext, id: string): Promise<Book> {
  const book = await em.findOne(Book, id);
  if (!book) throw kernelErrors.NOT_FOUND({ what: 'book' });
  if (book.ownerId !== actor.id) throw accessErrors.FORBIDDEN({ capability: 'book.write' });
  return book;
}

async function saved({ em }: ActorContext): Promise<void> {
  try {
    await em.flush();
  } catch (error) {
    if (violatedUnique(error)?.includes('isbn')) throw bookErrors.ISBN_TAKEN();
    throw error;
  }
}
