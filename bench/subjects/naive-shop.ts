import { randomUUID } from 'node:crypto';
import type { ItemView } from '@comanda/domains/menu/menu.schema';
import { MikroORM as OnMariaDb } from '@mikro-orm/mariadb';
import { type FilterQuery, type InferEntity, MikroORM } from '@mikro-orm/sqlite';
import type { z } from 'zod';
import { CartLine, Category, ENTITIES, Item, Order, OrderLine, Person } from './naive-entities.ts';
import type { AddToCart, Items, ListItems, ListOrders, OrderView } from './naive-schema.ts';

/** What it holds: the same as ours. */
export interface Stock {
  /** Of an empty database: `sqlite:<file>`, or a MariaDB. */
  address: string;
  /** The whole menu, in its order. */
  menu: readonly ItemView[];
  people: readonly { id: string; username: string; role: string }[];
  password: string;
  /** Of the customers in turn, each of three lines. */
  orders: number;
}

const LINES = 3;

/** A shop through entities, as MikroORM's manual has it: a fork for each call, and a unit of work. */
export class NaiveShop {
  readonly #orm: MikroORM;
  #number: number;

  private constructor(orm: MikroORM, number: number) {
    this.#orm = orm;
    this.#number = number;
  }

  static async open(stock: Stock, passwordHash: string): Promise<NaiveShop> {
    const orm = await ormAt(stock.address);
    await orm.schema.create();
    await plant(orm, stock, passwordHash);
    return new NaiveShop(orm, stock.orders);
  }

  close(): Promise<void> {
    return this.#orm.close();
  }

  async items({ category, search, limit, offset }: z.infer<typeof ListItems>) {
    const where: FilterQuery<InferEntity<typeof Item>> = {
      ...(category !== undefined && { category: { slug: category } }),
      ...(search !== undefined && {
        $or: [{ name: { $like: `%${search}%` } }, { description: { $like: `%${search}%` } }],
      }),
    };
    const orderBy = { category: { position: 'asc' }, name: 'asc' } as const;
    const [items, total] = await this.#orm.em
      .fork()
      .findAndCount(Item, where, { populate: ['category'], orderBy, limit, offset });
    return { items: items.map(itemView), total } satisfies z.infer<typeof Items>;
  }

  person(username: string) {
    return this.#orm.em.fork().findOne(Person, { username });
  }

  async add(personId: string, { itemId, quantity }: z.infer<typeof AddToCart>) {
    const em = this.#orm.em.fork();
    const item = await em.findOneOrFail(Item, itemId);
    const lines = await em.find(CartLine, { person: personId }, { populate: ['item'] });
    const known = lines.find((line) => line.item.id === itemId);
    if (known) known.quantity += quantity;
    else {
      const person = em.getReference(Person, personId);
      lines.push(
        em.create(CartLine, { id: randomUUID(), person, item, quantity, unit: item.price }),
      );
    }
    await em.flush();
    const views = lines.map(({ item, quantity, unit }) => ({
      itemId: item.id,
      name: item.name,
      quantity,
      unit,
      total: quantity * unit,
    }));
    return { lines: views, subtotal: totalOf(lines), version: lines.length };
  }

  place(personId: string) {
    return this.#orm.em.fork().transactional(async (em) => {
      const cart = await em.find(CartLine, { person: personId }, { populate: ['item', 'person'] });
      const [first] = cart;
      if (!first) throw new Error('The cart is empty.');
      const order = em.create(Order, {
        id: randomUUID(),
        number: (this.#number += 1),
        customer: first.person,
        state: 'pending',
        total: totalOf(cart),
        placedAt: new Date(),
      });
      for (const [position, { item, quantity, unit }] of cart.entries()) {
        const { name } = item;
        em.create(OrderLine, { id: randomUUID(), order, position, item, name, quantity, unit });
      }
      for (const line of cart) em.remove(line);
      await em.flush();
      return orderView(order);
    });
  }

  async orders({ id, role }: { id: string; role: string }, asked: z.infer<typeof ListOrders>) {
    const where = role === 'manager' ? {} : { customer: id };
    const populate = asked.lines ? (['customer', 'lines'] as const) : (['customer'] as const);
    const [orders, total] = await this.#orm.em
      .fork()
      .findAndCount(Order, where, { populate, orderBy: { number: 'desc' }, limit: asked.limit });
    return { items: orders.map(orderView), total };
  }
}

const FILE = 'sqlite:';

async function ormAt(address: string): Promise<MikroORM> {
  if (!address.startsWith(FILE)) {
    const options = { clientUrl: address, entities: ENTITIES };
    return (await OnMariaDb.init(options)) as unknown as MikroORM;
  }
  const orm = await MikroORM.init({ dbName: address.slice(FILE.length), entities: ENTITIES });
  const connection = orm.em.getConnection();
  await connection.execute('pragma journal_mode = wal');
  await connection.execute('pragma synchronous = full');
  return orm;
}

async function plant(orm: MikroORM, { menu, people, orders }: Stock, passwordHash: string) {
  const em = orm.em.fork();
  const categories = new Map<string, InferEntity<typeof Category>>();
  const items = menu.map(({ category, ...item }) => {
    const position = categories.size + 1;
    const known = categories.get(category.id) ?? em.create(Category, { ...category, position });
    categories.set(category.id, known);
    const { stock: _, now: __, mealtimes: ___, removedAt: ____, staff: _____, ...kept } = item;
    return em.create(Item, { ...kept, category: known });
  });
  const persons = people.map((person) => em.create(Person, { ...person, passwordHash }));
  const customers = persons.filter(({ role }) => role === 'customer');
  for (let nth = 0; nth < orders; nth += 1) {
    const customer = customers[nth % customers.length];
    if (!customer) break;
    const placedAt = new Date();
    const kept = { id: randomUUID(), number: nth + 1, customer, state: 'pending', placedAt };
    const order = em.create(Order, { ...kept, total: LINES * 900 });
    for (let position = 0; position < LINES; position += 1) {
      const item = items[(nth + position) % items.length];
      if (!item) break;
      const line = { id: randomUUID(), order, position, item, name: item.name };
      em.create(OrderLine, { ...line, quantity: 1, unit: 900 });
    }
  }
  await em.flush();
}

function totalOf(lines: readonly { quantity: number; unit: number }[]): number {
  return lines.reduce((sum, { quantity, unit }) => sum + quantity * unit, 0);
}

function itemView({ category, ...item }: InferEntity<typeof Item>): ItemView {
  const { id, name, slug, description, price, taxBps, featured, available } = item;
  return {
    id,
    category: { id: category.id, slug: category.slug, title: category.title },
    name,
    slug,
    description,
    price,
    taxBps,
    featured,
    available,
    stock: 'plenty',
    now: { orderable: true },
    allergens: item.allergens,
    prepMinutes: item.prepMinutes ?? null,
    photoId: item.photoId ?? null,
    options: item.options as ItemView['options'],
    mealtimes: null,
    version: item.version,
    removedAt: null,
    staff: null,
  };
}

function orderView(order: InferEntity<typeof Order>): OrderView {
  const { id, number, customer, state, total, placedAt } = order;
  const lines = order.lines.isInitialized() ? order.lines.getItems() : [];
  return {
    id,
    number,
    customerId: customer.id,
    customerName: customer.username,
    state,
    total,
    placedAt,
    lines: lines.map(({ item, name, quantity, unit }) => ({
      itemId: item.id,
      name,
      quantity,
      unit,
    })),
  };
}
