import { defineEntity, p } from '@mikro-orm/core';
import { base, tenantFilters, uuid } from '@comanda/storage/base.entity';
import { SECRECIES } from './recipes.secrecy.schema.ts';

const RecipeSchema = defineEntity({
  name: 'Recipe',
  tableName: 'recipe',
  properties: {
    ...base,
    restaurantId: uuid(),
    // The audit log tells that a recipe was changed, and nothing of what is in it.
    name: p.string().length(200).hidden(),
    secrecy: p.enum(SECRECIES),
    difficulty: p.enum(['easy', 'hard', 'expert']).strictNullable(),
    ingredients: p.json<string[]>().hidden(),
    allergens: p.json<string[]>().hidden(),
    instructions: p.text().hidden(),
    authorId: uuid(),
    authorName: p.string().length(200),
  },
  filters: tenantFilters,
  indexes: [{ properties: ['restaurantId', 'id'] }, { properties: ['restaurantId', 'authorId'] }],
});
/** How a dish is made, and how secret that is. */
export class Recipe extends RecipeSchema.class {}
RecipeSchema.setClass(Recipe);

const WineSchema = defineEntity({
  name: 'Wine',
  tableName: 'wine',
  properties: {
    ...base,
    restaurantId: uuid(),
    name: p.string().length(200),
    year: p.integer(),
    /** Of a bottle. */
    price: p.bigint('number'),
    bottles: p.integer(),
  },
  filters: tenantFilters,
  indexes: [{ properties: ['restaurantId', 'name', 'year'] }],
});
/** What lies in the cellar. */
export class Wine extends WineSchema.class {}
WineSchema.setClass(Wine);
