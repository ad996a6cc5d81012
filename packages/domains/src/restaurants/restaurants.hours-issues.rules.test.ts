import { describe, expect, test } from 'vitest';
import { hoursIssues } from './restaurants.hours-issues.rules.ts';
import type { Interval } from './restaurants.hours.schema.ts';

function each(...spans: string[]): Interval[] {
  return spans.map((span) => {
    const [from = '', to = ''] = span.split('–');
    return { from, to };
  });
}

// 1 October 2026 is a Thursday.
const THURSDAY = '2026-10-01';
const FRIDAY = '2026-10-02';

describe('hours to be kept', () => {
  test('D10 may have several intervals a day, touch, and run past midnight', () => {
    const weekly = {
      '1': each('00:00–24:00'),
      '2': each('00:00–12:00', '12:00–14:00', '22:00–03:00'),
      '3': each('03:00–10:00', '10:00–10:00'),
      '4': each('10:00–11:00'),
    };

    expect(hoursIssues({ weekly, exceptions: { [FRIDAY]: [] } })).toEqual([]);
  });

  test('D10 have at most six intervals a day', () => {
    const six = each('00–01', '02–03', '04–05', '06–07', '08–09', '10–11').map(({ from, to }) => ({
      from: `${from}:00`,
      to: `${to}:00`,
    }));
    const seven = [...six, ...each('12:00–13:00')];

    expect(hoursIssues({ weekly: { '1': six }, exceptions: { [FRIDAY]: six } })).toEqual([]);
    expect(hoursIssues({ weekly: { '1': seven }, exceptions: { [FRIDAY]: seven } })).toEqual([
      { path: 'weekly.1', message: 'a day has at most 6 intervals' },
      { path: `exceptions.${FRIDAY}`, message: 'a day has at most 6 intervals' },
    ]);
  });
});

describe('overlaps are told', () => {
  test.each([
    ['one inside the other', ['10:00–14:00', '11:00–12:00'], [1]],
    ['by one minute', ['10:00–12:01', '12:00–14:00'], [1]],
    ['in any order', ['12:00–14:00', '10:00–12:01'], [1]],
    ['twice the same', ['10:00–12:00', '10:00–12:00'], [1]],
    ['under a night', ['18:00–02:00', '12:00–14:00', '23:00–24:00'], [2]],
    ['two of three', ['10:00–18:00', '11:00–12:00', '11:30–13:00'], [1, 2]],
  ])('D10 within a day: %s', (_, spans, wrong) => {
    const issues = wrong.map((n) => ({
      path: `weekly.5.${n}`,
      message: 'overlaps an earlier one of the day',
    }));

    expect(hoursIssues({ weekly: { '5': each(...spans) }, exceptions: {} })).toEqual(issues);
  });

  test.each([
    ['Monday', { '1': each('18:00–02:00'), '2': each('10:00–12:00', '01:59–03:00') }, 'weekly.2.1'],
    ['Sunday', { '7': each('18:00–18:00'), '1': each('17:00–18:00') }, 'weekly.1.0'],
  ])('D10 over midnight of a %s', (_, weekly, path) => {
    expect(hoursIssues({ weekly, exceptions: {} })).toEqual([
      { path, message: 'overlaps one of the day before' },
    ]);
  });

  test('D10 of a date with the night before', () => {
    const weekly = { '4': each('18:00–02:00') };
    const exceptions = { [FRIDAY]: each('02:00–03:00', '01:00–02:00') };

    expect(hoursIssues({ weekly, exceptions })).toEqual([
      { path: `exceptions.${FRIDAY}.1`, message: 'overlaps one of the day before' },
    ]);
  });

  test('D10 of a date’s night with the day after', () => {
    const weekly = { '5': each('12:00–14:00', '02:00–03:00') };
    const exceptions = { [THURSDAY]: each('18:00–02:00', '20:00–02:01') };

    const issues = hoursIssues({ weekly, exceptions });

    expect(issues.filter(({ message }) => message === 'overlaps one of the day after')).toEqual([
      { path: `exceptions.${THURSDAY}.1`, message: 'overlaps one of the day after' },
    ]);
  });

  test('D10 of two dates in a row once, at the later one', () => {
    const exceptions = { [THURSDAY]: each('18:00–04:00'), [FRIDAY]: each('03:00–12:00') };

    expect(hoursIssues({ weekly: {}, exceptions })).toEqual([
      { path: `exceptions.${FRIDAY}.0`, message: 'overlaps one of the day before' },
    ]);
  });

  test('D10 not with a weekday that the date stands for', () => {
    const weekly = { '4': each('18:00–02:00'), '5': each('03:00–05:00') };
    const exceptions = { [THURSDAY]: [], [FRIDAY]: each('00:00–12:00') };

    expect(hoursIssues({ weekly, exceptions })).toEqual([]);
  });
});
