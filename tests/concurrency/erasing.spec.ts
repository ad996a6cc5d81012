import { Session } from '@comanda/domains/auth/auth.session.entity';
import { eraseLate } from '@comanda/domains/profile/profile.erasing.actions';
import { PASSWORD } from '@comanda/testing/given';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { BEHIND_PROXY, from, outcomeOf } from '../auth/callers.ts';
import { joined } from '../auth/joining.ts';
import { inside, liveSessionsOf } from '../auth/looking.ts';
import { openSecondServer } from '../auth/second-server.ts';
import { customerCanary } from '../erasing/canary.ts';
import { columnsWithCanary, PASSING } from '../erasing/columns.ts';
import { upload } from '../files/uploading.ts';
import { ordersIn, placed } from '../orders/ordering.ts';
import { openPatiently, untilAnswered } from '../orders/patience.ts';
import { requested } from '../reservations/booking.ts';
import { of, outcomes, times } from './outcomes.ts';

const password = PASSWORD;
/** How busy the gate before hashes is, is not the point here. */
const patiently = <Answer>(call: () => Promise<Answer>) =>
  untilAnswered(call, ['OVERLOADED', 'DB_BUSY']);
const proxied = { config: BEHIND_PROXY };
const CANARY_NAME = { firstName: 'Canary', lastName: 'Bird' };

const AGAIN = ['ok', 'DB_BUSY', 'VERSION_CONFLICT'];
/** Makes a call over and over, until it is refused for good; how. */
async function refusalAfterAll(call: (at: number) => Promise<unknown>): Promise<string> {
  for (let at = 0; at < 2_000; at++) {
    const told = await outcomeOf(call(at));
    if (!AGAIN.includes(told)) return told;
  }
  return 'never refused';
}

const KNOWN = new Set([
  'ok',
  'TOKEN_INVALID',
  'INVALID_CREDENTIALS',
  'NO_TABLE',
  'RESERVATION_LIMIT',
  'OVERLOADED',
  'DB_BUSY',
]);

describe('being erased while one does something else', () => {
  test('S1-12 whatever else was under way is done or refused, and nothing of it is left', async () => {
    await using app = await openApp({ ...proxied, settings: { deadlineMs: 60_000 } });
    const { client, person } = await customerCanary(app);
    const { id: pictureId } = await upload(app, person);
    const { profile, tasks, books, cart, auth } = client;
    const itemId = await app.given.item();

    const [erased, ...told] = await outcomes([
      patiently(() => profile.erase.mutate({ password })),
      ...times(5, (at) => profile.update.mutate({ bio: `canary ${at}`, email: `canary${at}@a.b` })),
      ...times(5, (at) => tasks.create.mutate({ title: `canary ${at}` })),
      ...times(4, (at) => books.create.mutate({ title: `canary ${at}`, author: 'canary' })),
      ...times(5, (at) => cart.add.mutate({ itemId, note: `canary ${at}` })),
      ...times(3, (at) => auth.passes.issue.mutate({ label: `canary ${at}` })),
      ...times(3, () => requested(client, { note: 'canary', customerName: 'canary' })),
      profile.setAvatar.mutate({ pictureId }),
      from(app, { userAgent: 'canary' }).auth.login.mutate({ identifier: 'canary', password }),
    ]);
    await eraseLate(app.house);

    expect(erased).toBe('ok');
    expect(told.filter((one) => !KNOWN.has(one))).toEqual([]);
    expect(await columnsWithCanary(app)).toEqual(PASSING);
    expect(await liveSessionsOf(app, person)).toEqual([]);
  });

  test('S1-12 of many who go on and on nobody writes another word once they are erased', async () => {
    await using app = await openApp({ ...proxied, settings: { deadlineMs: 60_000 } });
    const { client, person, itemId } = await customerCanary(app);
    const { id: taskId } = await client.tasks.create.mutate({ title: 'canary' });
    const { profile, tasks, cart } = client;

    const [erased, ...told] = await Promise.all([
      outcomeOf(patiently(() => profile.erase.mutate({ password }))),
      ...times(2, () => refusalAfterAll((at) => profile.update.mutate({ bio: `canary ${at}` }))),
      ...times(2, () => refusalAfterAll((at) => tasks.create.mutate({ title: `canary ${at}` }))),
      refusalAfterAll((at) => tasks.update.mutate({ taskId, title: `canary ${at}` })),
      refusalAfterAll((at) => cart.add.mutate({ itemId, note: `canary ${at % 20}` })),
    ]);
    await eraseLate(app.house);

    expect(erased).toBe('ok');
    expect(told.filter((one) => !['TOKEN_INVALID', 'NOT_FOUND'].includes(one))).toEqual([]);
    expect(await columnsWithCanary(app)).toEqual(PASSING);
    expect(await liveSessionsOf(app, person)).toEqual([]);
  });

  test.each(times(5, (at) => at))(
    'P15 D6 an order is placed and they stay, or they are erased and there is none (%d)',
    async () => {
      await using app = await openPatiently();
      const itemId = await app.given.item();
      const person = await app.given.person(CANARY_NAME);
      const client = app.as(person);
      const { version: cartVersion } = await client.cart.add.mutate({ itemId });

      const told = await outcomes([
        untilAnswered(() =>
          client.orders.place.mutate({ idempotencyKey: 'canary-1', type: 'pickup', cartVersion }),
        ),
        patiently(() => client.profile.erase.mutate({ password })),
      ]);

      const [order] = await ordersIn(app);
      expect([
        ['ok', 'ORDERS_OPEN', 'Canary Bird'],
        ['CART_EMPTY', 'ok', undefined],
        ['TOKEN_INVALID', 'ok', undefined],
      ]).toContainEqual([...told, order?.customerName]);
    },
  );

  test('S1-12 of two who erase the same person one does', async () => {
    await using app = await openPatiently();
    const { profile } = app.as('customer');

    const told = await outcomes(
      times(2, () => patiently(() => profile.erase.mutate({ password }))),
    );

    expect([of(told, 'ok'), of(told, 'TOKEN_INVALID', 'INVALID_CREDENTIALS')]).toEqual([1, 1]);
  });

  test('D1 of two managers who go at once one stays', async () => {
    await using app = await openPatiently();
    const other = await app.given.person({ role: 'manager' });

    const told = await outcomes(
      [app.as('manager'), app.as(other)].map(({ profile }) =>
        patiently(() => profile.erase.mutate({ password })),
      ),
    );

    expect(told.toSorted()).toEqual(['LAST_OF_ROLE', 'ok']);
  });

  test('S1-12 whoever is given orders to bring meanwhile is not named in them', async () => {
    await using app = await openPatiently();
    const { restaurantId } = app.home;
    const crew = await app.given.person({ role: 'delivery_crew', ...CANARY_NAME });
    const ready = { restaurantId, type: 'delivery', state: 'ready' } as const;
    const { orders } = app.as('manager');
    const given = await Promise.all(times(6, () => app.given.order(ready)));
    const begun = Promise.withResolvers<void>();

    const [erased, ...told] = await Promise.all([
      begun.promise.then(() =>
        outcomeOf(patiently(() => app.as(crew).profile.erase.mutate({ password }))),
      ),
      ...given.map(({ orderId }) =>
        refusalAfterAll(async (at) => {
          const { version: expectedVersion } = await orders.show.query({ orderId });
          const assigneeId = at % 2 === 0 ? crew.id : null;
          await orders.assign.mutate({ orderId, assigneeId, expectedVersion });
          begun.resolve();
        }),
      ),
    ]);

    expect(erased).toBe('ok');
    expect(told).toEqual(Array(6).fill('ASSIGNEE_UNFIT'));
    expect(await columnsWithCanary(app)).toEqual(['OutboxEvent.data']);
  });
});

