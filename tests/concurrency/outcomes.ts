import { outcomeOf } from '../auth/callers.ts';

/** What became of each call: `ok`, or the reason of its refusal. */
export function outcomes(calls: Promise<unknown>[]): Promise<string[]> {
  return Promise.all(calls.map(outcomeOf));
}

export function times<Made>(count: number, make: (at: number) => Made): Made[] {
  return Array.from({ length: count }, (_, at) => make(at));
}

/** How many came to one of these. */
export function of(told: string[], ...wanted: string[]): number {
  return told.filter((one) => wanted.includes(one)).length;
}
