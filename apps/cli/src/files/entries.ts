import type { z } from 'zod';
import { csvEntries } from './csv.ts';
import { sourceAt, type Source } from './reading.ts';
import { FileRefused, type Problem } from './refused.ts';
import { yamlEntries, yamlIn } from './yaml.ts';

/** One row of a CSV, or one entry of a list in YAML, and where it stands. */
export interface Entry {
  place: string;
  values: Record<string, unknown>;
}

/** An entry, understood. */
export interface Row<Value> {
  place: string;
  value: Value;
}

/** A list of entries whose every value is a text; an empty one counts as left out. */
export function textsIn(
  { path, format }: { path: string; format: string | undefined },
  columns: readonly string[],
): { source: Source; entries: Entry[] } {
  const source = sourceAt(path, format);
  const found =
    source.format === 'csv'
      ? csvEntries(source, columns)
      : yamlEntries(source, yamlIn(source, 'texts'));
  if (found.length === 0)
    throw new FileRefused(source.name, 'There is nothing in it but a header.');
  const entries = found.map(({ place, values }) => ({
    place,
    values: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')),
  }));
  return { source, entries };
}

/** What each entry says, and all that is wrong with any. */
export function understoodAs<Value>(
  schema: z.ZodType<Value>,
  entries: readonly Entry[],
): { rows: Row<Value>[]; problems: Problem[] } {
  const rows: Row<Value>[] = [];
  const problems: Problem[] = [];
  for (const { place, values } of entries) {
    const { data, error } = schema.safeParse(values);
    if (error)
      problems.push(...error.issues.flatMap((issue) => problemsOf(issue, { place, values })));
    else rows.push({ place, value: data });
  }
  return { rows, problems };
}

function problemsOf(issue: z.core.$ZodIssue, { place, values }: Entry): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      place,
      field: [...issue.path, key].join('.'),
      message: 'there is no such field',
    }));
  }
  const given = issue.path.reduce<unknown>(
    (at, part) => (at as Record<PropertyKey, unknown> | undefined)?.[part],
    values,
  );
  const message = given === undefined ? 'is missing' : issue.message;
  return [{ place, field: issue.path.join('.'), message }];
}

/** Those that say what another has said before, by what is told of them. */
export function repeated<Value>(
  rows: readonly Row<Value>[],
  keysOf: (value: Value) => (readonly [field: string, key: string])[],
): Problem[] {
  const first = new Map<string, string>();
  return rows.flatMap(({ place, value }) =>
    keysOf(value).flatMap(([field, key]) => {
      const before = first.get(`${field} ${key}`);
      first.set(`${field} ${key}`, before ?? place);
      return before === undefined ? [] : [{ place, field, message: `stands in ${before} already` }];
    }),
  );
}
