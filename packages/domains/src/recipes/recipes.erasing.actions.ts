import { blank } from '@comanda/storage/erasing';
import type { Erasing } from '../context.ts';
import { Recipe } from './recipes.entity.ts';

/** A recipe is its restaurant's; the name of whoever wrote it down is not. */
export const eraseRecipes: Erasing = ({ em }, { accountId: authorId }) =>
  blank(em, Recipe, { where: { authorId }, set: { authorName: '' } });
