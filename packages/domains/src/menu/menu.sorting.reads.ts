import { fromCursor, strangeCursor } from '@comanda/kernel/page';
import type { Placeheld } from '@comanda/storage/remembering.query';
import type { ListMenu } from './menu.schema.ts';
import type { Filterable, Found } from './menu.shown.reads.ts';

export type Sort = ListMenu['sort'];

/** A sort, down to what is the only one of its kind; cursors name a row by these. */
export interface Key {
  column: 'i.categoryPosition' | 'i.category' | 'i.sortName' | 'i.price' | 'i.id';
  of: (row: Found) => string;
  isNumber?: true;
  descending?: true;
}

const byName: Key = { column: 'i.sortName', of: ({ sortName }) => sortName };
const byPrice: Key = { column: 'i.price', of: ({ price }) => String(price), isNumber: true };
const byId: Key = { column: 'i.id', of: ({ id }) => id };
export const SORTS: Record<Sort, Key[]> = {
  menu: [
    {
      column: 'i.categoryPosition',
      of: ({ categoryPosition }) => String(categoryPosition),
      isNumber: true,
    },
    { column: 'i.category', of: ({ categoryId }) => categoryId },
    byName,
    byId,
  ],
  name: [byName, byId],
  price: [byPrice, byId],
  '-price': [{ ...byPrice, descending: true }, byId],
};

/** In one category all stand at one place. */
export function sortedIn(sort: Sort, isInOne: boolean): Key[] {
  return SORTS[sort].slice(toldIn(sort, isInOne));
}

export function toldIn(sort: Sort, isInOne: boolean): number {
  return sort === 'menu' && isInOne ? 2 : 0;
}

/** As prices and positions are written in a cursor. */
const COUNT = /^\d{1,15}$/;

export function placeIn({ sort, cursor = '' }: ListMenu, keys: Key[]): (string | number)[] {
  const [of, ...position] = fromCursor(cursor, keys.length + 1);
  const counted = position.filter((_, at) => keys[at]?.isNumber);
  if (of === sort && counted.every((part) => COUNT.test(part))) {
    return position.map((part, at) => (keys[at]?.isNumber ? Number(part) : part));
  }
  throw strangeCursor();
}

/** What a list is sorted by, where it stands. */
export interface Sorted {
  column: string;
  descending?: true;
}

/** Any query that has what it is sorted by. */
export interface Sortable<Query> extends Filterable<Query> {
  orderBy: (column: never, direction: 'asc' | 'desc') => Query;
}

/** Down to what names a row. */
export function sorted<Query>(query: Sortable<Query> & Query, keys: readonly Sorted[]): Query {
  return keys.reduce<Query>(
    (some, { column, descending }) =>
      (some as Sortable<Query>).orderBy(column as never, descending ? 'desc' : 'asc'),
    query,
  );
}

/** What comes behind a place. */
export function after<Query>(
  query: Filterable<Query>,
  { keys, position }: { keys: readonly Sorted[]; position: readonly Placeheld<string | number>[] },
): Query {
  const [first] = keys;
  const beyond = (key: Sorted) => (key.descending ? '<' : '>');
  const columns = keys.map(({ column }) => column);
  const isOneWay = keys.every(({ descending }) => !descending);
  return query.where(({ eb, and, or, refTuple, tuple }) =>
    and([
      // For SQLite, which finds the place in an index by this and not by what is next; MariaDB the other way.
      isOneWay
        ? eb(refTuple(...(columns as [never, never])), '>', tuple(...(position as [never, never])))
        : eb(first?.column as never, first?.descending ? '<=' : '>=', position[0] as never),
      or(
        keys.map((key, at) =>
          and([
            ...keys
              .slice(0, at)
              .map(({ column }, n) => eb(column as never, '=', position[n] as never)),
            eb(key.column as never, beyond(key), position[at] as never),
          ]),
        ),
      ),
    ]),
  );
}
