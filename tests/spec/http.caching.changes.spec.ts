import { newId } from '@comanda/kernel/id';
import { appRouter } from '@comanda/domains/router';
import { MINUTE } from '@comanda/kernel/time';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { upload } from '../files/uploading.ts';
import { ask } from '../http.ts';
import { counted, onMenu, placed } from '../orders/ordering.ts';

/** What anybody may look at, of one restaurant or of all. */
const READS = {
  list: (app: TestApp) => `/trpc/menu.list?input=${here(app)}`,
  show: (app: TestApp, itemId: string) => `/api/v1/menu/items/${itemId}?${home(app)}`,
  categories: (app: TestApp) => `/api/v1/menu/categories?${home(app)}`,
  restaurant: (app: TestApp) => `/trpc/restaurants.show?input=${here(app)}`,
  restaurants: () => '/trpc/restaurants.list',
};
type Read = keyof typeof READS;

const home = ({ home: { restaurantId } }: TestApp) => `restaurantId=${restaurantId}`;
const here = ({ home: { restaurantId } }: TestApp) =>
  encodeURIComponent(JSON.stringify({ json: { restaurantId } }));

const OPTION = newId();
const OPTIONS = [
  {
    id: newId(),
    name: 'Size',
    min: 0,
    max: 1,
    options: [{ id: OPTION, name: 'Large', priceDelta: 200, available: true, maxQuantity: 1 }],
  },
];

interface Stage {
  app: TestApp;
  itemId: string;
  /** Of which there are two. */
  fewId: string;
  categoryId: string;
  emptyId: string;
}

/** A menu of two items and two categories. */
async function setStage(app: TestApp): Promise<Stage> {
  const [categoryId, emptyId] = [await app.given.category(), await app.given.category()];
  const itemId = await onMenu(app, { categoryId, slug: 'pizza', options: OPTIONS });
  const fewId = await onMenu(app, { categoryId, name: 'Cake' });
  await counted(app, fewId, 2);
  return { app, itemId, fewId, categoryId, emptyId };
}

/** The tag of everything that can be looked at. */
async function looked({ app, itemId }: Stage): Promise<Record<Read, string>> {
  const tags = Object.entries(READS).map(async ([read, of]) => {
    const answer = await ask(app, of(app, itemId));
    return [read, answer.headers.get('etag') ?? `${answer.status}`];
  });
  return Object.fromEntries(await Promise.all(tags)) as Record<Read, string>;
}

/** What is told anew to whoever has those. */
async function toldAnew({ app, itemId }: Stage, known: Record<Read, string>): Promise<string[]> {
  const told = Object.entries(READS).map(async ([read, of]) => {
    const headers = { 'if-none-match': known[read as Read] };
    const { status } = await ask(app, of(app, itemId), { headers });
    return status === 304 ? [] : [read];
  });
  return (await Promise.all(told)).flat().toSorted();
}

const HERE = ['categories', 'list', 'restaurant', 'show'];
const ALL = ['categories', 'list', 'restaurant', 'restaurants', 'show'];

type Change = (stage: Stage) => Promise<unknown>;
const manager = ({ app }: Stage) => app.as('manager');
const ofItems = (stage: Stage) => manager(stage).menu.items;
const ofCategories = (stage: Stage) => manager(stage).menu.categories;
const MONDAYS = { weekly: { 1: [{ from: '09:00', to: '22:00' }] } };

