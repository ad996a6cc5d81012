import { defineEntity, p } from '@mikro-orm/core';
import { base, ownFilters, uuid } from '@comanda/storage/base.entity';

const BookSchema = defineEntity({
  name: 'Book',
  tableName: 'book',
  properties: {
    ...base,
    ownerId: uuid(),
    title: p.string().length(200),
    author: p.string().length(100),
    /** A day of a calendar, as in 2019-05-31. */
    publishedOn: p.string().length(10).strictNullable(),
    /** Thirteen digits. */
    isbn: p.string().length(13).strictNullable().unique('book_isbn_unique'),
    description: p.string().length(2_000),
    coverId: uuid().strictNullable(),
  },
  filters: ownFilters,
  indexes: [{ properties: ['ownerId', 'id'] }],
});
/** A book that somebody recommends: everybody reads of it, its owner writes. */
export class Book extends BookSchema.class {}
BookSchema.setClass(Book);
