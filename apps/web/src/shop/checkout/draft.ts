import type { OrderType, PlaceOrder } from '@comanda/client';
import { useState } from 'react';
import type { Tip } from './totals.ts';
import { inTab } from '../../house/kept.ts';

const PLACE = 'comanda.checkout';

/** What a guest fills in. */
export interface Draft {
  type: OrderType | undefined;
  customerName: string;
  table: string;
  phone: string;
  address: string;
  instructions: string;
  tip: Tip;
}

const EMPTY: Draft = {
  type: undefined,
  customerName: '',
  table: '',
  phone: '',
  address: '',
  instructions: '',
  tip: { fixed: 0 },
};

/** Outlives a reload, and ends with the order or the window. */
export function useDraft(): [Draft, (changes: Partial<Draft>) => void] {
  const [draft, setDraft] = useState(readDraft);
  const change = (changes: Partial<Draft>) => {
    const next = { ...draft, ...changes };
    inTab.set(PLACE, JSON.stringify(next));
    setDraft(next);
  };
  return [draft, change];
}

export function forgetDraft(): void {
  inTab.remove(PLACE);
}

function readDraft(): Draft {
  const text = inTab.get(PLACE);
  return text === null ? EMPTY : { ...EMPTY, ...(JSON.parse(text) as Partial<Draft>) };
}

/** What of it belongs to an order of this kind. A table has a name to guests, and an id to staff alone. */
export function saidIn(draft: Draft, type: OrderType): Omit<PlaceOrder, 'cartVersion'> {
  const { customerName, table, phone, address, instructions, tip } = draft;
  const isTable = type === 'dine_in' && table.trim() !== '';
  const said = [isTable ? `Table ${table.trim()}.` : '', instructions.trim()];
  return {
    type,
    tip,
    customerName: customerName.trim(),
    instructions: said.filter((part) => part !== '').join(' '),
    ...(phone.trim() !== '' && type !== 'dine_in' && { phone: phone.trim() }),
    ...(type === 'delivery' && { address: address.trim() }),
  };
}
