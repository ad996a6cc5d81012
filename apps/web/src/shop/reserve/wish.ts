import type { RestaurantDetail } from '@comanda/client';
import { useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { dayAt } from '../../house/zone.ts';

export interface Wish {
  date: string;
  party: number;
  /** The start that was chosen. */
  at: Date | undefined;
}

/** What the address says, and what to do to say something else. */
export function useWish({ timeZone }: RestaurantDetail): [Wish, (wish: Wish) => void] {
  const said = new URLSearchParams(useSearch());
  const [, go] = useLocation();
  const [today] = useState(() => dayAt(new Date(), timeZone));
  const date = said.get('date') ?? '';
  const party = Number(said.get('party') ?? 2);
  const at = new Date(said.get('at') ?? '');
  const wish = {
    date: /^\d{4}-\d\d-\d\d$/.test(date) ? date : today,
    party: Number.isInteger(party) && party > 0 && party <= 100 ? party : 2,
    at: Number.isNaN(at.getTime()) ? undefined : at,
  };
  return [wish, (next) => go(addressOf(next), { replace: true })];
}

export function addressOf({ date, party, at }: Wish): string {
  const said = new URLSearchParams({ date, party: `${party}` });
  if (at) said.set('at', at.toISOString());
  return `/reserve?${said.toString()}`;
}
