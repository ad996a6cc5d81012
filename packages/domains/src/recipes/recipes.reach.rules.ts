import { cellOf, type Role } from '@comanda/kernel/access';
import { covers, recipeReach } from '@comanda/kernel/roles';
import type { KitchenLevel } from '@comanda/kernel/roles';
import type { Secrecy } from './recipes.secrecy.schema.ts';

interface Cook {
  id: string;
  role: Role;
  level: number;
}

const ALL: readonly Secrecy[] = ['basic', 'advanced', 'top_secret'];

function reachOf(capability: 'recipe.read' | 'recipe.write', { role, level }: Cook) {
  return recipeReach(capability, role, level as KitchenLevel);
}

/** What somebody may read; of the basic ones some see the card only. */
export function readableBy(cook: Cook): Secrecy[] {
  const reach = reachOf('recipe.read', cook);
  if (reach === 'card') return ['basic'];
  return ALL.filter((secrecy) => covers(reach, secrecy));
}

/** What somebody may write, of whosever recipes they may write. */
export function writableBy(cook: Cook): Secrecy[] {
  const reach = reachOf('recipe.write', cook);
  return ALL.filter((secrecy) => covers(reach, secrecy));
}

export function seesCraft(cook: Cook): boolean {
  return covers(reachOf('recipe.read', cook), 'basic');
}

/** Whether a recipe is the cook's to change: their own, or anybody's for the master. */
export function isTheirs({ id, role }: Cook, { authorId }: { authorId: string }): boolean {
  const cell = cellOf(role, 'recipe.write');
  return cell.allowed && (cell.rows !== 'own' || authorId === id);
}

/** Whether the level of somebody whose role opens the vault was left high enough for it. */
export function reachesVault(cook: Cook): boolean {
  return covers(reachOf('recipe.read', cook), 'top_secret');
}
