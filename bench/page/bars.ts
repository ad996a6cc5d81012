import type { Finding, Series } from '../findings.ts';
import { median, significant } from '../statistics.ts';
import { bar, COLOURS, label, picture } from './svg.ts';
import { OURS } from '../subject-names.ts';
import { inWords } from './tables.ts';

const [OUR_COLOUR] = COLOURS;
const OTHERS = '#8c959f';
const WIDTH = 760;
const NAMES = 190;
const BARS = 460;
const ROW = 22;
const HEAD = 30;
const GAP = 12;

/** One bar for each subject, finding by finding; in each finding the longest is as long as there is room. */
export function bars(title: string, findings: readonly Finding[]): string {
  const parts: string[] = [];
  let y = 0;
  for (const finding of findings) {
    const main = mainOf(finding);
    parts.push(label(`${finding.title} (${main[0]?.measure ?? ''})`, { x: 0, y: y + 18 }));
    y += HEAD;
    const most = Math.max(...main.map(valueOf));
    for (const series of main) {
      const value = valueOf(series);
      const width = Math.max((value / most) * BARS, 1);
      const text = inWords(significant(value), series.unit);
      parts.push(
        label(series.subject, { x: NAMES - 8, y: y + 14, anchor: 'end', faint: true }),
        bar(
          [NAMES, y + 3],
          [width, ROW - 7],
          series.subject.startsWith(OURS) ? OUR_COLOUR : OTHERS,
        ),
        label(text, { x: NAMES + width + 6, y: y + 14 }),
      );
      y += ROW;
    }
    y += GAP;
  }
  return picture(title, [WIDTH, y], parts);
}

/** What the finding is about comes first. */
function mainOf({ series }: Finding): Series[] {
  return series.filter(({ measure }) => measure === series[0]?.measure);
}

function valueOf({ rounds }: Series): number {
  return median(rounds);
}
