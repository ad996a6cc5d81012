import type { Role } from '@comanda/kernel/access';
import { newId } from '@comanda/kernel/id';
import { SECOND } from '@comanda/kernel/time';
import { listenToStatements } from '@comanda/storage/statements';
import type { TestApp } from '@comanda/testing';
import { expect, inject, test } from 'vitest';
import { openApp } from '../app.ts';
import { times } from '../recording.ts';
import { allowedTo, ask, idsOf, SERVED } from './access.calls.ts';
import { type Path, PATHS } from './access.table.ts';
import { CHANGES, REFUSED } from './statements.changes.table.ts';

const MUTATIONS = PATHS.filter((path) => SERVED[path]?._def.type === 'mutation');
const ROLES = ['manager', 'admin', 'head_chef', 'delivery_crew', 'customer'] as const;
const LIMIT_MS = 120_000;

function listening(app: TestApp) {
  const heard: string[] = [];
  listenToStatements(app.house.database, ({ text }) => heard.push(text));
  return heard;
}

function roleFor(path: Path): Role {
  return ROLES.find((role) => allowedTo(role).includes(path)) ?? 'admin';
}

/** What a house is asked for each change, by a caller who is known; those that it refuses are left out. */
async function changesIn(app: TestApp): Promise<Map<Path, string[]>> {
  const heard = listening(app);
  const told = new Map<Path, string[]>();
  for (const path of MUTATIONS) {
    // Of many sessions of one account the oldest are ended: they are to have an order.
    app.clock.advance(SECOND);
    const role = roleFor(path);
    const { manager } = app.home.staff;
    const about = path.startsWith('people.') ? await app.given.person({ role: 'waiter' }) : manager;
    const ids = await idsOf(app, about);
    const { accessToken: token } = await app.session(role);
    await ask(app, { path: 'permissions.mine', ids, token });
    heard.length = 0;
    const { status } = await ask(app, { path, ids, token });
    if (status === 200) told.set(path, [...heard]);
  }
  return told;
}

/** The same in a house of its own, where so much is there already. */
async function changesAmid(count: number): Promise<Map<Path, string[]>> {
  await using app = await openApp();
  for (const _ of times(count, () => undefined)) {
    await idsOf(app, app.home.staff.manager);
    await idsOf(app, await app.given.person({ role: 'waiter' }));
  }
  return await changesIn(app);
}

test('every change has its number of statements, or is refused here', () => {
  const known = [...Object.keys(CHANGES), ...REFUSED];
  expect(known.toSorted()).toEqual(MUTATIONS.toSorted());
});

test(
  'every change asks the database as often as is written down, however much there is',
  { timeout: LIMIT_MS },
  async () => {
    const few = await changesAmid(0);
    const many = await changesAmid(6);

    const grown = [...few].filter(([path, texts]) => many.get(path)?.length !== texts.length);
    expect(grown.map(([path, texts]) => [path, texts, many.get(path)])).toEqual([]);
    if (inject('dialect') !== 'sqlite') return;
    expect(Object.fromEntries([...few].map(([path, texts]) => [path, texts.length]))).toEqual(
      CHANGES,
    );
  },
);

test('an order of twenty lines asks as often as one of two', async () => {
  await using app = await openApp();
  const itemIds = await Promise.all(times(20, () => app.given.item()));
  const customer = app.as(await app.given.person({}));
  const heard = listening(app);
  const placed = async (ids: readonly string[]) => {
    let cartVersion = 0;
    for (const itemId of ids) {
      ({ version: cartVersion } = await customer.cart.add.mutate({ itemId }));
    }
    heard.length = 0;
    const { items } = await customer.orders.place.mutate({
      idempotencyKey: newId(),
      cartVersion,
      type: 'pickup',
    });
    expect(items).toHaveLength(ids.length);
    return [...heard];
  };
  await placed(itemIds.slice(0, 1));

  const two = await placed(itemIds.slice(0, 2));
  const twenty = await placed(itemIds);

  expect(twenty.map(begun)).toEqual(two.map(begun));
});

/** Without its values, of which there are as many as lines. */
function begun(text: string): string {
  return text.slice(0, 40);
}
