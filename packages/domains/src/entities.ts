import { EVERYWHERE, showToAll } from '@comanda/storage/editions';
import { Account, Membership } from './auth/auth.entity.ts';
import { DevicePass, ResetCode, Session } from './auth/auth.session.entity.ts';
import { Category, MenuItem, MenuWord } from './menu/menu.entity.ts';
import { type Stock, stockSign } from './menu/menu.orderable.rules.ts';
import { Cart } from './cart/cart.entity.ts';
import { Order, OrderItem, OrderStep, Payment } from './orders/orders.entity.ts';
import { Reservation, TableHold } from './reservations/reservations.entity.ts';
import { Shift } from './shifts/shifts.entity.ts';
import { Correction, Timecard } from './timecards/timecards.entity.ts';
import { Book } from './books/books.entity.ts';
import { Picture } from './files/files.entity.ts';
import { Profile } from './profile/profile.entity.ts';
import { Recipe, Wine } from './recipes/recipes.entity.ts';
import { Task } from './tasks/tasks.entity.ts';
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
  Picture,
  Profile,
  RoleBudget,
  UsageHour,
  Shift,
  Timecard,
  Correction,
  Recipe,
  Wine,
  Category,
  MenuItem,
  MenuWord,
  DiningTable,
  Cart,
  Order,
  OrderItem,
  OrderStep,
  Payment,
  Reservation,
  TableHold,
  Task,
  Book,
];

// What anybody is shown, by caches too. `tests/spec/http.caching.spec.ts` walks what changes it.
showToAll(Restaurant, { in: ({ id }) => [text(id), EVERYWHERE] });
showToAll(Category, { in: ({ restaurantId }) => [text(restaurantId)] });
showToAll(MenuItem, {
  in: ({ restaurantId }) => [text(restaurantId)],
  // Nobody but the staff is told how many there are: a sale is no new edition until it shows.
  lessOf: {
    columns: ['stockMode', 'stockLeft', 'stockLow'],
    shown: ({ stockMode, stockLeft, stockLow }) =>
      stockSign({ mode: stockMode, left: stockLeft, low: stockLow } as Stock),
  },
});

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
