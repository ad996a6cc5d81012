import { Passwords } from '@comanda/domains/auth/credentials/passwords';
import { HashGate } from '@comanda/quotas/hash-gate';
import { Account, Membership } from '@comanda/domains/auth/auth.entity';
import { Session } from '@comanda/domains/auth/auth.session.entity';
import { Order } from '@comanda/domains/orders/orders.entity';
import { Reservation, TableHold } from '@comanda/domains/reservations/reservations.entity';
import { eraseLate, eraseSomebody } from '@comanda/domains/profile/profile.erasing.actions';
import { newId } from '@comanda/kernel/id';
import { after, DAY, HOUR } from '@comanda/kernel/time';
import { tidyUp } from '@comanda/server/housekeeping';
import { contextOfCommand } from '@comanda/server/opening';
import { AuditEntry } from '@comanda/storage/audit.entity';
import { PASSWORD } from '@comanda/testing/given';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { BEHIND_PROXY, inTurn, outcomeOf } from '../auth/callers.ts';
import { joined } from '../auth/joining.ts';
import { accountOf, auditOf, inside } from '../auth/looking.ts';
import { CANARY, customerCanary, workingCanary } from '../erasing/canary.ts';
import { columnsWithCanary, OTHERS, PASSING, PERSONAL, wordyColumns } from '../erasing/columns.ts';
import { look, upload } from '../files/uploading.ts';
import { everyRow } from './access.calls.ts';

const password = PASSWORD;
/** What a call leaves that was on its way. */
const LATE = {
  actorName: 'Some Body',
  role: 'customer',
  restaurantId: null,
  action: 'late',
  change: 'noted',
  target: 'Late',
  targetId: 'late',
  before: null,
  after: null,
  requestId: 'late',
  address: '127.0.0.1',
};
const proxied = { config: BEHIND_PROXY };

describe('what is known of a person', () => {
  test('S1-12 every column with words in it was reviewed, once', async () => {
    await using app = await openApp();

    const columns = [...wordyColumns(app).keys()];

    expect([...PERSONAL, ...PASSING, ...OTHERS].toSorted()).toEqual(columns.toSorted());
  });

  test('S1-12 D12 is in all columns that may hold it before they are erased, and in none after', async () => {
    await using app = await openApp(proxied);
    const { client } = await workingCanary(app);
    const before = await columnsWithCanary(app);

    await client.profile.erase.mutate({ password });

    expect(before).toEqual([...PERSONAL, ...PASSING].toSorted());
    expect(await columnsWithCanary(app)).toEqual(PASSING);
  });

  test('S1-12 is nowhere at all after three days, in no row and no column', async () => {
    await using app = await openApp(proxied);
    const { client } = await workingCanary(app);
    await client.profile.erase.mutate({ password });

    app.clock.advance(3 * DAY + HOUR);
    await tidyUp(app.house);

    expect(JSON.stringify(await everyRow(app))).not.toMatch(CANARY);
  });

  test('S1-11 pictures of theirs go with the next tidying; one that hangs in a menu stays', async () => {
    await using app = await openApp(proxied);
    const { client, person, avatarId, itemId } = await customerCanary(app);
    const { id: loose } = await upload(app, person);
    const manager = await joined(app, person, { role: 'manager' });
    const { id: photo } = await upload(app, person);
    await app.as(manager).menu.items.setPhoto.mutate({ itemId, pictureId: photo });
    const { id: cover } = await upload(app, person);
    const { items } = await client.books.list.query();
    await client.books.setCover.mutate({ bookId: items[0]?.id ?? '', pictureId: cover });

    await client.profile.erase.mutate({ password });
    await tidyUp(app.house);

    const seen = await Promise.all([avatarId, loose, cover, photo].map((id) => look(app, id)));
    expect(seen.map(({ status }) => status)).toEqual([404, 404, 404, 200]);
  });
});

