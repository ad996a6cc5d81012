import { defineEntity, p } from '@mikro-orm/sqlite';

// The schema that somebody would write first: what a menu, a cart and orders need, and nothing else.

export const Category = defineEntity({
  name: 'Category',
  properties: {
    id: p.uuid().primary(),
    slug: p.string().unique(),
    title: p.string(),
    position: p.integer(),
  },
});

export const Item = defineEntity({
  name: 'Item',
  properties: {
    id: p.uuid().primary(),
    category: () => p.manyToOne(Category),
    name: p.string(),
    slug: p.string().unique(),
    description: p.string(),
    price: p.integer(),
    taxBps: p.integer(),
    featured: p.boolean(),
    available: p.boolean(),
    allergens: p.json<string[]>(),
    prepMinutes: p.integer().nullable(),
    photoId: p.uuid().nullable(),
    options: p.json<object[]>(),
    version: p.integer(),
  },
  indexes: [{ properties: ['category', 'name'] }],
});

export const Person = defineEntity({
  name: 'Person',
  properties: {
    id: p.uuid().primary(),
    username: p.string().unique(),
    role: p.string(),
    passwordHash: p.string(),
  },
});

export const CartLine = defineEntity({
  name: 'CartLine',
  properties: {
    id: p.uuid().primary(),
    person: () => p.manyToOne(Person),
    item: () => p.manyToOne(Item),
    quantity: p.integer(),
    unit: p.integer(),
  },
  uniques: [{ properties: ['person', 'item'] }],
});

export const Order = defineEntity({
  name: 'Order',
  tableName: 'customer_order',
  properties: {
    id: p.uuid().primary(),
    number: p.integer(),
    customer: () => p.manyToOne(Person),
    state: p.string(),
    total: p.integer(),
    placedAt: p.datetime(),
    lines: () => p.oneToMany(OrderLine).mappedBy('order').orderBy({ position: 'asc' }),
  },
  indexes: [{ properties: ['customer', 'id'] }],
});

export const OrderLine = defineEntity({
  name: 'OrderLine',
  properties: {
    id: p.uuid().primary(),
    order: () => p.manyToOne(Order),
    position: p.integer(),
    item: () => p.manyToOne(Item),
    name: p.string(),
    quantity: p.integer(),
    unit: p.integer(),
  },
  indexes: [{ properties: ['order', 'position'] }],
});

export const ENTITIES = [Category, Item, Person, CartLine, Order, OrderLine];
