import { blank } from '@comanda/storage/erasing';
import type { Erasing } from '../context.ts';
import { takeDown } from '../files/files.hanging.actions.ts';
import { Book } from './books.entity.ts';

/** Removes the books that somebody recommended; each ISBN is free for another. */
export const eraseBooks: Erasing = async (ctx, { accountId: ownerId }) => {
  const { em, clock } = ctx;
  for (const book of await em.find(Book, { ownerId })) {
    if (book.coverId !== null) await takeDown(ctx, book.coverId, new Date(0));
    book.deletedAt = clock.now();
  }
  await em.flush();
  await blank(em, Book, { where: { ownerId }, set: EMPTY });
};

const EMPTY = {
  title: '',
  author: '',
  publishedOn: null,
  isbn: null,
  description: '',
  coverId: null,
};
