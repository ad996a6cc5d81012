import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Account } from '@comanda/domains/auth/auth.entity';
import { Membership } from '@comanda/domains/auth/auth.entity';
import type { Session } from '@comanda/domains/auth/auth.session.entity';
import type { EntityManager } from '@comanda/storage/connect';
import { reading, readingDeletedToo } from '@comanda/storage/reading';
import { acrossRestaurants, withoutRestaurant } from '@comanda/storage/tenancy';
import { inTransaction } from '@comanda/storage/transaction';
import { describe, expect, test } from 'vitest';
import { errorOf, openStore, type Store } from './store.ts';

type Tables = typeof Account | typeof Membership | typeof Session;

/** The same memberships, asked for in every way that a query can be put. */
const WAYS: [string, (em: EntityManager) => Promise<{ id: string | null }[]>][] = [
  ['from the table', (em) => reading<Tables>(em).selectFrom('Membership').select('id').execute()],
  [
    'from an alias',
    (em) => reading<Tables>(em).selectFrom('Membership as m').select('m.id').execute(),
  ],
  [
    'with an or that is always true',
    (em) =>
      reading<Tables>(em)
        .selectFrom('Membership as m')
        .where(({ eb, or }) => or([eb('m.id', '=', 'x'), eb('m.id', '!=', 'x')]))
        .select('m.id')
        .execute(),
  ],
  [
    'over a join',
    (em) =>
      reading<Tables>(em)
        .selectFrom('Account as a')
        .innerJoin('Membership as m', 'm.account', 'a.id')
        .select('m.id')
        .execute(),
  ],
  [
    'over a left join, where others leave a gap',
    (em) =>
      reading<Tables>(em)
        .selectFrom('Session as s')
        .leftJoin('Membership as m', 'm.id', 's.membership')
        .where('m.id', 'is not', null)
        .select('m.id')
        .execute(),
  ],
  [
    'from two tables',
    (em) =>
      reading<Tables>(em)
        .selectFrom(['Membership as m', 'Account as a'])
        .whereRef('a.id', '=', 'm.account')
        .select('m.id')
        .execute(),
  ],
  [
    'from a subquery',
    (em) =>
      reading<Tables>(em)
        .selectFrom((eb) => eb.selectFrom('Membership as m').select('m.id').as('x'))
        .select('x.id')
        .execute(),
  ],
  [
    'joining a subquery',
    (em) =>
      reading<Tables>(em)
        .selectFrom('Account as a')
        .innerJoin(
          (eb) => eb.selectFrom('Membership').select(['id', 'account as owner']).as('x'),
          (on) => on.onRef('x.owner', '=', 'a.id'),
        )
        .select('x.id')
        .execute(),
  ],
  [
    'by a subquery in a condition',
    (em) =>
      reading<Tables>(em)
        .selectFrom('Session as s')
        .where('s.membership', 'in', (eb) => eb.selectFrom('Membership').select('id'))
        .select('s.membership as id')
        .execute(),
  ],
  [
    'where one exists',
    (em) =>
      reading<Tables>(em)
        .selectFrom('Session as s')
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom('Membership as m').whereRef('m.id', '=', 's.membership').select('m.id'),
          ),
        )
        .select('s.membership as id')
        .execute(),
  ],
  [
    'as a column',
    async (em) => {
      const rows = await reading<Tables>(em)
        .selectFrom('Session as s')
        .select((eb) =>
          eb
            .selectFrom('Membership as m')
            .whereRef('m.id', '=', 's.membership')
            .select('m.id')
            .as('id'),
        )
        .execute();
      return rows.filter(({ id }) => id !== null);
    },
  ],
  [
    'in a union',
    (em) =>
      reading<Tables>(em)
        .selectFrom('Membership as m')
        .where('m.id', '=', 'x')
        .select('m.id')
        .unionAll(reading<Tables>(em).selectFrom('Membership as n').select('n.id'))
        .execute(),
  ],
];

const lemonOnly = (store: Store) => [{ id: store.lemon.membershipId }];

describe('reading within one restaurant', () => {
  test.each(WAYS)('%s its rows are seen and no others', async (_, memberships) => {
    await using store = await openStore();

    const found = await memberships(store.within(store.lemon));

    expect(found).toEqual(lemonOnly(store));
  });

  test.each(WAYS)('%s deleted rows are left out', async (_, memberships) => {
    await using store = await openStore();
    const em = store.within(store.lemon);
    const membership = await em.findOneOrFail(Membership, store.lemon.membershipId);
    membership.deletedAt = store.clock.now();
    await em.flush();

    const found = await memberships(store.within(store.lemon));

    expect(found).toEqual([]);
  });

  test.each(WAYS)('%s nothing is seen without a restaurant', async (_, memberships) => {
    await using store = await openStore();

    const found = await memberships(withoutRestaurant(store.database, store.behind));

    expect(found).toEqual([]);
  });

  test.each(WAYS)('%s everything is seen through the one door', async (_, memberships) => {
    await using store = await openStore();

    const found = await memberships(acrossRestaurants(store.database, store.behind));

    expect(found).toHaveLength(2);
  });

  test('rows of another leave a gap in a left join, not a row out', async () => {
    await using store = await openStore();

    const rows = await reading<Tables>(store.within(store.lemon))
      .selectFrom('Session as s')
      .leftJoin('Membership as m', 'm.id', 's.membership')
      .orderBy('s.id')
      .select(['s.id', 'm.role'])
      .execute();

    expect(rows).toEqual([
      { id: store.lemon.sessionId, role: 'waiter' },
      { id: store.lime.sessionId, role: null },
    ]);
  });

  test('dates come back as dates', async () => {
    await using store = await openStore();

    const rows = await reading<Tables>(store.within(store.lemon))
      .selectFrom('Membership')
      .select(['hiredAt', 'deactivatedAt'])
      .execute();

    expect(rows).toEqual([{ hiredAt: store.clock.now(), deactivatedAt: null }]);
  });

  test('sees what its own transaction has written', async () => {
    await using store = await openStore();
    const ctx = { em: store.within(store.lemon), afterCommit: () => undefined };

    const levels = await inTransaction(ctx, async ({ em }) => {
      const membership = await em.findOneOrFail(Membership, store.lemon.membershipId);
      membership.level = 1;
      await em.flush();
      return reading<Tables>(em).selectFrom('Membership').select('level').execute();
    });

    expect(levels).toEqual([{ level: 1 }]);
  });
});