describe('what stays', () => {
  test('D9 what was ordered and paid: orders, lines, sums and history, by the same id', async () => {
    await using app = await openApp(proxied);
    const { client, person, orders } = await workingCanary(app);
    const em = inside(app);
    const sums = () => em.fork().getConnection().execute(SUMS) as Promise<object[]>;
    const before = await sums();

    await client.profile.erase.mutate({ password });

    expect(await sums()).toEqual(before);
    const own = await inside(app).find(Order, { customerId: person.id });
    expect(own.map(({ id }) => id).toSorted()).toEqual(orders.map(({ id }) => id).toSorted());
    const shown = await app.as('manager').orders.show.query({ orderId: orders[1]?.id ?? '' });
    expect(shown).toMatchObject({ state: 'completed', customerName: '', address: null });
  });

  test('D4 who worked when: the timesheet is the same, without their name', async () => {
    await using app = await openApp(proxied);
    const { client, person } = await workingCanary(app);
    const { shifts } = app.as('manager');
    const sheet = await shifts.timesheet.query({});

    await client.profile.erase.mutate({ password });

    const { people } = await shifts.timesheet.query({});
    const nameless = sheet.people.map(({ cards, ...one }) => ({
      ...one,
      ...(one.personId === person.id && { name: '' }),
      cards: cards.map(({ id, workedMinutes }) => ({ id, workedMinutes })),
    }));
    expect(people).toHaveLength(nameless.length);
    expect(people.toSorted(byId)).toMatchObject(nameless.toSorted(byId));
  });

  test('P20 the audit log: who changed what and when, and not what stood there', async () => {
    await using app = await openApp(proxied);
    const { client, person } = await workingCanary(app);
    const facts = async () => {
      const rows = await inside(app).find(AuditEntry, {}, { orderBy: { id: 'asc' } });
      return rows.map(({ actorId, action, change, target, targetId, at }) => {
        return { actorId, action, change, target, targetId, at };
      });
    };
    const before = await facts();

    await client.profile.erase.mutate({ password });

    expect((await facts()).slice(0, before.length)).toEqual(before);
    const erasing = await auditOf(app, 'profile.erase');
    expect(erasing.map(({ target, change }) => `${target} ${change}`)).toEqual(
      expect.arrayContaining(['Account erased', 'Order erased', 'Erasure noted']),
    );
    expect(erasing.every(({ actorId }) => actorId === person.id)).toBe(true);
    expect(erasing.filter(({ actorName, address }) => actorName ?? address)).toEqual([]);
  });

  test('S3-11 what others have and what they are called', async () => {
    await using app = await openApp(proxied);
    const { client } = await workingCanary(app);
    const other = await app.given.person({ firstName: 'Robin', lastName: 'Redbreast' });
    const robin = app.as(other);
    await robin.books.create.mutate({ title: 'Nests', author: 'R.' });
    await robin.tasks.create.mutate({ title: 'Sing' });

    await client.profile.erase.mutate({ password });

    expect(await robin.profile.show.query()).toMatchObject({ firstName: 'Robin' });
    expect((await robin.tasks.list.query()).items).toMatchObject([{ title: 'Sing' }]);
    expect((await robin.books.list.query()).items).toMatchObject([{ title: 'Nests' }]);
    const audit = JSON.stringify(await auditOf(app, 'books.create'));
    expect(audit).toContain('Nests');
    expect(audit).toContain('Robin Redbreast');
  });

  test('S3-11 the history of orders that somebody of the same name brings', async () => {
    await using app = await openApp();
    const names = { firstName: 'Dora', lastName: 'Driver' };
    const dora = await app.given.person({ role: 'delivery_crew', ...names });
    const elsewhere = await app.given.restaurant();
    const namesake = await app.given.person({ role: 'employee', restaurantId: elsewhere });
    const { orderId } = await app.given.order({ type: 'delivery', state: 'ready' });
    const { orders } = app.as('manager');
    const { version } = await orders.show.query({ orderId });
    await orders.assign.mutate({ orderId, assigneeId: dora.id, expectedVersion: version });
    const told = await inside(app).find(AuditEntry, { targetId: orderId });
    const { profile } = app.as(namesake);
    await profile.update.mutate(names);
    await profile.update.mutate({ firstName: 'Robin' });

    await profile.erase.mutate({ password });

    const { assigneeName, history } = await orders.show.query({ orderId });
    expect(assigneeName).toBe('Dora Driver');
    expect(history).toMatchObject([{ what: 'assigned', reason: 'Dora Driver' }]);
    expect(await inside(app).find(AuditEntry, { targetId: orderId })).toEqual(told);
  });
});

