import { deepStrictEqual } from 'node:assert/strict';
import { pagePath, type Place } from './menu-pages.ts';
import type { NaiveHouse } from './naive-house.ts';
import type { OurHouse } from './our-house.ts';
import type { Contestant } from './rounds.ts';
import { NAIVE, OURS } from './subject-names.ts';

/** Who it is, and where. */
export function called(house: OurHouse | NaiveHouse): Pick<Contestant, 'subject' | 'pids' | 'url'> {
  return 'server' in house
    ? { subject: OURS, pids: house.pids, url: house.server.url }
    : { subject: NAIVE, pids: { server: house.pid }, url: house.url };
}

export function naiveAt(naive: NaiveHouse, place: Place): Contestant {
  return { ...called(naive), ...asking(pagePath(place)) };
}

export function asking(path: string) {
  return { turn: 'ask', told: { path } } as const;
}

/** Whoever is compared answers the same. */
export async function sameItems(
  items: unknown[],
  others: [url: string, read: (body: string) => unknown][],
) {
  for (const [url, read] of others) {
    const { items: theirs } = read(await (await fetch(url)).text()) as { items: unknown[] };
    deepStrictEqual(theirs, items, url);
  }
}

export function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}
