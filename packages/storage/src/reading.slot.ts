import type { EntityProperty } from '@mikro-orm/core';

/** Where in a statement a value goes that comes with each call, and what it is compared with. */
export class Slot {
  readonly #key: string | number;
  readonly #place: number | undefined;
  property: EntityProperty | undefined;

  /** A value of a call by its key; with a place, one of the values in a list. */
  constructor(key: string | number, place?: number) {
    this.#key = key;
    this.#place = place;
  }

  in(values: Values): unknown {
    const value = values[this.#key];
    return this.#place === undefined ? value : (value as unknown[])[this.#place];
  }
}

/** The values of one call. */
export type Values = Readonly<Record<string | number, unknown>>;

/** Neither has a type that it could be converted to. */
export function isNothing(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

/** For the restaurant whose rows are read: no value of the query's. */
export const REACH = new Slot('reach');
