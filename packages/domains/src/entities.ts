import { Account, Membership } from './auth/auth.entity.ts';
import { DevicePass, ResetCode, Session } from './auth/auth.session.entity.ts';
import { Category, MenuItem, MenuWord } from './menu/menu.entity.ts';
import { Cart } from './cart/cart.entity.ts';
import { Order, OrderItem, OrderStep, Payment } from './orders/orders.entity.ts';
import { DiningTable } from './tables/tables.entity.ts';
import { RoleBudget, UsageHour } from './quotas/quotas.entity.ts';
import { Restaurant } from './restaurants/restaurants.entity.ts';

/** Everything that is kept, in domain order. */
export const entities = [
  Account,
  Membership,
  Session,
  DevicePass,
  ResetCode,
  Restaurant,
  RoleBudget,
  UsageHour,
  Category,
  MenuItem,
  MenuWord,
  DiningTable,
  Cart,
  Order,
  OrderItem,
  OrderStep,
  Payment,
];
