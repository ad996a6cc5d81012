import { globSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { keptFigures } from '../figures.ts';
import { cheaper, ratio, reaches, seriesOf } from '../findings.ts';
import { isShort, WHY } from './missed.ts';
import { performancePage } from './performance-page.ts';
import { logScale } from './svg.ts';
import { inWords, verdictOn } from './tables.ts';
import { REPOSITORY } from '../../tests/faults/server.ts';
import { textOf } from '../../tests/docs/documents.ts';

const of = (subject: string, ...rounds: number[]) =>
  seriesOf({ subject, measure: 'processor', unit: 'us' }, rounds);
const ours = of('ours', 100, 200, 100);
const theirs = of('theirs', 300, 300, 500);

describe('docs/performance.md', () => {
  const { text, pictures } = performancePage(keptFigures());

  test('is what was measured last; `npm run docs` writes it', () => {
    expect(textOf('docs/performance.md')).toBe(text);
  });

  test('has its pictures, and no others', () => {
    const drawn = globSync('performance-*.svg', { cwd: `${REPOSITORY}docs/pictures` });

    expect(drawn.toSorted()).toEqual(Object.keys(pictures).toSorted());
    expect(
      Object.fromEntries(drawn.map((name) => [name, textOf(`docs/pictures/${name}`)])),
    ).toEqual(pictures);
  });

  test('says why a part falls short', () => {
    const short = keptFigures().parts.filter(isShort);

    expect(short.filter(({ name }) => WHY[name] === undefined)).toEqual([]);
  });

  test('shows only numbers, in the tables as in the pictures', () => {
    const all = [text, ...Object.values(pictures)].join('\n');

    expect(all).not.toMatch(/\b(NaN|Infinity|undefined)\b/);
  });
});

describe('what the benchmark finds', () => {
  test('is the median of the rounds, each by itself, with their range', () => {
    const limits = { gate: 2, moonshot: 4 };

    expect(cheaper({ what: 'a call', of: ours, to: theirs, ...limits })).toEqual({
      what: 'a call',
      unit: 'x cheaper',
      is: 3,
      low: 1.5,
      high: 5,
      ...limits,
    });
    expect(ratio({ what: 'a call', of: theirs, to: ours, ...limits }).is).toBe(3);
  });

  test('reaches a target from the right side', () => {
    const limits = { what: 'a call', of: ours, to: theirs, gate: 3, moonshot: 4 };

    expect(reaches(cheaper(limits), 'gate')).toBe(true);
    expect(reaches(cheaper(limits), 'moonshot')).toBe(false);
    expect(reaches(ratio({ ...limits, gate: 0.4, moonshot: 0.3, atMost: true }), 'gate')).toBe(
      true,
    );
    expect(reaches(ratio({ ...limits, gate: 0.3, moonshot: 0.2, atMost: true }), 'gate')).toBe(
      false,
    );
  });

  test('is told with by how much it falls short', () => {
    const short = { what: 'a call', of: ours, to: theirs, gate: 6, moonshot: 9 };

    expect(verdictOn(cheaper(short))).toBe('**missed** by 2 times');
    expect(verdictOn(cheaper({ ...short, gate: 3 }))).toBe('kept');
    expect(verdictOn(cheaper({ ...short, gate: 2, moonshot: 3 }))).toBe('goal reached');
    expect(inWords(1_234.5, 'us')).toBe('1,230 µs');
  });

  test('is drawn between whole powers of ten', () => {
    const { place, powers } = logScale([2, 30], [0, 100]);

    expect(powers).toEqual([1, 10, 100]);
    expect([1, 10, 100].map(place)).toEqual([0, 50, 100]);
  });
});
