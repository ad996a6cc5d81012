import { reaches, type Series, type Target, type Unit } from '../findings.ts';
import { median, significant } from '../statistics.ts';

/** As wide as it has to be, for Markdown and for those who read it in a terminal. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, at) =>
    Math.max(...[head, ...rows].map((row) => (row[at] ?? '').length), 3),
  );
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, at) => (cells[at] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

export function inWords(value: number, unit: Unit): string {
  return `${value.toLocaleString('en', { maximumSignificantDigits: 3 })} ${unit === 'us' ? 'µs' : unit}`;
}

/** Who took how much: a row for each subject, or for each curve. */
export function seriesTable(series: readonly Series[]): string {
  return series.some(({ at }) => at !== undefined) ? curvesTable(series) : measuresTable(series);
}

function measuresTable(series: readonly Series[]): string {
  const measures = [...new Set(series.map(({ measure }) => measure))];
  const subjects = [...new Set(series.map(({ subject }) => subject))];
  const [first = ''] = measures;
  const rows = subjects.map((subject) => {
    const cells = measures.map((measure) =>
      cellOf(series.find((one) => one.subject === subject && one.measure === measure)),
    );
    const main = series.find((one) => one.subject === subject && one.measure === first);
    return [subject, ...cells, main ? rangeOf(main.rounds) : ''];
  });
  return table(['', ...measures, `range of ${first}`], rows);
}

function curvesTable(series: readonly Series[]): string {
  const places = [...new Set(series.map(({ at = 0 }) => at))].toSorted((a, b) => a - b);
  const lines = Map.groupBy(series, ({ subject, measure }) => `${measure}, ${subject}`);
  const rows = [...lines].map(([name, points]) => [
    name,
    ...places.map((place) => cellOf(points.find(({ at = 0 }) => at === place))),
  ]);
  return table(['', ...places.map((place) => place.toLocaleString('en'))], rows);
}

function cellOf(series: Series | undefined): string {
  return series ? inWords(significant(median(series.rounds)), series.unit) : '';
}

function rangeOf(rounds: readonly number[]): string {
  const text = (value: number) => value.toLocaleString('en', { maximumSignificantDigits: 3 });
  return `${text(Math.min(...rounds))} … ${text(Math.max(...rounds))}`;
}

export function targetsTable(targets: readonly Target[]): string {
  return table(
    ['what', 'measured', 'rounds', 'least', 'goal', ''],
    targets.map((target) => {
      const { what, unit, is, low, high, gate, moonshot, atMost } = target;
      const sign = atMost ? '≤' : '≥';
      const limits = [gate, moonshot].map((limit) => `${sign} ${limit}`);
      return [what, `${is} ${unit}`, `${low} … ${high}`, ...limits, verdictOn(target)];
    }),
  );
}

/** In words that say by how much. */
export function verdictOn(target: Target): string {
  if (reaches(target, 'moonshot')) return 'goal reached';
  if (reaches(target, 'gate')) return 'kept';
  const { is, gate, atMost } = target;
  const short = atMost ? is / gate : gate / is;
  return `**missed** by ${significant(short).toLocaleString('en')} times`;
}
