import type { Kind } from '../../tests/faults/premises.ts';
import type { Opened } from './house.ts';

interface Copies {
  /** Of this row, made by the kit and so right in whatever is not set. */
  of: string;
  table: string;
  times: number;
  /** What differs in the nth copy, in SQL: `seq` is n, counted from one. */
  set: Record<string, string>;
}

/** Of what a statement plants: it has to be over within the time that a statement has. */
const AT_ONCE = 10_000;

/** One row many times over, in few statements. */
export async function multiply(
  { ask }: Opened,
  { kind, table, of, times, set }: Copies & { kind: Kind },
): Promise<void> {
  const [row = {}] = await ask(`select * from ${table} where id = '${of}'`);
  const columns = Object.keys(row);
  const values = columns.map((column) => set[column] ?? `made.\`${column}\``);
  for (const { first, last } of inRuns(times)) {
    await ask(
      `insert into ${table} (${columns.map((column) => `\`${column}\``).join(', ')})
       select ${values.join(', ')} from ${table} made
       cross join ${numbersIn({ first, last }, kind)} where made.id = '${of}'`,
    );
  }
}

interface Run {
  first: number;
  last: number;
}

/** All numbers up to that one, in runs. */
export function inRuns(times: number): Run[] {
  return Array.from({ length: Math.ceil(times / AT_ONCE) }, (_, nth) => ({
    first: nth * AT_ONCE + 1,
    last: Math.min(times, (nth + 1) * AT_ONCE),
  }));
}

const TABLES = ['category', 'menu_item', 'menu_word', 'customer_order'];

/** With room in memory, and without waiting for the disk, as long as `work` takes. */
export async function roomily<What>(
  { ask }: Opened,
  kind: Kind,
  work: () => Promise<What>,
): Promise<What> {
  if (kind === 'MariaDB') {
    const planted = await work();
    // What it does by itself, sooner or later.
    await ask(`analyze table ${TABLES.join(', ')}`);
    return planted;
  }
  const asIs: string[] = [];
  for (const [pragma, value] of Object.entries({ cache_size: -500_000, synchronous: 0 })) {
    const [row = {}] = await ask(`pragma ${pragma}`);
    asIs.push(`pragma ${pragma} = ${String(row[pragma])}`);
    await ask(`pragma ${pragma} = ${value}`);
  }
  const made = await work();
  for (const pragma of asIs) await ask(pragma);
  return made;
}

/** An id that sorts by `seq`, and looks as all others do. */
export function idOf(seq: string, room = '0000'): string {
  return `concat('01900000-${room}-7000-8000-', substr(concat('000000000000', ${seq}), -12))`;
}

/** One of these texts by turns. */
export function oneOf(texts: readonly string[], seq = 'seq'): string {
  const cases = texts.map((text, nth) => `when ${nth} then '${text}'`);
  return `case (${seq}) % ${texts.length} ${cases.join(' ')} end`;
}

function numbersIn({ first, last }: Run, kind: Kind): string {
  if (kind === 'MariaDB') return `(select seq from seq_${first}_to_${last}) numbers`;
  return `(with recursive counted(seq) as
     (select ${first} union all select seq + 1 from counted where seq < ${last})
     select seq from counted) numbers`;
}
