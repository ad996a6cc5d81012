/** The fields of `now` that are not as they were: what somebody changed, and nothing that others may have. */
export function changesOf<T extends object>(before: T, now: T): Partial<T> {
  const fields = Object.keys(now) as (keyof T)[];
  const changed = fields.filter((field) => !isSame(now[field], before[field]));
  return Object.fromEntries(changed.map((field) => [field, now[field]])) as Partial<T>;
}

export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
