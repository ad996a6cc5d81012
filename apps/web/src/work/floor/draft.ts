import type { ItemView, Wish } from '@comanda/client';
import { useState } from 'react';
import { inTab } from '../../house/kept.ts';

/** What guests have said so far. */
export interface DraftLine {
  key: string;
  item: ItemView;
  chosen: string[];
  note: string;
  quantity: number;
}

/** Kept under a name: a phone throws pages away that are not looked at. */
export function useDraft(keptAs: string): [DraftLine[], (draft: DraftLine[]) => void] {
  const [draft, setDraft] = useState(() => JSON.parse(inTab.get(keptAs) ?? '[]') as DraftLine[]);
  const keep = (next: DraftLine[]) => {
    if (next.length > 0) inTab.set(keptAs, JSON.stringify(next));
    else inTab.remove(keptAs);
    setDraft(next);
  };
  return [draft, keep];
}

/** The same dish with the same options and note is one line more often. */
export function added(
  draft: readonly DraftLine[],
  said: Pick<DraftLine, 'item' | 'chosen' | 'note'>,
): DraftLine[] {
  const key = [said.item.id, ...said.chosen.toSorted(), said.note].join(' ');
  const known = draft.find((line) => line.key === key);
  if (!known) return [...draft, { ...said, key, quantity: 1 }];
  return draft.map((line) => (line === known ? { ...line, quantity: line.quantity + 1 } : line));
}

/** With none left the line is gone. */
export function counted(draft: readonly DraftLine[], key: string, quantity: number): DraftLine[] {
  return draft
    .map((line) => (line.key === key ? { ...line, quantity } : line))
    .filter((line) => line.quantity > 0);
}

export function wishOf({ item, chosen, note, quantity }: DraftLine): Wish {
  return {
    itemId: item.id,
    quantity,
    options: chosen.map((optionId) => ({ optionId })),
    ...(note.trim() !== '' && { note }),
  };
}

export function optionsOf({ item, chosen }: Pick<DraftLine, 'item' | 'chosen'>) {
  return item.options.flatMap(({ options }) => options).filter(({ id }) => chosen.includes(id));
}

export function costOf(line: DraftLine): number {
  const extra = optionsOf(line).reduce((sum, { priceDelta }) => sum + priceDelta, 0);
  return (line.item.price + extra) * line.quantity;
}
