import { auditProcedures } from './audit/audit.procedures.ts';
import { authProcedures } from './auth/auth.procedures.ts';
import { booksProcedures } from './books/books.procedures.ts';
import { cartProcedures } from './cart/cart.procedures.ts';
import { filesProcedures } from './files/files.procedures.ts';
import { kitchenProcedures } from './kitchen/kitchen.procedures.ts';
import { ordersProcedures } from './orders/orders.procedures.ts';
import { menuProcedures } from './menu/menu.procedures.ts';
import { peopleProcedures } from './people/people.procedures.ts';
import { permissionsProcedures } from './permissions/permissions.procedures.ts';
import { profileProcedures } from './profile/profile.procedures.ts';
import { quotasProcedures } from './quotas/quotas.procedures.ts';
import { recipesProcedures } from './recipes/recipes.procedures.ts';
import { reportsProcedures } from './reports/reports.procedures.ts';
import { reservationsProcedures } from './reservations/reservations.procedures.ts';
import { restaurantsProcedures } from './restaurants/restaurants.procedures.ts';
import { shiftsProcedures } from './shifts/shifts.procedures.ts';
import { tablesProcedures } from './tables/tables.procedures.ts';
import { tasksProcedures } from './tasks/tasks.procedures.ts';
import { timecardsProcedures } from './timecards/timecards.procedures.ts';

/** Everything that can be called, in domain order. */
export const procedures = {
  auth: authProcedures,
  people: peopleProcedures,
  restaurants: restaurantsProcedures,
  quotas: quotasProcedures,
  permissions: permissionsProcedures,
  shifts: { ...shiftsProcedures, ...timecardsProcedures },
  files: filesProcedures,
  profile: profileProcedures,
  recipes: recipesProcedures,
  menu: menuProcedures,
  tables: tablesProcedures,
  cart: cartProcedures,
  orders: ordersProcedures,
  kitchen: kitchenProcedures,
  reservations: reservationsProcedures,
  tasks: tasksProcedures,
  books: booksProcedures,
  audit: auditProcedures,
  reports: reportsProcedures,
};
export type Procedures = typeof procedures;
