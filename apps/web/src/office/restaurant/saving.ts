import { type RestaurantDetail, refusedWith } from '@comanda/client';
import { useState } from 'react';
import { comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { inWords } from '../../house/wording.ts';
import { useSettings } from './settings.tsx';

export type Saving = ReturnType<typeof useSaving>;

interface More {
  said?: string;
  onDone?: () => void;
}

/**
 * One part of the settings, saved by itself, unless somebody else changed them meanwhile. Who is told
 * so may save what they changed on top of it.
 */
export function useSaving(
  call: (expectedVersion: number) => Promise<RestaurantDetail>,
  { said = 'Saved.', onDone }: More = {},
) {
  const { opened, mine, onSaved } = useSettings();
  const [seen, setSeen] = useState(opened.version);
  const { run, busy, error } = useDoing({
    call: async (how: 'save' | 'save on top') => {
      if (how === 'save') return call(newestOf(seen, mine));
      const theirs = await comanda.restaurants.show.query({ restaurantId: opened.id });
      return call(theirs.version);
    },
    said,
    touches: ['restaurants'],
    onDone: (saved) => {
      onSaved(saved);
      setSeen(saved.version);
      onDone?.();
    },
    onRefused: () => true,
  });
  return { save: () => run('save'), saveOnTop: () => run('save on top'), busy, error };
}

/** Up to the first version that somebody else made. */
function newestOf(seen: number, mine: ReadonlySet<number>): number {
  return mine.has(seen + 1) ? newestOf(seen + 1, mine) : seen;
}

/** Why it was not saved; nothing where it was, or where the field says it. */
export function whyNot(error: unknown, fields: readonly string[] = []): string | undefined {
  if (error === null || refusedWith(error, 'SLUG_TAKEN')) return undefined;
  if (refusedWith(error, 'VALIDATION')) {
    const isAtField = error.details.issues.some(({ path }) => fields.includes(path));
    return isAtField ? undefined : inWords(error);
  }
  return inWords(error);
}
