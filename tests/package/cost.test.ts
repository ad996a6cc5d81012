import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Figures, LIMITS, measure, table } from '@comanda/client/scripts/measure';
import { beforeAll, describe, expect, inject, test } from 'vitest';

const client = fileURLToPath(new URL('../../packages/client/', import.meta.url));
const committed = JSON.parse(readFileSync(`${client}figures.json`, 'utf8')) as Figures;
const names = Object.keys(LIMITS) as (keyof Figures)[];
const WORSE = 1.1;

describe('what the client costs', () => {
  let now: Figures;

  beforeAll(async () => {
    now = await measure(join(inject('npm'), 'node_modules/@comanda/client'));
  });

  test.each(names)('%s keeps to its limit', (name) => {
    expect(now[name]).toBeLessThanOrEqual(LIMITS[name]);
    expect(now[name]).toBeGreaterThan(0);
  });

  test.each(names)('%s is what was written down; if it is worse, `npm run figures`', (name) => {
    expect(now[name]).toBeLessThanOrEqual(committed[name] * WORSE);
  });
});

test('the README tells the figures that were written down', () => {
  expect(readFileSync(`${client}README.md`, 'utf8')).toContain(table(committed));
});
