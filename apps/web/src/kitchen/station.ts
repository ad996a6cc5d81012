import { useEffect } from 'react';
import { useLocation, useSearch } from 'wouter';
import { ALL, NO_STATION, type Station } from './cards.ts';
import { useKeptChoice } from './kept-choice.ts';
import { inBrowser } from '../house/kept.ts';

const KEY = 'comanda.kitchen.station';

/** Which station this screen hangs at: the address says, and where it does not, what was chosen last. */
export function useStation(): [Station, (station: Station) => void] {
  const [path, go] = useLocation();
  const named = new URLSearchParams(useSearch()).get('station');
  const last = inBrowser.get(KEY);
  const choose = (station: Station) => {
    if (station === ALL) inBrowser.remove(KEY);
    go(station === ALL ? path : addressOf(path, station), { replace: true });
  };
  useEffect(() => {
    if (named !== null) inBrowser.set(KEY, named);
    else if (last !== null) go(addressOf(path, last), { replace: true });
  }, [named, last, path, go]);
  return [named ?? last, choose];
}

function addressOf(path: string, station: string): string {
  return `${path}?${new URLSearchParams({ station }).toString()}`;
}

/**
 * The stations, by name. One that once had something to cook stays: a tab does not vanish with its
 * last ticket, and keeps its number on the keyboard.
 */
export function useStations(atWork: Iterable<Station>, chosen: Station): string[] {
  const [seen, keep] = useKeptChoice('stations', '[]');
  const working = [...atWork];
  const named = sorted([...namesIn(seen), ...working]);
  const written = JSON.stringify(named);
  useEffect(() => {
    if (written !== seen) keep(written);
  });
  const shown = sorted([...named, chosen]);
  const hasUnnamed = chosen === NO_STATION || working.includes(NO_STATION);
  return hasUnnamed ? [...shown, NO_STATION] : shown;
}

function sorted(stations: readonly Station[]): string[] {
  const named = stations.filter((station) => station !== ALL).filter((one) => one !== NO_STATION);
  return [...new Set(named)].toSorted((one, other) => one.localeCompare(other));
}

function namesIn(kept: string): string[] {
  try {
    const names: unknown = JSON.parse(kept);
    return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
  } catch {
    return [];
  }
}

export function stationName(station: Station): string {
  if (station === ALL) return 'All';
  return station === NO_STATION ? 'No station' : station;
}
