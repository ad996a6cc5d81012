import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { keyedErrors } from '@comanda/kernel/keyed.errors';
import { moneyErrors } from '@comanda/kernel/money.errors';
import { transportErrors } from '@comanda/kernel/transport.errors';
import { accessErrors } from './access.errors.ts';
import { authErrors } from './auth/auth.errors.ts';
import { bookErrors } from './books/books.errors.ts';
import { cartErrors } from './cart/cart.errors.ts';
import { fileErrors } from './files/files.errors.ts';
import { orderErrors } from './orders/orders.errors.ts';
import { liveErrors } from './live/live.errors.ts';
import { menuErrors } from './menu/menu.errors.ts';
import { peopleErrors } from './people/people.errors.ts';
import { reservationErrors } from './reservations/reservations.errors.ts';
import { recipeErrors } from './recipes/recipes.errors.ts';
import { restaurantErrors } from './restaurants/restaurants.errors.ts';
import { shiftErrors } from './shifts/shifts.errors.ts';
import { tableErrors } from './tables/tables.errors.ts';
import { taskErrors } from './tasks/tasks.errors.ts';
import { timecardErrors } from './timecards/timecards.errors.ts';

/** Every refusal there is, by the domain that gives it; docs/errors.md is made from this. */
export const catalogue = {
  transport: transportErrors,
  kernel: kernelErrors,
  keyed: keyedErrors,
  money: moneyErrors,
  access: accessErrors,
  live: liveErrors,
  auth: authErrors,
  people: peopleErrors,
  restaurants: restaurantErrors,
  shifts: shiftErrors,
  timecards: timecardErrors,
  files: fileErrors,
  recipes: recipeErrors,
  menu: menuErrors,
  tables: tableErrors,
  cart: cartErrors,
  orders: orderErrors,
  reservations: reservationErrors,
  tasks: taskErrors,
  books: bookErrors,
};
