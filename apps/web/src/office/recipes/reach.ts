import type { RecipeView, Secrecy } from '@comanda/client';
import { useWho } from '../../house/who.ts';

const ALL: Secrecy[] = ['basic', 'advanced', 'top_secret'];

export interface Reach {
  /** Sees more than cards. */
  cooks: boolean;
  /** What they may write down; none of it for those who only read. */
  writes: Secrecy[];
  /** Whether a recipe is theirs to change. */
  mayChange: (recipe: RecipeView) => boolean;
  vault: 'opens' | 'breaks' | null;
  seesCellar: boolean;
}

/** How far somebody reaches into the book. The service judges it anew with every call. */
export function useReach(): Reach {
  const who = useWho();
  const grants = who?.own.grants ?? [];
  const grant = (name: string) => grants.find(({ capability }) => capability === name);
  const write = grant('recipe.write');
  const level = who?.own.level ?? 1;
  const writes = write ? ALL.slice(0, Math.min(rank(write.extent), byLevel(level))) : [];
  const vault = grant('vault.open');
  return {
    cooks: (grant('recipe.read')?.extent ?? 'card') !== 'card',
    writes,
    mayChange: ({ craft }) =>
      craft !== null &&
      writes.includes(craft.secrecy) &&
      (write?.rows !== 'own' || craft.authorId === who?.session.user.id),
    vault: vault ? (vault.extent === 'break_glass' ? 'breaks' : 'opens') : null,
    seesCellar: grant('cellar.read') !== undefined,
  };
}

const rank = (extent: string) => ALL.findIndex((secrecy) => secrecy === extent) + 1;

/** The level of a person limits what their role reaches. */
function byLevel(level: number): number {
  if (level >= 5) return 3;
  if (level === 4) return 2;
  return level >= 2 ? 1 : 0;
}
