/** A schema of the document, as far as values are read by it. */
export interface Field {
  $ref?: string;
  type?: string | string[];
  'x-wire'?: 'Date' | 'bigint' | 'undefined' | 'Blob';
  properties?: Record<string, Field>;
  additionalProperties?: boolean | Field;
  items?: Field | false;
  anyOf?: Field[];
  oneOf?: Field[];
  allOf?: Field[];
}

export type Fields = Record<string, Field>;

/** What is behind a reference. */
function meant(field: Field, types: Fields): Field {
  const name = field.$ref?.split('/').at(-1);
  return name === undefined ? field : (types[name] ?? {});
}

/** All that a value may be. */
export function kindsOf(field: Field, types: Fields): Field[] {
  const one = meant(field, types);
  const several = [...(one.anyOf ?? []), ...(one.oneOf ?? []), ...(one.allOf ?? [])];
  return several.length > 0 ? several.flatMap((kind) => kindsOf(kind, types)) : [one];
}

/** Texts of a query as the values that they stand for; what cannot be one stays text, and is refused as such. */
export function fromText(text: string | string[], field: Field, types: Fields): unknown {
  const kinds = kindsOf(field, types);
  const list = kinds.find(({ type }) => type === 'array');
  if (list?.items) {
    const { items } = list;
    return [text].flat().map((one) => fromText(one, items, types));
  }
  if (Array.isArray(text)) return text;
  for (const { type, 'x-wire': wired } of kinds) {
    if (wired === 'Date') return dateIn(text);
    if ((type === 'integer' || type === 'number') && NUMBER.test(text)) return Number(text);
    if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
    if (type === 'null' && text === 'null') return null;
  }
  return text;
}

const NUMBER = /^-?\d{1,15}(\.\d{1,10})?$/;

/** Values of JSON, with dates where dates are meant. */
export function fromJson(value: unknown, field: Field, types: Fields): unknown {
  const kinds = kindsOf(field, types);
  if (typeof value === 'string') {
    return kinds.some((kind) => kind['x-wire'] === 'Date') ? dateIn(value) : value;
  }
  if (Array.isArray(value)) {
    const items = kinds.flatMap((kind) => kind.items || []);
    return items.length > 0 ? value.map((one) => fromJson(one, { anyOf: items }, types)) : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, fromJson(one, within(kinds, name), types)]),
  );
}

/** What a field of an object may be, whichever of several objects it is in. */
function within(kinds: Field[], name: string): Field {
  const found = kinds.flatMap(({ properties, additionalProperties: rest }) => {
    const own = properties && Object.hasOwn(properties, name) ? properties[name] : undefined;
    return own ?? (typeof rest === 'object' ? rest : []);
  });
  return { anyOf: found };
}

/** As RFC 3339 writes a moment; all else stays text, and is no date to whoever asks for one. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/i;

function dateIn(text: string): Date | string {
  const at = new Date(text);
  return MOMENT.test(text) && isDay(text.slice(0, 10)) && !Number.isNaN(at.getTime()) ? at : text;
}

/** To `Date` the 30th of February is the 2nd of March. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
