import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { transportErrors } from '@comanda/kernel/transport.errors';
import { accessErrors } from './access.errors.ts';
import { authErrors } from './auth/auth.errors.ts';
import { menuErrors } from './menu/menu.errors.ts';
import { peopleErrors } from './people/people.errors.ts';
import { restaurantErrors } from './restaurants/restaurants.errors.ts';

/** Every refusal there is, by the domain that gives it; docs/errors.md is made from this. */
export const catalogue = {
  transport: transportErrors,
  kernel: kernelErrors,
  access: accessErrors,
  auth: authErrors,
  people: peopleErrors,
  restaurants: restaurantErrors,
  menu: menuErrors,
};
