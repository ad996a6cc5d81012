import { stringify } from 'csv-stringify/sync';
import type { Format } from './format.ts';

/**
 * A page of a list as RFC 4180 has it: a row for each item, fields of fields by their path, and arrays as JSON.
 * `columns` are those that every page has; more come after them as they are found. Without any, an empty page
 * is an empty text. Where the next page starts stands in the header `Link`.
 */
export function csv(columns: readonly string[] = []): Format {
  return { type: 'text/csv; charset=utf-8', write: (value) => tableOf(value, columns) };
}

function tableOf(value: unknown, known: readonly string[]): string {
  const rows = (value as { items: unknown[] }).items.map((item) => new Map(cellsOf(item)));
  const columns = columnsOf(rows, known);
  if (columns.length === 0) return '';
  return stringify([columns, ...rows.map((row) => columns.map((column) => row.get(column)))], {
    record_delimiter: 'windows',
    quote_record_delimiter: true,
    // No text is run by the spreadsheet that opens it: an apostrophe goes before `=`, `+`, `-`, `@`, tab and return.
    escape_formulas: true,
    // Of a single column an empty cell would be an empty line, which readers skip.
    quoted_empty: columns.length === 1,
    cast: { boolean: String },
  });
}

type Cell = [path: string, value: unknown];

function cellsOf(item: unknown, under = ''): Cell[] {
  if (!isFields(item)) return [[under || 'value', item]];
  return Object.entries(item).flatMap(([key, value]) =>
    cellsOf(value, under ? `${under}.${key}` : key),
  );
}

function isFields(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Those of any row. What is null in one row and has fields in another stands under its fields only. */
function columnsOf(rows: Map<string, unknown>[], known: readonly string[]): string[] {
  const filled = rows.flatMap((row) => [...row].filter(([, value]) => value !== null));
  const kept = new Set([...known, ...filled.map(([path]) => path)]);
  const parents = new Set([...kept].flatMap(parentsOf));
  const all = new Set([...known, ...rows.flatMap((row) => [...row.keys()])]);
  return [...all].filter((path) => kept.has(path) || !parents.has(path));
}

/** `a` and `a.b` of `a.b.c`. */
function parentsOf(path: string): string[] {
  const names = path.split('.');
  return names.slice(1).map((_, index) => names.slice(0, index + 1).join('.'));
}
