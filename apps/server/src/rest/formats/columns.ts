import { type Field, type Fields, kindsOf } from '../fields.ts';

/** The columns of every page of a list, as the document tells its items; names that are data it does not tell. */
export function columnsOf(page: Field, types: Fields): string[] {
  const items = kindsOf(page, types).flatMap(({ properties }) => properties?.['items'] ?? []);
  const rows = items.flatMap((field) => kindsOf(field, types)).flatMap((kind) => kind.items || []);
  return [...new Set(rows.flatMap((row) => under('', row, types)))];
}

function under(path: string, field: Field, types: Fields): string[] {
  return kindsOf(field, types).flatMap((kind) => {
    if (kind.type === 'null') return [];
    if (kind.type !== 'object') return [path];
    return Object.entries(kind.properties ?? {}).flatMap(([name, one]) =>
      under(path ? `${path}.${name}` : name, one, types),
    );
  });
}