/** By the procedure that makes it, and what else is to be known of it. */
const CHANGES: Record<string, Change> = {
  'menu.items.create': (stage) =>
    ofItems(stage).create.mutate({ categoryId: stage.categoryId, name: 'Soup', price: 500 }),
  'menu.items.update': (stage) => ofItems(stage).update.mutate({ ...stageItem(stage), price: 950 }),
  'menu.items.remove': (stage) => ofItems(stage).remove.mutate(stageItem(stage)),
  'menu.items.restore': async (stage) => {
    await ofItems(stage).remove.mutate({ itemId: stage.fewId });
    await ofItems(stage).restore.mutate({ itemId: stage.fewId });
  },
  'menu.items.setAvailability': (stage) =>
    ofItems(stage).setAvailability.mutate({ ...stageItem(stage), available: false }),
  'menu.items.setAvailability of an option': (stage) =>
    ofItems(stage).setAvailability.mutate({
      ...stageItem(stage),
      optionId: OPTION,
      available: false,
    }),
  'menu.items.setStock': (stage) =>
    ofItems(stage).setStock.mutate({ ...stageItem(stage), mode: 'out' }),
  'menu.items.setPhoto': async (stage) => {
    const { id: pictureId } = await upload(stage.app, 'manager');
    await ofItems(stage).setPhoto.mutate({ ...stageItem(stage), pictureId });
  },
  'menu.categories.create': (stage) => ofCategories(stage).create.mutate({ title: 'Soups' }),
  'menu.categories.update': ({ categoryId, ...stage }) =>
    stage.app.as('manager').menu.categories.update.mutate({ categoryId, title: 'Pizze' }),
  'menu.categories.remove': (stage) =>
    ofCategories(stage).remove.mutate({ categoryId: stage.emptyId }),
  'menu.import': async (stage) => {
    const { items, categories } = await manager(stage).menu.export.query();
    const dearer = items.map((one) => ({ ...one, price: one.price + 100 }));
    await manager(stage).menu.import.mutate({ categories, items: dearer });
  },
  'orders.place of the last ones': ({ app, fewId }) =>
    placed(app.as('customer'), { itemId: fewId, quantity: 2 }),
};

const OF_RESTAURANTS: Record<string, Change> = {
  'restaurants.update': (stage) => manager(stage).restaurants.update.mutate({ phone: '+39 010 1' }),
  'restaurants.update of terms': (stage) =>
    manager(stage).restaurants.update.mutate({ ordering: { minimum: 1_000 } }),
  'restaurants.setHours': (stage) => manager(stage).restaurants.setHours.mutate({ hours: MONDAYS }),
  'restaurants.pause': (stage) => manager(stage).restaurants.pause.mutate({ message: 'Fire.' }),
  'restaurants.resume': async (stage) => {
    await manager(stage).restaurants.pause.mutate({});
    await manager(stage).restaurants.resume.mutate();
  },
};

const stageItem = ({ itemId }: Stage) => ({ itemId });

describe('what is shown to anybody', () => {
  test('is told anew when what was sold out is back', async () => {
    await using app = await openApp();
    const stage = await setStage(app);
    const customer = app.as('customer');
    const { id: orderId, version } = await placed(customer, { itemId: stage.fewId, quantity: 2 });
    const known = await looked(stage);

    await customer.orders.cancel.mutate({ orderId, expectedVersion: version });

    expect(await toldAnew(stage, known)).toEqual(HERE);
  });

  test.each(Object.entries(CHANGES))('is told anew after %s', async (_, change) => {
    await using app = await openApp();
    const stage = await setStage(app);
    const known = await looked(stage);

    await change(stage);

    expect(await toldAnew(stage, known)).toEqual(HERE);
  });

  test.each(Object.entries(OF_RESTAURANTS))(
    'is told anew after %s, on the list of restaurants too',
    async (_, change) => {
      await using app = await openApp();
      const stage = await setStage(app);
      const known = await looked(stage);

      await change(stage);

      expect(await toldAnew(stage, known)).toEqual(ALL);
    },
  );

  test('is told anew on the list alone when a restaurant opens', async () => {
    await using app = await openApp();
    const stage = await setStage(app);
    const known = await looked(stage);

    await app.as('admin').restaurants.create.mutate({ name: 'Lime' });

    expect(await toldAnew(stage, known)).toEqual(['restaurants']);
  });

  test('is changed by these and no others: whoever adds one adds it here', () => {
    const all = appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>;
    const changing = Object.entries(all)
      .filter(([name, { _def }]) => _def.type === 'mutation' && /^(menu|restaurants)\./.test(name))
      .map(([name]) => name);
    const tried = [...Object.keys({ ...CHANGES, ...OF_RESTAURANTS }), 'restaurants.create'];

    expect(changing.filter((name) => !tried.includes(name))).toEqual([]);
  });
});

