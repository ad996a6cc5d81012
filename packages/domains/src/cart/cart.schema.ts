import { PageInput, pageOf } from '@comanda/kernel/page';
import { Text, words } from '@comanda/kernel/text';
import { z } from 'zod';
import { OfferedOption } from '../menu/menu.sale.schema.ts';
import { CartIssue, LineIssue } from './cart.issues.schema.ts';

const Id = z.uuid().toLowerCase();
/** Left out: the only restaurant there is, or where the caller works. */
const restaurantId = Id.optional();

export const CartLineView = z.object({
  /** The same item with the same options and note is the same line. */
  key: z.string(),
  itemId: z.uuid(),
  /** Empty when the item is gone. */
  name: z.string(),
  photoId: z.uuid().nullable(),
  options: z.array(OfferedOption),
  note: z.string().nullable(),
  quantity: z.int(),
  /** Of one with its options, as of now. */
  unit: z.int(),
  total: z.int(),
  issues: z.array(LineIssue),
});
export type CartLineView = z.infer<typeof CartLineView>;

/** A cart, priced anew whenever it is looked at. */
export const CartView = z.object({
  restaurantId: z.uuid(),
  currency: z.string(),
  lines: z.array(CartLineView),
  itemCount: z.int(),
  /** Of what can be ordered; fees, tip and tax that is not in the prices come on top. */
  subtotal: z.int(),
  issues: z.array(CartIssue),
  /** Whether nothing stands in the way of ordering it. */
  orderable: z.boolean(),
  /** What `orders.place` asks for; 0 as long as nothing was put in. */
  version: z.int(),
});
export type CartView = z.infer<typeof CartView>;

export const OpenCart = z.strictObject({ restaurantId }).prefault({});
export type OpenCart = z.infer<typeof OpenCart>;

export const OpenedCart = z.object({
  /** For the header `x-guest-token`; null for who is signed in. */
  token: z.string().nullable(),
  cart: CartView,
});
export type OpenedCart = z.infer<typeof OpenedCart>;

export const ShowCart = z.strictObject({ restaurantId }).prefault({});
export type ShowCart = z.infer<typeof ShowCart>;

/** So many of an item, in this way: for a cart, or told to who takes an order. */
export const Wish = z.strictObject({
  itemId: Id,
  options: z
    .array(z.strictObject({ optionId: Id, quantity: z.int().min(1).max(99).default(1) }))
    .max(50)
    .default([]),
  note: Text.normalize('NFC').trim().max(200).nullable().default(null),
  quantity: z.int().min(1).max(99).default(1),
});

export const AddToCart = Wish.extend({ restaurantId });
export type AddToCart = z.infer<typeof AddToCart>;

const NameLine = z.strictObject({ restaurantId, key: z.string().regex(/^[0-9a-f]{32}$/) });

export const SetQuantity = NameLine.extend({
  /** 0 takes the line out. */
  quantity: z.int().min(0).max(99),
});
export type SetQuantity = z.infer<typeof SetQuantity>;

export const RemoveLine = NameLine;
export type RemoveLine = z.infer<typeof RemoveLine>;

export const ClearCart = z.strictObject({ restaurantId }).prefault({});
export type ClearCart = z.infer<typeof ClearCart>;

/** A cart as an admin sees it in a list: whose it is and how full, not what is in it. */
export const CartCard = z.object({
  id: z.uuid(),
  /** Null: a guest’s, of whom nothing is known. */
  owner: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  lines: z.int(),
  /** Of all lines together. */
  units: z.int(),
  /** At the prices that were agreed to when the lines were put in; `cart.show` tells its owner those of now. */
  subtotal: z.int(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type CartCard = z.infer<typeof CartCard>;

export const ListCarts = z
  .strictObject({
    /** Left out: the restaurant of the session. */
    restaurantId,
    ...PageInput,
    /** A part of their owner’s name, or of that they sign in with; no guest has any. */
    search: words(100).optional(),
    /** True leaves only those of guests, false only those of people with an account. */
    guests: z.boolean().optional(),
  })
  .prefault({});
export type ListCarts = z.infer<typeof ListCarts>;

export const CartPage = pageOf(CartCard);
export type CartPage = z.infer<typeof CartPage>;
