import { ItemView } from '@comanda/domains/menu/menu.schema';
import { z } from 'zod';

export const ListItems = z.object({
  category: z.string().optional(),
  search: z.string().optional(),
  limit: z.int().min(1).max(100).default(20),
  offset: z.int().min(0).default(0),
});

/** The very items that ours answers. */
export const Items = z.object({ items: z.array(ItemView), total: z.int() });

export const AddToCart = z.object({ itemId: z.uuid(), quantity: z.int().min(1).max(99) });

export const Cart = z.object({
  lines: z.array(
    z.object({
      itemId: z.uuid(),
      name: z.string(),
      quantity: z.int(),
      unit: z.int(),
      total: z.int(),
    }),
  ),
  subtotal: z.int(),
  version: z.int(),
});

export const ListOrders = z.object({
  limit: z.int().min(1).max(100).default(20),
  /** Whether each comes with its lines. */
  lines: z.boolean().default(true),
});

export const OrderView = z.object({
  id: z.uuid(),
  number: z.int(),
  customerId: z.uuid(),
  customerName: z.string(),
  state: z.string(),
  total: z.int(),
  placedAt: z.date(),
  lines: z.array(
    z.object({ itemId: z.uuid(), name: z.string(), quantity: z.int(), unit: z.int() }),
  ),
});
export type OrderView = z.infer<typeof OrderView>;

export const Orders = z.object({ items: z.array(OrderView), total: z.int() });

export const Login = z.object({ identifier: z.string(), password: z.string() });
export const Refresh = z.object({ refreshToken: z.string() });
export const Session = z.object({ accessToken: z.string(), refreshToken: z.string() });
