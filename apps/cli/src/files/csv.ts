import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { Entry } from './entries.ts';
import type { Source } from './reading.ts';
import { FileRefused, type Problem } from './refused.ts';

/** What a spreadsheet would run stands behind an apostrophe, and what begins with one and would then, too. */
const RUN = /^'*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

interface Line {
  info: { lines: number };
  record: string[];
}

/** The rows of a CSV by the names of their columns; refuses any but these columns. */
export function csvEntries({ name, text }: Source, columns: readonly string[]): Entry[] {
  const [head, ...rows] = linesOf(name, text);
  const header = (head?.record ?? []).map((cell) => cell.trim());
  const wrong = [
    ...headerProblems(header, columns),
    ...rows
      .filter(({ record }) => record.length > header.length)
      .map((line) => ({
        place: placeOf(line),
        message: `has ${line.record.length} cells, and the header ${header.length}`,
      })),
  ];
  if (wrong.length > 0) throw new FileRefused(name, wrong);
  const filled = rows.filter(({ record }) => record.some((cell) => cell.trim() !== ''));
  return filled.map((line) => ({
    place: placeOf(line),
    values: Object.fromEntries(
      header.map((column, at) => [column, harmless(line.record[at] ?? '')]),
    ),
  }));
}

export function csvOf(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map((cell) => (RUN.test(cell) ? `'${cell}` : cell)));
  return stringify(cells, { quote_record_delimiter: true });
}

const harmless = (cell: string) => (cell.startsWith("'") && RUN.test(cell) ? cell.slice(1) : cell);

function linesOf(name: string, text: string): Line[] {
  try {
    return parse(text, {
      info: true,
      delimiter: delimiterOf(text),
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as Line[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error as unknown as { lines?: number };
    const message = error.message.replace(/^[^:]*: /, '');
    throw new FileRefused(name, [{ place: `line ${lines ?? 1}`, message }]);
  }
}

/** Spreadsheets of many countries write semicolons. */
function delimiterOf(text: string): string {
  const [head = ''] = text.split(/[\r\n]/, 1);
  const counts = [',', ';', '\t'].map((sign) => ({ sign, times: head.split(sign).length }));
  return counts.reduce((best, one) => (one.times > best.times ? one : best)).sign;
}

function headerProblems(header: string[], columns: readonly string[]): Problem[] {
  const place = 'line 1';
  return header.flatMap((column, at) => {
    if (header.indexOf(column) < at) {
      return [{ place, field: column, message: 'this column stands there twice' }];
    }
    if (columns.includes(column)) return [];
    if (column === '') return [{ place, message: `column ${at + 1} has no name` }];
    const message = `there is no such column; there are ${columns.join(', ')}`;
    return [{ place, field: column, message }];
  });
}

/** Where it begins: a cell may hold lines of its own. */
function placeOf({ info, record }: Line): string {
  const inside = record.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
  return `line ${info.lines - inside}`;
}
