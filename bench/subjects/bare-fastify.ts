import Database from 'better-sqlite3';
import fastify from 'fastify';
import { onOrder } from '../crew.ts';
import { HOST, type Serving } from './serving.ts';

export interface BareFastifyOrder {
  /** Our own database. */
  file: string;
  restaurantId: string;
}

type Row = Record<string, unknown> & {
  allergens: string;
  options: string;
  mealtimes: string | null;
  price: number;
  stock_mode: string;
};

// As ours reads it: along the index of the menu's order, with a limit that is no reason to plan it anew.
const PAGE = `
  select i.id, i.name, i.slug, i.description, i.price, i.tax_bps, i.featured, i.available,
    i.allergens, i.prep_minutes, i.photo_id, i.options, i.mealtimes, i.stock_mode, i.stock_left,
    i.stock_low, i.version, i.deleted_at, i.sort_name,
    c.id as category_id, c.slug as category_slug, c.title as category_title
  from menu_item i
  left join category c on c.id = i.category_id and c.restaurant_id = ? and c.deleted_at is null
  where i.restaurant_id = ? and i.deleted_at is null
  order by i.category_position, i.category_id, i.sort_name, i.id
  limit ? + 0`;

/** A page of our menu as a quick script would serve it: one prepared statement, no checks of what goes in or out. */
onOrder<BareFastifyOrder, Serving>(async ({ file, restaurantId }) => {
  const page = new Database(file, { readonly: true }).prepare<unknown[], Row>(PAGE);
  const app = fastify({ routerOptions: { maxParamLength: 1_000 } });
  app.get<{ Querystring: { limit?: string } }>('/menu', ({ query }) => {
    const limit = Number(query.limit ?? 20);
    const rows = page.all(restaurantId, restaurantId, limit + 1);
    return { items: rows.slice(0, limit).map(itemOf), more: rows.length > limit };
  });
  return { url: await app.listen({ port: 0, host: HOST }) };
});

function itemOf(row: Row) {
  const { stock_mode: mode, stock_left: left, stock_low: low } = row;
  const isOut = mode === 'out' || (mode === 'count' && Number(left) <= 0);
  return {
    id: row['id'],
    category: { id: row['category_id'], slug: row['category_slug'], title: row['category_title'] },
    name: row['name'],
    slug: row['slug'],
    description: row['description'],
    price: row.price,
    taxBps: row['tax_bps'],
    featured: row['featured'] === 1,
    available: row['available'] === 1,
    stock: isOut ? 'out' : mode === 'count' && Number(left) <= Number(low) ? 'low' : 'plenty',
    now: { orderable: row['available'] === 1 && !isOut },
    allergens: JSON.parse(row.allergens) as unknown,
    prepMinutes: row['prep_minutes'],
    photoId: row['photo_id'],
    options: JSON.parse(row.options) as unknown,
    mealtimes: row.mealtimes === null ? null : (JSON.parse(row.mealtimes) as unknown),
    version: row['version'],
    removedAt: row['deleted_at'],
    staff: null,
  };
}
