import { reaches, type Target } from '../findings.ts';
import { COLOURS, dot, label, logScale, picture, rule } from './svg.ts';

const WIDTH = 880;
const LEFT = 490;
const RIGHT = 840;
const ROW = 22;
const TOP = 44;
const [, MISSED, REACHED] = COLOURS;

/** How far each target is from its gate: to the right of the line it is kept, the short line is the goal. */
export function gauges(title: string, targets: readonly Target[]): string {
  const shown = targets.map((target) => ({ target, ...distanceOf(target) }));
  const values = shown.flatMap(({ is, low, high, goal }) => [is, low, high, goal, 1]);
  const { place, powers } = logScale(values, [LEFT, RIGHT]);
  const bottom = TOP + shown.length * ROW;
  const grid = powers.flatMap((power) => [
    rule([place(power), TOP - 8], [place(power), bottom]),
    label(power === 1 ? 'the least' : `× ${power}`, {
      x: place(power),
      y: TOP - 14,
      anchor: 'middle',
      faint: true,
    }),
  ]);
  const rows = shown.flatMap(({ target, is, low, high, goal }, nth) => {
    const y = TOP + nth * ROW + ROW / 2;
    const colour = reaches(target, 'gate') ? REACHED : MISSED;
    return [
      label(target.what, { x: LEFT - 10, y: y + 4, anchor: 'end' }),
      rule([place(low), y], [place(high), y], colour),
      rule([place(goal), y - 7], [place(goal), y + 7], COLOURS[0]),
      dot([place(is), y], colour),
    ];
  });
  return picture(title, [WIDTH, bottom + 8], [label(title, { x: 0, y: 16 }), ...grid, ...rows]);
}

/** In gates: 1 is just kept, 2 twice as good. */
function distanceOf({ is, low, high, gate, moonshot, atMost }: Target) {
  const of = (value: number) => Math.max(atMost ? gate / value : value / gate, 1e-3);
  return { is: of(is), low: of(low), high: of(high), goal: of(moonshot) };
}
