import { describe, expect, test } from 'vitest';

import { policy, rate } from './rates.ts';

describe('a rate in words', () => {
  test.each([
    ['10/s', 10, 1_000],
    ['10/sec', 10, 1_000],
    ['10/second', 10, 1_000],
    ['10/seconds', 10, 1_000],
    ['20/m', 20, 60_000],
    ['20/min', 20, 60_000],
    ['20/minute', 20, 60_000],
    ['20/MINUTES', 20, 60_000],
    ['5/h', 5, 3_600_000],
    ['5/hr', 5, 3_600_000],
    ['5/hour', 5, 3_600_000],
    ['1000/d', 1_000, 86_400_000],
    ['1000/day', 1_000, 86_400_000],
    ['1000/days', 1_000, 86_400_000],
  ])('S1-29: the first letter decides in %s', (words, limit, ms) => {
    expect(rate(words)).toEqual({ limit, ms });
  });

  test.each(['5/15min', '5 per 15 min', '5 / 15 minutes', ' 5 per 15min '])(
    '%s is a window of several units',
    (words) => {
      expect(rate(words)).toEqual({ limit: 5, ms: 900_000 });
    },
  );

  test.each([
    '',
    '5',
    '/hour',
    '5/',
    '5/year',
    '5/week',
    '0/hour',
    '-5/hour',
    '1.5/hour',
    '5/0min',
    '5/month',
    '5/ms',
    '5/hour!',
    'five/hour',
    '5 hour',
    '99999999/s',
  ])('%j is refused and told how to say it', (words) => {
    expect(() => rate(words)).toThrow(`Bad rate '${words}': say it like`);
  });
});

describe('a policy in words', () => {
  test('each rate becomes a window of that name', () => {
    expect(policy('signup', '60/min', '1000/day')).toEqual({
      name: 'signup',
      windows: [
        { name: '60/min', limit: 60, ms: 60_000 },
        { name: '1000/day', limit: 1_000, ms: 86_400_000 },
      ],
    });
  });

  test('a bad rate is refused when the policy is written', () => {
    expect(() => policy('signup', '60/min', '1000/fortnight')).toThrow("Bad rate '1000/fortnight'");
  });

  test.each(['sous_chef.write', 'book.create', 'Sign-up2'])('the name %s fits', (name) => {
    expect(policy(name, '5/hour')).toMatchObject({ name });
  });

  test.each(['', 'a|b', 'a b', 'a"b', 'ä'])('the name %j is refused', (name) => {
    expect(() => policy(name, '5/hour')).toThrow('Bad policy name');
  });
});
