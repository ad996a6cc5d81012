import type { Format } from './format.ts';

/** What a mutation answers that has nothing to say is null, not an empty body. */
function write(value: unknown): string {
  return JSON.stringify(value ?? null);
}

export const json: Format = { type: 'application/json; charset=utf-8', write };
export const problemJson: Format = { type: 'application/problem+json; charset=utf-8', write };
