import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { bookBudget, coverBudget } from '@comanda/quotas/scopes';
import { fileErrors } from '../files/files.errors.ts';
import { allowOwn, anyone } from '../trpc.ts';
import { createBook, removeBook, setCover, updateBook } from './books.actions.ts';
import { bookErrors } from './books.errors.ts';
import { listBooks, showBook } from './books.reads.ts';
import {
  BookPage,
  BookView,
  CreateBook,
  ListBooks,
  NameBook,
  RemovedBook,
  SetCover,
  UpdateBook,
} from './books.schema.ts';

const { ISBN_TAKEN } = bookErrors;

export const booksProcedures = {
  list: anyone()
    .meta({ summary: 'Lists books that people recommend, newest first.' })
    .input(ListBooks)
    .output(BookPage)
    .query(({ ctx, input }) => listBooks(ctx, input)),
  show: anyone(kernelErrors.NOT_FOUND)
    .meta({ summary: 'Shows a book.' })
    .input(NameBook)
    .output(BookView)
    .query(({ ctx, input }) => showBook(ctx, input.bookId)),
  create: allowOwn('book.write', ISBN_TAKEN)
    .meta({ summary: 'Adds a book of the caller’s.', price: { budget: bookBudget } })
    .input(CreateBook)
    .output(BookView)
    .mutation(({ ctx, input }) => createBook(ctx, input)),
  update: allowOwn('book.write', ISBN_TAKEN)
    .meta({ summary: 'Changes a book of the caller’s.' })
    .input(UpdateBook)
    .output(BookView)
    .mutation(({ ctx, input }) => updateBook(ctx, input)),
  setCover: allowOwn('book.write', fileErrors.PICTURE_IN_USE)
    .meta({
      summary: 'Hangs up the cover of a book of the caller’s, or takes it down.',
      price: { budget: coverBudget },
    })
    .input(SetCover)
    .output(BookView)
    .mutation(({ ctx, input }) => setCover(ctx, input)),
  remove: allowOwn('book.write')
    .meta({ summary: 'Removes a book of the caller’s, and frees its ISBN.' })
    .input(NameBook)
    .output(RemovedBook)
    .mutation(({ ctx, input }) => removeBook(ctx, input)),
};