test('a query that was begun in a transaction is not asked after its end', async () => {
  await using store = await openStore();
  const ctx = { em: store.within(store.lemon), afterCommit: () => undefined };

  const begun = await inTransaction(ctx, async ({ em }) => ({
    query: reading<Tables>(em).selectFrom('Membership').select('id'),
  }));

  expect((await errorOf(begun.query.execute())).message).toMatch(/already committed/);
});

describe('reading deleted rows, too', () => {
  const memberships = (em: EntityManager) =>
    readingDeletedToo<Tables>(em)
      .selectFrom('Account as a')
      .innerJoin('Membership as m', 'm.account', 'a.id')
      .select(['m.id', 'm.deletedAt'])
      .execute();

  async function deleteBoth(store: Store): Promise<void> {
    const em = store.everywhere();
    for (const membership of await em.find(Membership, {})) {
      membership.deletedAt = store.clock.now();
    }
    await em.flush();
  }

  test('shows those of the one restaurant and no others', async () => {
    await using store = await openStore();
    await deleteBoth(store);

    const found = await memberships(store.within(store.lemon));

    expect(found).toEqual([{ id: store.lemon.membershipId, deletedAt: store.clock.now() }]);
  });

  test('shows those that are not deleted as well', async () => {
    await using store = await openStore();

    const found = await memberships(store.within(store.lemon));

    expect(found).toEqual([{ id: store.lemon.membershipId, deletedAt: null }]);
  });

  test('shows none without a restaurant', async () => {
    await using store = await openStore();
    await deleteBoth(store);

    const found = await memberships(withoutRestaurant(store.database, store.behind));

    expect(found).toEqual([]);
  });

  test('is done by reviewed files only', () => {
    const root = fileURLToPath(new URL('../..', import.meta.url));
    const sources = globSync('{packages,apps}/*/src/**/*.ts', { cwd: root });

    const reading = sources.filter((path) =>
      readFileSync(`${root}/${path}`, 'utf8').includes('DeletedToo<'),
    );

    expect(reading.toSorted()).toEqual(REVIEWED);
  });
});

// Each of these shows deleted rows on purpose, and says to whom.
const REVIEWED = [
  // What was done to a removed recipe is shown to whoever might read the recipe.
  'packages/domains/src/audit/audit.reads.ts',
  // The house finishes taking away what it was taking away.
  'packages/domains/src/files/files.reads.ts',
  // Whoever may write the menu finds there what can be restored.
  'packages/domains/src/menu/menu.finding.reads.ts',
  'packages/domains/src/menu/menu.searching.reads.ts',
  // Nobody is shown these: a removed item moves with its category.
  'packages/domains/src/menu/menu.words.reads.ts',
  // Whoever may write a recipe finds there what can be restored.
  'packages/domains/src/recipes/recipes.reads.ts',
  'packages/storage/src/reading.ts',
  'packages/storage/src/remembering.ts',
];

/** What is no read, or could not be kept apart. */
const REFUSED: [string, (em: EntityManager) => Promise<unknown>][] = [
  [
    'insert',
    (em) =>
      reading<Tables>(em)
        .insertInto('Membership')
        .values({} as never)
        .execute(),
  ],
  ['update', (em) => reading<Tables>(em).updateTable('Membership').set({ level: 1 }).execute()],
  ['delete', (em) => reading<Tables>(em).deleteFrom('Membership').execute()],
  [
    'right join',
    (em) =>
      reading<Tables>(em)
        .selectFrom('Session as s')
        .rightJoin('Membership as m', 'm.id', 's.membership')
        .select('m.id')
        .execute(),
  ],
  [
    'table that is no entity',
    (em) =>
      reading<Tables>(em)
        .selectFrom('schema_migrations' as 'Account')
        .selectAll()
        .execute(),
  ],
];

describe('reading()', () => {
  test.each(REFUSED)('refuses: %s', async (_, attempt) => {
    await using store = await openStore();

    const error = await errorOf(attempt(store.within(store.lemon)));

    expect(error.message).toMatch(/^reading\(\)/);
    expect(await store.everywhere().count(Membership, { level: null })).toBe(2);
  });

  test('refuses an entity manager that storage did not open', async () => {
    await using store = await openStore();
    const em = store.database.orm.em.fork();

    const attempt = () => reading<Tables>(em);

    expect(attempt).toThrow('not opened by storage');
  });
});
