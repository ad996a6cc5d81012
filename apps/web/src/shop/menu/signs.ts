import type { ItemView, Orderability } from '@comanda/client';
import type { Tone } from '../../parts/badge.tsx';
import { clockOrDay } from '../cart/moment.ts';

/** A word on a dish that cannot be had now, or soon not any more. */
export function signOf({ now, stock }: ItemView): { words: string; tone: Tone } | undefined {
  if (now.because === 'SOLD_OUT') return { words: 'Sold out', tone: 'bad' };
  if (now.because === 'OFF_MENU') return { words: 'Off the menu', tone: 'bad' };
  if (now.because === 'OFF_MENU_TIME') return { words: 'Not at this hour', tone: 'warn' };
  if (stock === 'low') return { words: 'Only a few left', tone: 'warn' };
  return undefined;
}

/** Why it cannot be ordered at this moment, in a sentence. */
export function whyNot({ because, until }: Orderability, timeZone?: string): string | undefined {
  const from = until ? ` It can be ordered from ${clockOrDay(until, timeZone)} on.` : '';
  switch (because) {
    case 'SOLD_OUT':
      return 'Sold out for now.';
    case 'OFF_MENU':
      return 'This is not on the menu any more.';
    case 'OFF_MENU_TIME':
      return `Not served at this hour.${from}`;
    case 'CLOSED':
      return `We are closed now.${from}`;
    case 'PAUSED':
      return `No orders are taken right now.${from}`;
    case undefined:
      return undefined;
  }
}
