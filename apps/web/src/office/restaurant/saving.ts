import { type RestaurantDetail, refusedWith } from '@comanda/client';
import { useDoing } from '../../house/doing.ts';
import { inWords } from '../../house/wording.ts';
import { useSettings } from './settings.tsx';

interface More {
  said?: string;
  onDone?: () => void;
}

/** One part of the settings, saved by itself, unless somebody else changed them meanwhile. */
export function useSaving(
  call: (expectedVersion: number) => Promise<RestaurantDetail>,
  { said = 'Saved.', onDone }: More = {},
) {
  const { version, onSaved } = useSettings();
  return useDoing({
    call: () => call(version),
    said,
    touches: ['restaurants'],
    onDone: (saved) => {
      onSaved(saved);
      onDone?.();
    },
    onRefused: () => true,
  });
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
