import { csv } from './csv.ts';
import type { Format } from './format.ts';
import { json, problemJson } from './json.ts';
import { problemXml, xml } from './xml.ts';
import { yaml } from './yaml.ts';

interface Answered {
  list: boolean;
  /** Of every page of the list. */
  columns?: readonly string[] | undefined;
}

/** What is answered to whoever asks by one of these names, and by the name that they used. */
const IN_JSON = ['application/json'];
const IN_XML = ['application/xml', 'text/xml'];
const IN_YAML = ['application/yaml', 'application/x-yaml', 'text/yaml'];
const IN_CSV = ['text/csv'];

/** The format that the caller likes best, and JSON where they like several as much; none: there is none they take. */
export function formatFor(
  accept: string | undefined,
  { list, columns }: Answered,
): Format | undefined {
  const wishes = wishesIn(accept);
  const offers = list ? [...OFFERS, ...named(IN_CSV, csv(columns))] : OFFERS;
  let best: Format | undefined;
  let most = 0;
  for (const { name, format } of offers) {
    const weight = weightOf(name, wishes);
    if (weight > most) [best, most] = [format, weight];
  }
  return best;
}

/** A no is never refused: it is XML for whoever would rather have that than JSON, and JSON for all others. */
export function problemFormatFor(accept: string | undefined): Format {
  const wishes = wishesIn(accept);
  const weightIn = (own: string, names: string[]) =>
    Math.max(wishes.get(own) ?? 0, ...names.map((name) => weightOf(name, wishes)));
  const inXml = weightIn('application/problem+xml', IN_XML);
  return inXml > weightIn('application/problem+json', IN_JSON) ? problemXml : problemJson;
}

function named(names: string[], format: Format) {
  return names.map((name) => ({
    name,
    format: { ...format, type: `${name}; charset=utf-8` },
  }));
}

/** Of equals the first. */
const OFFERS = [...named(IN_JSON, json), ...named(IN_XML, xml), ...named(IN_YAML, yaml)];

type Wishes = Map<string, number>;

/**
 * The weights of an `Accept` by media range. Parameters but `q` are passed over, for most callers that write
 * `charset=utf-8` take what has none; and so is a range whose weight is none.
 */
function wishesIn(accept = ''): Wishes {
  const wishes: Wishes = new Map();
  for (const wish of (accept.trim() || '*/*').toLowerCase().split(',')) {
    const [range = '', ...parameters] = wish.split(';').map((part) => part.trim());
    const q = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
    const name = range === '*' ? '*/*' : range; // as Java's own client writes it
    if (WEIGHT.test(q)) wishes.set(name, Math.max(Number(q), wishes.get(name) ?? 0));
  }
  return wishes;
}

const WEIGHT = /^(0?\.\d{1,9}|0\.?|1(\.0*)?)$/;

/** That of the most exact range that lets it in. */
function weightOf(type: string, wishes: Wishes): number {
  const any = `${type.slice(0, type.indexOf('/'))}/*`;
  return wishes.get(type) ?? wishes.get(any) ?? wishes.get('*/*') ?? 0;
}
