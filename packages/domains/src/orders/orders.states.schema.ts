import { z } from 'zod';

export const OrderState = z.enum([
  'pending',
  'confirmed',
  'preparing',
  'ready',
  'served',
  'out_for_delivery',
  'completed',
  'cancelled',
]);
export type OrderState = z.infer<typeof OrderState>;

export const OrderType = z.enum(['dine_in', 'pickup', 'delivery']);
export type OrderType = z.infer<typeof OrderType>;

export const ItemState = z.enum(['queued', 'cooking', 'done', 'served', 'voided']);
export type ItemState = z.infer<typeof ItemState>;

export const PaymentState = z.enum([
  'unpaid',
  'authorized',
  'paid',
  'part_refunded',
  'refunded',
  'failed',
]);
export type PaymentState = z.infer<typeof PaymentState>;