/** What nobody but those concerned sees. */
const UNSEEN: Record<string, Change> = {
  'of an order that leaves some': async ({ app, fewId }) => {
    await placed(app.as('customer'), { itemId: fewId, quantity: 1 });
  },
  'of the count by hand': ({ app, fewId }) => counted(app, fewId, 3),
  'of another restaurant': async ({ app }) => {
    const restaurantId = await app.given.restaurant();
    await app.given.item({ restaurantId });
    await app.as('admin').restaurants.pause.mutate({ restaurantId });
  },
  'of a cart': ({ app, itemId }) => app.as('customer').cart.add.mutate({ itemId, quantity: 1 }),
  'of a profile': ({ app }) => app.as('manager').profile.update.mutate({ bio: 'Likes cheese.' }),
  'that was refused': ({ app, itemId }) =>
    app
      .as('manager')
      .menu.items.update.mutate({ itemId, price: 1, expectedVersion: 99 })
      .catch(() => undefined),
  'of nothing': ({ app, itemId }) =>
    app.as('manager').menu.items.update.mutate({ itemId, price: 900 }),
};

describe('a change', () => {
  test.each(Object.entries(UNSEEN))('%s leaves the menu as it is known', async (_, change) => {
    await using app = await openApp();
    const stage = await setStage(app);
    const known = await looked(stage);

    await change(stage);

    const told = await toldAnew(stage, known);
    expect(told.filter((read) => read !== 'restaurants')).toEqual([]);
  });
});

const NOON = { from: '12:00', to: '14:00' };
const DAILY = Object.fromEntries(['1', '2', '3', '4', '5', '6', '7'].map((day) => [day, [NOON]]));

interface Turn {
  what: string;
  change: Change;
  minutes: number;
  turned: string[];
}

describe('what turns with the clock', () => {
  test.each<Turn>([
    {
      what: 'the hours of the restaurant',
      change: (stage) => manager(stage).restaurants.setHours.mutate({ hours: { weekly: DAILY } }),
      minutes: 120,
      turned: ['list', 'restaurant', 'show'],
    },
    {
      what: 'the last order before they end',
      change: (stage) =>
        manager(stage).restaurants.setHours.mutate({
          hours: { weekly: DAILY, lastOrderMinutes: 30 },
        }),
      minutes: 90,
      turned: ['list', 'restaurant', 'show'],
    },
    {
      what: 'the mealtimes of an item',
      change: (stage) => ofItems(stage).update.mutate({ ...stageItem(stage), mealtimes: DAILY }),
      minutes: 120,
      turned: ['list', 'show'],
    },
    {
      what: 'the end of a pause',
      change: ({ app }) =>
        app.as('manager').restaurants.pause.mutate({
          until: new Date(app.clock.now().getTime() + 7 * MINUTE),
        }),
      minutes: 7,
      turned: ['list', 'restaurant', 'show'],
    },
  ])('is as it was until $what turn it', async ({ change, minutes, turned }) => {
    await using app = await openApp();
    const stage = await setStage(app);
    await app.as('manager').restaurants.update.mutate({ timeZone: 'UTC' });
    await change(stage);
    const known = await looked(stage);

    app.clock.advance(minutes * MINUTE - 1);
    const before = await toldAnew(stage, known);
    app.clock.advance(1);
    const after = await toldAnew(stage, known);

    expect(before).toEqual([]);
    expect(after).toEqual(turned);
  });
});
