import type { Policy, Window } from './store.ts';

const UNIT_MS = new Map([
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);
// A month or a millisecond must not pass for a minute.
const RATE =
  /^(?<limit>\d{1,7})\s*(?:\/|per\b)\s*(?<count>\d{1,4})?\s*(?<unit>(?!mo|ms|mil)[smhd])[a-z]*$/i;

/** '20/min', '5 per 15 min', '1000/day': of the unit only the first letter counts. */
export function rate(words: string): { limit: number; ms: number } {
  const { limit, count, unit } = RATE.exec(words.trim())?.groups ?? {};
  const ms = Number(count ?? 1) * (UNIT_MS.get(unit?.toLowerCase() ?? '') ?? 0);
  if (ms === 0 || Number(limit) === 0) {
    throw new Error(`Bad rate '${words}': say it like 10/s, 20/min, 5/15min, 5/hour or 1000/day`);
  }
  return { limit: Number(limit), ms };
}

/** Names stay within [a-z0-9._-], so that they fit store keys and header fields as they are. */
export function policy(name: string, first: string, ...others: string[]): Policy {
  if (!/^[a-z0-9._-]+$/i.test(name))
    throw new Error(`Bad policy name '${name}': letters, digits and the signs . _ - only`);
  return { name, windows: [window(first), ...others.map(window)] };
}

function window(words: string): Window {
  return { name: words, ...rate(words) };
}
