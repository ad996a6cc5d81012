import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { allow, anyone } from '../trpc.ts';
import { createRestaurant, updateRestaurant } from './restaurants.actions.ts';
import { restaurantErrors } from './restaurants.errors.ts';
import { listRestaurants, showRestaurant } from './restaurants.reads.ts';
import {
  CreateRestaurant,
  ListRestaurants,
  RestaurantPage,
  RestaurantView,
  ShowRestaurant,
  UpdateRestaurant,
} from './restaurants.schema.ts';

const { RESTAURANT_REQUIRED, SLUG_TAKEN } = restaurantErrors;

export const restaurantsProcedures = {
  list: anyone()
    .meta({ summary: 'Lists the restaurants.' })
    .input(ListRestaurants)
    .output(RestaurantPage)
    .query(({ ctx, input }) => listRestaurants(ctx, input)),
  show: anyone(kernelErrors.NOT_FOUND, RESTAURANT_REQUIRED)
    .meta({ summary: 'Shows one restaurant.' })
    .input(ShowRestaurant)
    .output(RestaurantView)
    .query(({ ctx, input }) => showRestaurant(ctx, input)),
  create: allow('restaurant.create', SLUG_TAKEN)
    .meta({ summary: 'Opens a restaurant.' })
    .input(CreateRestaurant)
    .output(RestaurantView)
    .mutation(({ ctx, input }) => createRestaurant(ctx, input)),
  update: allow('settings', SLUG_TAKEN)
    .meta({ summary: 'Changes what is said about a restaurant.' })
    .input(UpdateRestaurant)
    .output(RestaurantView)
    .mutation(({ ctx, input }) => updateRestaurant(ctx, input)),
};
