import { type ItemView, refusedWith } from '@comanda/client';
import { comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { Ask } from '../../parts/ask.tsx';
import { useSay } from '../../parts/toasts.tsx';

/** Takes an item off the menu, once somebody said yes. */
export function Removing({ item, onClose }: { item: ItemView; onClose: () => void }) {
  const { run, busy } = useDoing({
    call: () => comanda.menu.items.remove.mutate({ itemId: item.id }),
    said: `${item.name} is off the menu.`,
    touches: ['menu'],
    onDone: onClose,
  });
  return (
    <Ask open onClose={onClose} title={`Remove ${item.name}?`} yes="Remove" onYes={run} busy={busy}>
      <p>It can be put back: choose “What was removed” in the list.</p>
    </Ask>
  );
}

export function useRestoring(): (itemId: string) => void {
  const say = useSay();
  const { run } = useDoing({
    call: (itemId: string) => comanda.menu.items.restore.mutate({ itemId }),
    said: ({ name }) => `${name} is on the menu again.`,
    touches: ['menu'],
    onRefused: (error) => {
      const isHomeless = refusedWith(error, 'NOT_FOUND') && error.details.what === 'category';
      if (isHomeless) say('Its category was removed, so there is no place for it.', 'bad');
      return isHomeless;
    },
  });
  return run;
}
