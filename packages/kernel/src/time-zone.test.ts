import { describe, expect, test } from 'vitest';
import { isTimeZone } from './time-zone.ts';

describe('a time zone', () => {
  test.each(['Europe/Rome', 'UTC', 'Etc/GMT+5', 'asia/kolkata'])('%s is one', (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  test.each(['', 'Rome', 'Europe/Roma', '+02:00', '-0500', '../Rome'])('%j is none', (name) => {
    expect(isTimeZone(name)).toBe(false);
  });
});
