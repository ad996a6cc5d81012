import { stripVTControlCharacters } from 'node:util';
import { CallError } from '@comanda/client';
import { FileRefused, lineOf, problemInWords } from './files/refused.ts';

const WIDEST = 40;
/** More than that nobody reads. */
const MOST_PROBLEMS = 50;

/** What a service says may hold anything: nothing of it steers the terminal. */
export function plain(text: string): string {
  return stripVTControlCharacters(text).replace(/\p{Cc}/gu, ' ');
}

/** An answer for people: a list as a table, anything else line by line. */
export function inWords(answer: unknown): string {
  if (!isRecord(answer)) return worded(answer);
  const { items, nextCursor, ...others } = answer;
  // A page of a list has nothing else; an order has items, too.
  if (!Array.isArray(items) || nextCursor === undefined) return linesOf(answer);
  const more = typeof nextCursor === 'string' ? { more: `--cursor ${nextCursor}` } : {};
  const counted = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== null));
  const below = linesOf({ ...counted, ...more });
  return [tableOf(items.filter(isRecord)), ...(below === '' ? [] : [below])].join('\n');
}

export function inJson(answer: unknown): string {
  return JSON.stringify(
    answer ?? null,
    (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value),
    2,
  );
}

/** What went wrong, in a sentence and with what belongs to it. */
export function failureInWords(error: unknown): string {
  if (error instanceof FileRefused) return refusedFile(error);
  if (!(error instanceof CallError))
    return error instanceof Error ? plain(error.message) : plain(String(error));
  const { reason, message, details, requestId } = error as CallError<string, unknown>;
  const told = isRecord(details) ? linesOf(details, '  ') : '';
  const where = requestId === undefined ? '' : `\n  request: ${plain(requestId)}`;
  return `${reason}: ${plain(message)}${told && `\n${told}`}${where}`;
}

function refusedFile({ message, problems }: FileRefused): string {
  const lines = problems.slice(0, MOST_PROBLEMS).map((one) => `  ${plain(problemInWords(one))}`);
  const more = problems.length - lines.length;
  return [plain(message), ...lines, ...(more > 0 ? [`  and ${more} more`] : [])].join('\n');
}

export function failureInJson(error: unknown): string {
  if (error instanceof FileRefused) {
    const { message, file } = error;
    const problems = error.problems.map((one) => ({ line: lineOf(one), ...one }));
    return inJson({ error: { reason: 'FILE_REFUSED', message, details: { file, problems } } });
  }
  if (!(error instanceof CallError)) {
    return inJson({ error: { reason: 'FAILED', message: failureInWords(error) } });
  }
  const { reason, message, details, requestId } = error as CallError<string, unknown>;
  return inJson({ error: { reason, message, details, requestId } });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
  );
}

/** A value in a line of its own. */
export function worded(value: unknown): string {
  if (value === null || value === undefined) return '-';
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object') return plain(inJson(value).replace(/\s*\n\s*/g, ' '));
  return plain(`${value as string | number | boolean}`);
}

function linesOf(record: Record<string, unknown>, indent = ''): string {
  return Object.entries(record)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${indent}${plain(name)}: ${belowOr(value, `${indent}  `)}`)
    .join('\n');
}

/** A list of things stands below its name as a table. */
function belowOr(value: unknown, indent: string): string {
  if (!Array.isArray(value) || value.length === 0 || !value.every(isRecord)) return worded(value);
  return `\n${tableOf(value)}`.replaceAll('\n', `\n${indent}`);
}

/** Of every column that has a plain value in some row; what is too long is cut. */
export function tableOf(rows: Record<string, unknown>[]): string {
  if (rows.length === 0) return 'Nothing.';
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((column) =>
    rows.some((row) => row[column] !== null && !isNested(row[column])),
  );
  const cells = [columns, ...rows.map((row) => columns.map((column) => cut(worded(row[column]))))];
  const widths = columns.map((_, at) => Math.max(...cells.map((cell) => (cell[at] ?? '').length)));
  return cells
    .map((cell) =>
      cell
        .map((text, at) => text.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function isNested(value: unknown): boolean {
  return Array.isArray(value) || isRecord(value);
}

function cut(text: string): string {
  return text.length > WIDEST ? `${text.slice(0, WIDEST - 1)}…` : text;
}