describe('a server that has not heard of it yet', () => {
  test('S1-12 refuses what is the keys to the account, and what else it writes is taken out later', async () => {
    await using app = await openApp(proxied);
    const { client, person } = await customerCanary(app);
    const manager = await joined(app, person, { role: 'manager' });
    const { accessToken: plain } = await app.session({ ...person, restaurantId: null });
    const { accessToken: worn } = await app.session(manager);
    await using second = await openSecondServer(app);
    const [there, atWork] = [second.withToken(plain), second.withToken(worn)];
    const itemId = await app.given.item();
    await there.profile.show.query();
    await atWork.profile.show.query();
    await client.profile.erase.mutate({ password });

    const refused = await outcomes([
      there.profile.show.query().then(() => undefined),
      there.profile.update.mutate({ bio: 'canary' }),
      there.profile.erase.mutate({ password }),
      there.auth.passes.issue.mutate({ label: 'canary' }),
      there.cart.add.mutate({ itemId, note: 'canary' }),
      there.auth.changePassword.mutate({ password, newPassword: 'canary bird seed' }),
      atWork.shifts.clockIn.mutate({ reason: 'canary' }),
    ]);
    const late = await outcomes([
      there.tasks.create.mutate({ title: 'canary' }),
      there.books.create.mutate({ title: 'canary', author: 'canary' }),
      requested(there, { note: 'canary', customerName: 'canary' }),
      placed(atWork, { itemId }).catch(() => undefined),
      atWork.orders.take.mutate({ lines: [{ itemId }] }),
    ]);
    const before = await columnsWithCanary(app);
    await eraseLate(app.house);

    expect(refused).toEqual([
      'ok',
      'TOKEN_INVALID',
      'INVALID_CREDENTIALS',
      'TOKEN_INVALID',
      'TOKEN_INVALID',
      'INVALID_CREDENTIALS',
      'NOT_FOUND',
    ]);
    expect(late).toEqual(Array(5).fill('ok'));
    expect(before).toEqual(expect.arrayContaining(['Task.title', 'OrderStep.byName']));
    expect(await columnsWithCanary(app)).toEqual(PASSING);
    expect(await inside(app).count(Session, { account: person.id, endedAt: null })).toBe(0);
    expect(await outcomeOf(there.tasks.list.query())).toMatch(/ok|TOKEN_INVALID/);
  });
});
