import { afterAll, beforeAll, expect, test } from 'vitest';
import { lineTo } from '../faults/line.ts';
import { answered, type Desks, openDesks } from './desks.ts';
import { begun, type Desk } from './running.ts';

const SOON = { timeout: 30_000 };

let desks: Desks;
let manager: Desk;
let itemId: string;

beforeAll(async () => {
  desks = await openDesks();
  manager = await desks.signedIn('manager');
  const { items } = await answered(manager, 'menu.list', '--available', '--limit', '1');
  itemId = (items as { id: string }[])[0]?.id ?? '';
});
afterAll(() => desks?.[Symbol.asyncDispose]());

function taken(...args: string[]) {
  const lines = JSON.stringify([{ itemId, quantity: 1 }]);
  return answered(manager, 'orders', 'take', '--lines', lines, ...args);
}

test('every event of an order is a line of its own', async () => {
  const { items } = await answered(manager, 'tables.list', '--limit', '1');
  const [table] = items as { id: string; name: string }[];
  const watch = begun(manager, ['orders', 'watch']);
  await expect.poll(() => watch.said.out, SOON).toContain('Watching; Ctrl-C ends it.');

  const order = await taken('--table-id', table?.id ?? '', '--customer-name', 'Ada');
  await answered(manager, 'orders', 'cancel', String(order['id']), '--expected-version', '1');
  await expect.poll(() => watch.said.out, SOON).toContain('cancelled');
  watch.child.kill('SIGINT');
  const { code, out, err } = await watch.ended;

  expect([code, err]).toEqual([0, '']);
  const number = `#${String(order['number'])}`;
  expect(out.split('\n').filter((line) => line.includes(number))).toEqual([
    expect.stringMatching(
      new RegExp(
        `^\\d\\d:\\d\\d:\\d\\d +${number} +pending \\(new\\) +€\\S+ +unpaid +table ${table?.name} +Ada$`,
      ),
    ),
    expect.stringMatching(new RegExp(`^\\d\\d:\\d\\d:\\d\\d +${number} +cancelled +€`)),
  ]);
});

test.each([
  { args: [], notes: 'The connection was lost; trying to come back …\nConnected again.\n' },
  { args: ['--json'], notes: '' },
])('a lost connection loses no event: $args', async ({ args, notes }) => {
  await using line = await lineTo(() => Promise.resolve(desks.server.port));
  const desk = await desks.signedIn('manager', { COMANDA_URL: line.url });
  const watch = begun(desk, ['orders', 'watch', ...args]);
  await expect.poll(() => watch.said.out, SOON).toMatch(/Watching|"ready"/);
  await taken('--customer-name', 'Before');
  await expect.poll(() => watch.said.out, SOON).toContain('Before');

  line.roughen();
  line.calm();
  await taken('--customer-name', 'Meanwhile');
  await expect.poll(() => watch.said.out, SOON).toContain('Meanwhile');
  watch.child.kill('SIGINT');
  const { code, out, err } = await watch.ended;

  expect([code, err]).toEqual([0, notes]);
  expect(out.match(/Before|Meanwhile/g)).toEqual(['Before', 'Meanwhile']);
});