describe('erasing oneself', () => {
  test('S1-12 ends all sessions and passes at once, and nobody signs in by these names again', async () => {
    await using app = await openApp();
    const { profile, auth } = app.as('customer');
    const { token } = await auth.passes.issue.mutate({ label: 'Screen' });
    const { refreshToken } = await app.session('customer');
    const anybody = app.as('anonymous').auth;

    const told = await profile.erase.mutate({ password });

    expect(told).toEqual({ erased: true });
    const after = await Promise.all([
      outcomeOf(profile.show.query()),
      outcomeOf(profile.erase.mutate({ password })),
      outcomeOf(app.withToken(token).profile.show.query()),
      outcomeOf(anybody.refresh.mutate({ refreshToken })),
      outcomeOf(anybody.login.mutate({ identifier: 'customer', password })),
    ]);
    expect(after).toEqual([...Array(4).fill('TOKEN_INVALID'), 'INVALID_CREDENTIALS']);
  });

  test('S1-12 leaves the names to whoever registers next, who has nothing of theirs', async () => {
    await using app = await openApp(proxied);
    const { client, person, orders } = await customerCanary(app);
    await client.profile.erase.mutate({ password });
    const names = { username: 'canary', email: 'canary@canary.example', phone: '+39055500177' };

    const { user, accessToken } = await app
      .as('anonymous')
      .auth.register.mutate({ ...names, password });

    expect(user.id).not.toBe(person.id);
    const again = app.withToken(accessToken);
    expect((await again.orders.list.query()).items).toEqual([]);
    const orderId = orders[0]?.id ?? '';
    expect(await outcomeOf(again.orders.show.query({ orderId }))).toBe('NOT_FOUND');
  });

  test('S1-12 is not done with a wrong password, and guessing is slowed', async () => {
    await using app = await openApp();
    const { profile } = app.as('customer');

    const told = await inTurn(6, () => outcomeOf(profile.erase.mutate({ password: 'a guess' })));

    expect(told).toEqual([...Array(5).fill('INVALID_CREDENTIALS'), 'QUOTA_EXCEEDED']);
    expect(await accountOf(app, app.home.staff.customer)).toMatchObject({ deactivatedAt: null });
  });

  test('P10 a try that found no place at the gate before hashes was none', async () => {
    await using app = await openApp();
    const gate = new HashGate({ permits: 1, queue: 0, waitMs: 0 });
    const cost = { memoryKiB: 1_024, passes: 2, lanes: 1 };
    Object.assign(app.house, { passwords: new Passwords(cost, gate) });
    const { profile } = app.as('customer');
    const ahead = Promise.withResolvers<void>();
    const taken = gate.run(() => ahead.promise);

    const told = await inTurn(6, () => outcomeOf(profile.erase.mutate({ password })));
    ahead.resolve();
    await taken;
    told.push(await outcomeOf(profile.erase.mutate({ password })));

    expect(told).toEqual([...Array(6).fill('OVERLOADED'), 'ok']);
  });

  test('S1-12 is not done by a device pass', async () => {
    await using app = await openApp();
    const { token } = await app.as('customer').auth.passes.issue.mutate({ label: 'Screen' });

    const refused = await refusalOf(app.withToken(token).profile.erase.mutate({ password }));

    expect(refused).toMatchObject({ reason: 'SESSION_REQUIRED', httpStatus: 403 });
  });

  test.each(['manager', 'admin'] as const)('D1 the last %s stays', async (role) => {
    await using app = await openApp();
    const { profile } = app.as(role);

    const refused = await refusalOf(profile.erase.mutate({ password }));

    expect(refused).toMatchObject({ reason: 'LAST_OF_ROLE', httpStatus: 409, details: { role } });
    expect(await profile.show.query()).toMatchObject({ username: role });
  });

  test('D6 is refused while an order is on its way, and nothing is changed by it', async () => {
    await using app = await openApp();
    const { id: customerId } = app.home.staff.customer;
    await app.given.order({ customerId, type: 'delivery', state: 'out_for_delivery' });
    await app.given.order({ customerId, state: 'completed' });
    const { profile, tasks } = app.as('customer');
    await tasks.create.mutate({ title: 'Eat' });
    const rows = await everyRow(app);

    const tries = await inTurn(6, () => outcomeOf(profile.erase.mutate({ password })));
    const refused = await refusalOf(profile.erase.mutate({ password }));

    // With the right password: nobody has guessed.
    expect(tries).toEqual(Array(6).fill('ORDERS_OPEN'));
    expect(refused).toMatchObject({ reason: 'ORDERS_OPEN', httpStatus: 409, details: { open: 1 } });
    expect(await everyRow(app)).toEqual(rows);
  });

  test('D6 is not kept up by an order that nobody has closed for two days', async () => {
    await using app = await openApp();
    const { id: customerId } = app.home.staff.customer;
    const { orderId } = await app.given.order({ customerId, state: 'preparing' });
    app.clock.advance(2 * DAY + HOUR);

    const done = await app.as('customer').profile.erase.mutate({ password });

    expect(done).toEqual({ erased: true });
    const order = await inside(app).findOneOrFail(Order, orderId);
    expect(order).toMatchObject({ customerName: '', customerId });
  });

  test('S1-12 the late round passes over whom it cannot erase, and says so', async () => {
    await using app = await openApp();
    const [first, second] = [app.home.staff.customer, app.home.staff.employee];
    for (const one of [first, second]) await app.as(one).profile.erase.mutate({ password });
    await app.given.order({ customerId: first.id, state: 'preparing' });
    const em = inside(app);
    for (const { id: actorId } of [first, second]) {
      em.create(AuditEntry, { ...LATE, actorId, at: app.clock.now() });
    }
    await em.flush();

    await expect(eraseLate(app.house)).rejects.toThrow('somebody is not yet erased');

    const told = await inside(app).find(AuditEntry, { action: LATE.action });
    const named = new Map(told.map(({ actorId, actorName }) => [actorId, actorName]));
    expect(named).toEqual(
      new Map([
        [first.id, LATE.actorName],
        [second.id, null],
      ]),
    );
  });

  test('S1-12 whoever runs the house erases anew whom a backup has brought back', async () => {
    await using app = await openApp();
    const { id } = app.home.staff.customer;
    const console = contextOfCommand(app.house, 'erase');

    const done = [await eraseSomebody(console, id), await eraseSomebody(console, newId())];

    expect(done).toEqual([true, false]);
    expect(await accountOf(app, { id })).toMatchObject({ username: null, passwordHash: 'erased' });
    expect(await refusalOf(app.as('customer').profile.show.query())).toMatchObject({
      reason: 'TOKEN_INVALID',
    });
  });

  test('D13 gives back the tables that were held, and calls off what is still to come', async () => {
    await using app = await openApp();
    const { id: customerId } = app.home.staff.customer;
    const tables = [{ id: await app.given.table(), name: 'T1' }];
    const startsAt = after(app.clock.now(), -HOUR);
    await app.given.reservation({ customerId, tables, state: 'confirmed' });
    await app.given.reservation({ customerId, startsAt, state: 'seated' });
    await app.given.reservation({ customerId, startsAt, state: 'confirmed' });

    await app.as('customer').profile.erase.mutate({ password });

    const parties = await inside(app).find(
      Reservation,
      {},
      { orderBy: { startsAt: 'asc', id: 'asc' } },
    );
    expect(parties.map(({ state }) => state)).toEqual(['seated', 'confirmed', 'cancelled']);
    expect(await inside(app).count(TableHold)).toBe(0);
  });

  test('S3-27 ends work: card and shifts are closed, and no manager brings them back', async () => {
    await using app = await openApp();
    const { id: personId } = app.home.staff.chef;
    await app.given.timecard({ personId });
    const startsAt = after(app.clock.now(), DAY);
    await app.given.shift({ personId, startsAt });

    await app.as('chef').profile.erase.mutate({ password });

    const { shifts, people } = app.as('manager');
    expect((await shifts.onNow.query()).items).toEqual([]);
    const planned = await shifts.list.query({ from: startsAt, to: after(startsAt, DAY) });
    expect(planned.items.map(({ state }) => state)).toEqual(['cancelled']);
    const back = [people.reactivate, app.as('admin').people.reactivate];
    const told = await Promise.all(back.map((again) => outcomeOf(again.mutate({ personId }))));
    expect(told).toEqual(['NOT_FOUND', 'NOT_FOUND']);
    const held = await inside(app).find(Membership, { account: personId }, { filters: false });
    expect(held.map(({ deactivatedAt }) => deactivatedAt)).toEqual([app.clock.now()]);
  });

  test('the row of the account stays, for all that points to it', async () => {
    await using app = await openApp();
    const { id } = app.home.staff.waiter;
    await app.as('waiter').profile.erase.mutate({ password });

    const em = inside(app);
    const account = await em.findOneOrFail(Account, id);

    const nobody = { username: null, email: null, phone: null, firstName: '', lastName: '' };
    expect(account).toMatchObject({ ...nobody, lastLoginAt: null, passwordHash: 'erased' });
    expect(account.deactivatedAt).toEqual(app.clock.now());
    expect(await em.count(Session, { account: id, endedAt: null })).toBe(0);
  });
});

const byId = (one: { personId: string }, other: { personId: string }) =>
  one.personId < other.personId ? -1 : 1;

const SUMS = `select o.id, o.number, o.total, o.paid, o.payment, o.units, o.customer_id, o.assignee_id,
  (select count(*) from order_item i where i.order_id = o.id) as items,
  (select count(*) from order_step s where s.order_id = o.id) as steps,
  (select sum(p.amount) from payment p where p.order_id = o.id) as money
  from customer_order o order by o.id`;
