import type { Finding, Series } from '../findings.ts';
import { median } from '../statistics.ts';
import { COLOURS, dot, label, logScale, path, picture, rule } from './svg.ts';
import { inWords } from './tables.ts';

const WIDTH = 760;
const LEFT = 70;
const RIGHT = 740;
const TOP = 34;
const BOTTOM = 280;
const LEGEND = 20;

/** How something grows: both scales by powers of ten, so that what grows in step is a straight slope. */
export function curves({ title, along = '', series: all }: Finding): string {
  const unit = all[0]?.unit ?? 'us';
  // One scale for all of them, and on that one nothing stands nowhere; the table has the others.
  const series = all.filter((one) => one.unit === unit && valueOf(one) > 0);
  const lines = Map.groupBy(series, ({ subject, measure }) => `${measure}, ${subject}`);
  const across = logScale(
    series.map(({ at = 1 }) => at),
    [LEFT, RIGHT],
  );
  const up = logScale(series.map(valueOf), [BOTTOM, TOP]);
  const grid = [
    ...across.powers.flatMap((power) => {
      const x = across.place(power);
      const text = power.toLocaleString('en');
      return [rule([x, TOP], [x, BOTTOM]), label(text, { x, y: BOTTOM + 18, ...MIDDLE })];
    }),
    ...up.powers.flatMap((power) => {
      const y = up.place(power);
      const text = inWords(power, unit);
      return [rule([LEFT, y], [RIGHT, y]), label(text, { x: LEFT - 8, y: y + 4, ...END })];
    }),
  ];
  const drawn = [...lines].flatMap(([name, points], nth) => {
    const colour = COLOURS[nth % COLOURS.length] ?? '';
    const places = points
      .toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0))
      .map((point): [number, number] => [across.place(point.at ?? 1), up.place(valueOf(point))]);
    const y = BOTTOM + 50 + nth * LEGEND;
    return [
      path(places, colour),
      ...places.map((place) => dot(place, colour)),
      dot([LEFT, y - 4], colour),
      label(name, { x: LEFT + 12, y }),
    ];
  });
  const head = [
    label(title, { x: 0, y: 18 }),
    label(along, { x: RIGHT, y: BOTTOM + 34, anchor: 'end', faint: true }),
  ];
  return picture(title, [WIDTH, BOTTOM + 50 + lines.size * LEGEND], [...head, ...grid, ...drawn]);
}

const MIDDLE = { anchor: 'middle', faint: true } as const;
const END = { anchor: 'end', faint: true } as const;

function valueOf({ rounds }: Series): number {
  return median(rounds);
}
