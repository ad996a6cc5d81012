import type { Target } from './findings.ts';

/** The middle, the least and the most of five rounds; the least and the goal that are asked. */
type Row = [what: string, is: number, low: number, high: number, gate: number, moonshot: number];

const DRF = 'against Django REST framework';
const SEARCH = 'against Vendure’s search';

const CHEAPER: Row[] = [
  [`a page from the database, ${DRF}`, 15.2, 11.6, 22.8, 10, 15],
  [`a page from the database, ${SEARCH}`, 14.5, 10.5, 21.4, 10, 15],
  ['a page from the database, against Vendure’s products', 105, 85.4, 143, 80, 120],
  [`a kept page, ${DRF}`, 122, 113, 130, 80, 150],
  [`a kept page, ${SEARCH}`, 109, 97.8, 115, 80, 120],
  [`orders with their lines, ${DRF}`, 17.6, 15.8, 18.8, 20, 30],
  [`three cart.add and orders.place, ${DRF}`, 3.37, 3.21, 4.11, 10, 18],
  ['three cart.add and orders.place, against Vendure', 21.5, 19.4, 28.3, 50, 100],
  [`signing in, ${DRF}`, 2.28, 2.25, 2.4, 2, 2.5],
  [`auth.refresh, ${DRF}`, 0.993, 0.763, 1.18, 3, 5],
];

const AT_MOST: Row[] = [
  ['start to the first answer, of Vendure’s', 0.337, 0.322, 0.358, 0.4, 0.2],
  ['memory at rest, of Vendure’s', 0.372, 0.36, 0.377, 0.45, 0.3],
];

/**
 * Ours beside Django and Vendure, which `npm run bench` does not install: measured on the 22nd of November
 * 2026, in turns on one machine; docs/decisions/049-ratios-measured-in-one-run.md says what they were.
 */
export const BESIDE_PEERS: Target[] = [
  ...CHEAPER.map((row): Target => ({ ...targetOf(row), unit: 'x cheaper' })),
  ...AT_MOST.map((row): Target => ({ ...targetOf(row), unit: 'x', atMost: true })),
];

function targetOf([what, is, low, high, gate, moonshot]: Row): Omit<Target, 'unit'> {
  return { what, is, low, high, gate, moonshot };
}
