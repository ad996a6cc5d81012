import { PageInput, pageOf } from '@comanda/kernel/page';
import { line, Text, words } from '@comanda/kernel/text';
import { z } from 'zod';

const Id = z.uuid().toLowerCase();
const Title = line(200);
const Author = line(100);
const Description = Text.trim().max(2_000);
/** Ten or thirteen digits, with or without dashes and blanks between them. */
const Isbn = line(40);

export const BookView = z.object({
  id: z.uuid(),
  ownerId: z.uuid(),
  title: z.string(),
  author: z.string(),
  /** A day of a calendar, as in 2019-05-31. */
  publishedOn: z.string().nullable(),
  /** Thirteen digits. */
  isbn: z.string().nullable(),
  description: z.string(),
  coverId: z.uuid().nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
  version: z.int(),
});
export type BookView = z.infer<typeof BookView>;

export const ListBooks = z
  .strictObject({
    ...PageInput,
    /** In titles and names of authors. */
    search: words(200).optional(),
    /** The whole name. */
    author: Author.optional(),
    ownerId: Id.optional(),
  })
  .prefault({});
export type ListBooks = z.infer<typeof ListBooks>;
export const BookPage = pageOf(BookView);
export type BookPage = z.infer<typeof BookPage>;

export const NameBook = z.strictObject({ bookId: Id });
export type NameBook = z.infer<typeof NameBook>;

export const CreateBook = z.strictObject({
  title: Title,
  author: Author,
  publishedOn: z.iso.date().nullable().default(null),
  isbn: Isbn.nullable().default(null),
  description: Description.default(''),
});
export type CreateBook = z.infer<typeof CreateBook>;

export const UpdateBook = NameBook.extend({
  expectedVersion: z.int().optional(),
  title: Title.optional(),
  author: Author.optional(),
  publishedOn: z.iso.date().nullable().optional(),
  isbn: Isbn.nullable().optional(),
  description: Description.optional(),
});
export type UpdateBook = z.infer<typeof UpdateBook>;

export const SetCover = NameBook.extend({
  /** An upload of the caller's; null takes the cover away. */
  pictureId: Id.nullable(),
});
export type SetCover = z.infer<typeof SetCover>;

export const RemovedBook = z.object({ id: z.uuid() });
export type RemovedBook = z.infer<typeof RemovedBook>;
