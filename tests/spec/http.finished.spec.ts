import { createClient } from '@comanda/client';
import { appRouter } from '@comanda/domains/router';
import { HOUR, MINUTE, SECOND } from '@comanda/kernel/time';
import { stockOptions } from '@comanda/server/rpc/stock';
import { listenToStatements } from '@comanda/storage/statements';
import type { TestApp } from '@comanda/testing';
import { fetchFrom } from '@comanda/testing/fetching';
import { fastifyTRPCPlugin } from '@trpc/server/adapters/fastify';
import fc from 'fast-check';
import Fastify from 'fastify';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { ask, toldIn } from '../http.ts';

const LIST = '/trpc/menu.list';
const ADDRESSES = [
  LIST,
  `${LIST}?input=${encodeURIComponent('{"json":{"sort":"price"}}')}`,
  '/trpc/menu.categories.list',
  '/trpc/restaurants.list',
  '/trpc/restaurants.show',
  `${LIST},menu.categories.list?batch=1`,
];

async function openMenu(options: Parameters<typeof openApp>[0] = {}) {
  const app = await openApp(options);
  const itemId = await app.given.item({ price: 900 });
  const asked: string[] = [];
  listenToStatements(app.house.database, ({ text }) => asked.push(text));
  return { app, itemId, asked };
}

/** Another server on the same database, which keeps nothing. */
function anotherOf({ house }: TestApp): typeof fetch {
  const server = Fastify();
  const trpcOptions = stockOptions(house, { router: appRouter, origins: { corsOrigins: [] } });
  void server.register(fastifyTRPCPlugin, { prefix: '/trpc', trpcOptions });
  return fetchFrom(server);
}

/** What goes out for the second time is kept. */
async function keep(app: TestApp, address = LIST): Promise<Response> {
  await ask(app, address);
  return ask(app, address);
}

const bodyOf = async (answer: Response) => ({ status: answer.status, body: await answer.text() });

describe('what anybody has asked', () => {
  test.each(ADDRESSES)('is handed to the next as it was written: %s', async (address) => {
    const { app, asked } = await openMenu();
    await using _ = app;
    const first = await keep(app, address);
    asked.length = 0;

    const second = await ask(app, address);

    expect(asked).toEqual([]);
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(second.headers.get('vary')).toBe(first.headers.get('vary'));
    expect(second.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'));
    expect(await bodyOf(second)).toEqual(await bodyOf(first));
  });

  test('is read again for the second who asks, and for nobody after them', async () => {
    const { app, asked } = await openMenu();
    await using _ = app;
    const read: boolean[] = [];

    for (let n = 0; n < 4; n += 1) {
      asked.length = 0;
      await ask(app, LIST);
      read.push(asked.length > 0);
    }

    expect(read).toEqual([true, true, false, false]);
  });

  test('is left out for whoever has it', async () => {
    const { app } = await openMenu();
    await using _ = app;
    const tag = (await keep(app)).headers.get('etag') ?? '';

    const again = await ask(app, LIST, { headers: { 'if-none-match': tag } });

    expect(again.status).toBe(304);
    expect(again.headers.get('etag')).toBe(tag);
    expect(again.headers.get('content-type')).toBeNull();
    expect(await again.text()).toBe('');
  });

  test('is told anew once another server has changed something', async () => {
    const { app, itemId } = await openMenu();
    await using _ = app;
    const { accessToken: token } = await app.session('manager');
    const elsewhere = createClient({
      url: 'http://localhost',
      fetch: anotherOf(app),
      token: () => token,
    });
    await keep(app);

    await elsewhere.menu.items.update.mutate({ itemId, price: 1_234 });

    expect(await (await ask(app, LIST)).text()).toContain('"price":1234');
  });

  test('is told to nobody who would be asked which restaurant they mean', async () => {
    const { app } = await openMenu();
    await using _ = app;
    await keep(app);

    await app
      .as('admin')
      .restaurants.create.mutate({ name: 'Another', timeZone: 'UTC', currency: 'EUR' });
    const refused = await ask(app, LIST);

    expect(await toldIn(refused)).toMatchObject({ reason: 'RESTAURANT_REQUIRED' });
  });

  test('is for nobody who shows who they are', async () => {
    const { app } = await openMenu();
    await using _ = app;
    await keep(app);
    const { accessToken } = await app.session('manager');

    const staff = await ask(app, LIST, { headers: { authorization: `Bearer ${accessToken}` } });
    const stranger = await ask(app, LIST, { headers: { authorization: 'Bearer of bad news' } });

    expect(await staff.text()).toContain('"stockMode"');
    expect(stranger.status).toBe(401);
  });

  test('costs as much of a budget as what it stands for, and is counted', async () => {
    const { app } = await openMenu({ quotas: 'preset' });
    await using _ = app;

    const answers: Response[] = [];
    for (let n = 0; n < 21; n += 1) answers.push(await ask(app, LIST));

    const counted = await app.house.usage.flush().then(() => answers.map(({ status }) => status));
    expect(counted).toEqual([...Array<number>(20).fill(200), 429]);
    expect(await toldIn(answers[20] as Response)).toMatchObject({ reason: 'QUOTA_EXCEEDED' });
  });
});

describe('a batch that costs more than is left', () => {
  test('is answered as far as it can be paid', async () => {
    const { app } = await openMenu({ quotas: 'preset' });
    await using _ = app;
    const ten = `/trpc/${Array(10).fill('menu.list').join(',')}?batch=1`;
    const paid = [await ask(app, ten), await ask(app, ten)].map(({ status }) => status);

    app.clock.advance(15 * SECOND);
    const partly = await ask(app, ten);
    const told = (await partly.json()) as object[];

    expect([...paid, partly.status]).toEqual([200, 200, 207]);
    expect(told.filter((one) => 'result' in one)).toHaveLength(5);
  });
});

/** What changes what is on show, and what changes nothing of it. */
const STEPS = {
  price: async ({ app, itemId }: Stage) => {
    const { price } = await app.as('manager').menu.show.query({ itemId });
    await app.as('manager').menu.items.update.mutate({ itemId, price: price + 1 });
  },
  sold: ({ app, itemId }: Stage) =>
    app.as('manager').menu.items.setAvailability.mutate({ itemId, available: false }),
  back: ({ app, itemId }: Stage) =>
    app.as('manager').menu.items.setAvailability.mutate({ itemId, available: true }),
  added: ({ app }: Stage) => app.given.item(),
  later: ({ app }: Stage) => app.clock.advance(7 * HOUR),
  soon: ({ app }: Stage) => app.clock.advance(5 * MINUTE),
  nothing: () => undefined,
};

interface Stage {
  app: TestApp;
  itemId: string;
}

describe('whatever is changed, and however time goes by', () => {
  test('what is handed out is what would be read anew', async () => {
    const names = Object.keys(STEPS) as (keyof typeof STEPS)[];
    const { app, itemId } = await openMenu();
    await using _ = app;
    const anew = anotherOf(app);
    const url = await app.listen();
    const walks = fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 6 });

    await fc.assert(
      fc.asyncProperty(walks, fc.constantFrom(...ADDRESSES), async (walk, address) => {
        await keep(app, address);
        for (const step of walk) {
          await STEPS[step]({ app, itemId });
          const read = await bodyOf(await anew(`http://localhost${address}`));
          expect(await bodyOf(await fetch(url + address))).toEqual(read);
          expect(await bodyOf(await ask(app, address))).toEqual(read);
        }
      }),
      { numRuns: 40 },
    );
  });
});
