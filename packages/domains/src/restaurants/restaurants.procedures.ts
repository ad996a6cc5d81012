import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { allow, anyone } from '../trpc.ts';
import {
  createRestaurant,
  pauseRestaurant,
  resumeRestaurant,
  setHours,
  updateRestaurant,
} from './restaurants.actions.ts';
import { restaurantErrors } from './restaurants.errors.ts';
import { listRestaurants, showRestaurant } from './restaurants.reads.ts';
import {
  CreateRestaurant,
  ListRestaurants,
  PauseRestaurant,
  RestaurantDetail,
  RestaurantPage,
  ResumeRestaurant,
  SetHours,
  ShowRestaurant,
  UpdateRestaurant,
} from './restaurants.schema.ts';

const { RESTAURANT_REQUIRED, SLUG_TAKEN } = restaurantErrors;

export const restaurantsProcedures = {
  list: anyone()
    .meta({ summary: 'Lists the restaurants.', shown: 'anytime' })
    .input(ListRestaurants)
    .output(RestaurantPage)
    .query(({ ctx, input }) => listRestaurants(ctx, input)),
  show: anyone(kernelErrors.NOT_FOUND, RESTAURANT_REQUIRED)
    .meta({
      summary: 'Shows one restaurant, its hours, and whether it is open.',
      shown: 'byHours',
    })
    .input(ShowRestaurant)
    .output(RestaurantDetail)
    .query(({ ctx, input }) => showRestaurant(ctx, input)),
  create: allow('restaurant.create', SLUG_TAKEN)
    .meta({ summary: 'Opens a restaurant.' })
    .input(CreateRestaurant)
    .output(RestaurantDetail)
    .mutation(({ ctx, input }) => createRestaurant(ctx, input)),
  update: allow('settings', SLUG_TAKEN)
    .meta({ summary: 'Changes what is said about a restaurant.' })
    .input(UpdateRestaurant)
    .output(RestaurantDetail)
    .mutation(({ ctx, input }) => updateRestaurant(ctx, input)),
  setHours: allow('settings')
    .meta({ summary: 'Sets the opening hours, with exceptions by date.' })
    .input(SetHours)
    .output(RestaurantDetail)
    .mutation(({ ctx, input }) => setHours(ctx, input)),
  pause: allow('settings')
    .meta({ summary: 'Takes no orders for a while, with a word to the guests.' })
    .input(PauseRestaurant)
    .output(RestaurantDetail)
    .mutation(({ ctx, input }) => pauseRestaurant(ctx, input)),
  resume: allow('settings')
    .meta({ summary: 'Takes orders again.' })
    .input(ResumeRestaurant)
    .output(RestaurantDetail)
    .mutation(({ ctx, input }) => resumeRestaurant(ctx, input)),
};
