import { csvOf } from '../files/csv.ts';
import type { Entry } from '../files/entries.ts';
import type { Problem } from '../files/refused.ts';
import type { Item, Menu } from './menu-file.ts';

/** How a value is written in a cell; what cannot be empty is left out by an empty one. */
type Cell =
  | 'text'
  | 'any text'
  | 'nullable text'
  | 'number'
  | 'nullable number'
  | 'switch'
  | 'list'
  | 'json';

const CELLS = {
  category: 'text',
  slug: 'text',
  name: 'text',
  description: 'any text',
  price: 'number',
  taxBps: 'number',
  featured: 'switch',
  available: 'switch',
  allergens: 'list',
  station: 'nullable text',
  prepMinutes: 'nullable number',
  stockMode: 'text',
  stockLeft: 'number',
  stockLow: 'number',
  options: 'json',
  mealtimes: 'json',
} as const satisfies Record<keyof Item, Cell>;

const LEFT_OUT = new Set<Cell>(['text', 'number', 'switch']);

export const COLUMNS = Object.keys(CELLS) as (keyof Item)[];

/** The items of a menu, a line for each. */
export function menuInCsv({ items }: Menu): string {
  const rows = items.map((item) => COLUMNS.map((column) => written(item[column], CELLS[column])));
  return csvOf([COLUMNS, ...rows]);
}

/** The cells of a line as the values they stand for. */
export function valuesIn({ place, values }: Entry): Entry & { problems: Problem[] } {
  const problems: Problem[] = [];
  const read = Object.entries(values).map(([column, cell]) => {
    try {
      return [column, valueOf(String(cell), column as keyof Item)];
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      problems.push({ place, field: column, message });
      return [column, undefined];
    }
  });
  return { place, values: Object.fromEntries(read) as Record<string, unknown>, problems };
}

function written(value: Item[keyof Item], kind: Cell): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return '';
  if (typeof value !== 'object') return String(value);
  const isPlain = kind === 'list' && (value as string[]).every((one) => !/^\[|;|^\s|\s$/.test(one));
  return isPlain ? (value as string[]).join('; ') : JSON.stringify(value);
}

function valueOf(cell: string, column: keyof Item): unknown {
  const kind: Cell = CELLS[column];
  const text = cell.trim();
  if (text === '' && LEFT_OUT.has(kind)) return undefined;
  switch (kind) {
    case 'text':
    case 'any text':
      return cell;
    case 'nullable text':
      return text === '' ? null : cell;
    case 'nullable number':
      return text === '' ? null : numberIn(text);
    case 'number':
      return numberIn(text);
    case 'switch':
      return switchIn(text);
    case 'list':
      return listIn(text);
    case 'json':
      if (text === '') return column === 'options' ? [] : null;
      return jsonIn(text);
  }
}

/** What is no number goes on as it is, and is told with what would be one. */
function numberIn(text: string): unknown {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

/** Spreadsheets write them in capitals. */
function switchIn(text: string): unknown {
  const small = text.toLowerCase();
  return small === 'true' ? true : small === 'false' ? false : text;
}

function listIn(text: string): unknown {
  if (text.startsWith('[')) return jsonIn(text);
  return text === '' ? [] : text.split(';').map((one) => one.trim());
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Error('is no JSON');
  }
}
