import { Account } from '@comanda/domains/auth/auth.entity';
import { Timecard } from '@comanda/domains/timecards/timecards.entity';
import { after, HOUR } from '@comanda/kernel/time';
import { PASSWORD } from '@comanda/testing/given';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { outcomeOf } from '../auth/callers.ts';
import { joined } from '../auth/joining.ts';
import { accountOf, auditOf, inside } from '../auth/looking.ts';

const invalid = (path: string) => ({
  reason: 'VALIDATION',
  httpStatus: 400,
  details: { issues: [expect.objectContaining({ path })] },
});

describe('seeing oneself', () => {
  test('S1-10 S1-11 S1-13 a customer has names and dates, and no staff card', async () => {
    await using app = await openApp();
    const { id } = app.home.staff.customer;

    const shown = await app.as('customer').profile.show.query();

    expect(shown).toEqual({
      id,
      username: 'customer',
      email: null,
      phone: null,
      firstName: 'Some',
      lastName: 'Body',
      bio: '',
      website: null,
      avatarId: null,
      createdAt: app.clock.now(),
      lastLoginAt: null,
      staff: null,
      version: 0,
    });
  });

  test('S1-12 who is not signed in has no profile', async () => {
    await using app = await openApp();

    const refused = await refusalOf(app.as('anonymous').profile.show.query());

    expect(refused).toMatchObject({ reason: 'UNAUTHENTICATED', httpStatus: 401 });
  });

  test('S3-05 S3-07 staff have a card with their role, their place and the eight flags', async () => {
    await using app = await openApp();
    const place = { address: 'Via Roma 1', phone: '+39061234567' };
    await app.as('manager').restaurants.update.mutate(place);

    const { staff } = await app.as('waiter').profile.show.query();

    const mine = await app.as('waiter').permissions.mine.query();
    expect(staff).toEqual({
      id: expect.any(String),
      role: 'waiter',
      title: mine.title,
      level: mine.level,
      isOnShift: false,
      restaurant: { id: app.home.restaurantId, name: 'Little Lemon', ...place },
      flags: mine.staffFlags,
    });
    expect(Object.keys(staff?.flags ?? {})).toHaveLength(8);
  });

  test('S0-15 a lowered level is told as it is', async () => {
    await using app = await openApp();
    const chef = await app.given.person({ role: 'chef', level: 1 });

    const { staff } = await app.as(chef).profile.show.query();

    expect(staff).toMatchObject({ role: 'chef', level: 1 });
  });

  test('S3-07 on shift is who is clocked in and not on a break', async () => {
    await using app = await openApp();
    const personId = app.home.staff.waiter.id;
    const { profile, shifts } = app.as('waiter');
    await app.given.shift({ personId });
    const onShift = async () => (await profile.show.query()).staff?.isOnShift;

    const seen = [await onShift()];
    await shifts.clockIn.mutate({});
    seen.push(await onShift());
    await shifts.startBreak.mutate({});
    seen.push(await onShift());
    await shifts.endBreak.mutate({});
    seen.push(await onShift());
    await shifts.clockOut.mutate({});
    seen.push(await onShift());

    expect(seen).toEqual([false, true, false, true, false]);
  });

  test('S3-07 who works elsewhere right now is not on shift here', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant({ name: 'Lime' });
    const there = await joined(app, app.home.staff.waiter, { role: 'chef', restaurantId });
    await app.given.timecard({ personId: there.id, restaurantId });

    const cards = [
      await app.as('waiter').profile.show.query(),
      await app.as(there).profile.show.query(),
    ];

    expect(cards.map(({ staff }) => staff)).toMatchObject([
      { role: 'waiter', isOnShift: false, restaurant: { name: 'Little Lemon' } },
      { role: 'chef', isOnShift: true, restaurant: { name: 'Lime' } },
    ]);
  });

  test('a card of yesterday is no work of today', async () => {
    await using app = await openApp();
    const { id: personId } = app.home.staff.waiter;
    const cardId = await app.given.timecard({ personId });
    const em = inside(app);
    const card = await em.findOneOrFail(Timecard, cardId);
    Object.assign(card, { outAt: after(card.inAt, HOUR), openFor: null });
    await em.flush();

    const { staff } = await app.as('waiter').profile.show.query();

    expect(staff?.isOnShift).toBe(false);
  });

  test('S1-10 the last sign-in is told', async () => {
    await using app = await openApp();
    const login = { identifier: 'customer', password: PASSWORD };
    await app.as('anonymous').auth.login.mutate(login);

    const shown = await app.as('customer').profile.show.query();

    expect(shown).toMatchObject({ lastLoginAt: app.clock.now(), version: 0 });
  });

  test('a customer of the house has none either', async () => {
    await using app = await openApp();
    const { restaurantId } = app.home;
    const regular = await app.given.person({ role: 'customer', restaurantId });

    expect(await app.as(regular).profile.show.query()).toMatchObject({ staff: null });
  });

  test('staff without the hat have no card', async () => {
    await using app = await openApp();
    const waiter = { ...app.home.staff.waiter, restaurantId: null };

    expect(await app.as(waiter).profile.show.query()).toMatchObject({ staff: null });
  });
});

describe('changing oneself', () => {
  test('S1-11 S1-12 S3-06 names, a few words and a page; what is left out stays', async () => {
    await using app = await openApp();
    const { profile } = app.as('waiter');
    const before = await profile.show.query();

    const said = { firstName: ' Mario ', bio: ' Since 1995.\nAlways here. ' };
    const first = await profile.update.mutate({ ...said, lastName: 'Rossi' });
    const website = 'https://mario.example/me?a=1#b';
    const second = await profile.update.mutate({ website: ` ${website} ` });

    const names = { firstName: 'Mario', lastName: 'Rossi', bio: 'Since 1995.\nAlways here.' };
    expect(first).toEqual({ ...before, ...names, version: 1 });
    expect(second).toEqual({ ...first, website, version: 2 });
    expect(await profile.show.query()).toEqual(second);
  });

  test('S1-12 of nobody but oneself', async () => {
    await using app = await openApp();
    const before = await app.as('chef').profile.show.query();
    const personId = app.home.staff.chef.id;
    const { profile } = app.as('waiter');

    await profile.update.mutate({ bio: 'Mine.' });
    const refused = await refusalOf(profile.update.mutate({ personId, bio: 'Yours.' } as never));

    expect(refused).toMatchObject({ reason: 'VALIDATION' });
    expect(await app.as('chef').profile.show.query()).toEqual(before);
  });

  test('words and page can be taken back', async () => {
    await using app = await openApp();
    const { profile } = app.as('customer');
    await profile.update.mutate({ bio: 'Hello.', website: 'http://a.example' });

    const cleared = await profile.update.mutate({ bio: '', website: null });

    expect(cleared).toMatchObject({ bio: '', website: null, version: 2 });
  });

  test('what is so already changes nothing', async () => {
    await using app = await openApp();
    const { profile } = app.as('customer');

    const untouched = await profile.update.mutate({ firstName: 'Some', bio: '' });
    await profile.update.mutate({ bio: 'Hello.' });
    const same = await profile.update.mutate({ bio: 'Hello.', username: 'Customer' });

    expect([untouched.version, same.version]).toEqual([0, 1]);
    expect(await auditOf(app, 'profile.update')).toHaveLength(1);
  });

  test('D7 a change of an old version is refused, of whatever it is', async () => {
    await using app = await openApp();
    const { profile } = app.as('customer');
    const ahead = await refusalOf(profile.update.mutate({ expectedVersion: 1, bio: 'Hi.' }));
    await profile.update.mutate({ expectedVersion: 0, firstName: 'Anna' });
    await profile.update.mutate({ expectedVersion: 1, firstName: 'Ada' });

    const refusals = [
      ahead,
      await refusalOf(profile.update.mutate({ expectedVersion: 1, lastName: 'Bo' })),
      await refusalOf(profile.update.mutate({ expectedVersion: 0, bio: 'Hi.' })),
    ];

    expect(refusals.map(({ reason }) => reason)).toEqual(Array(3).fill('VERSION_CONFLICT'));
    const now = await profile.show.query();
    expect(now).toMatchObject({ firstName: 'Ada', lastName: 'Body', bio: '', version: 2 });
  });

  test.each([
    ['firstName', { firstName: 'x'.repeat(101) }],
    ['lastName', { lastName: 'a\0b' }],
    ['bio', { bio: 'x'.repeat(501) }],
    ['website', { website: `https://a.example/${'x'.repeat(200)}` }],
    ['website', { website: 'javascript:alert(1)' }],
    ['website', { website: 'ftp://a.example' }],
    ['website', { website: 'https:a.example' }],
    ['website', { website: 'https://a.exam\nple' }],
    ['website', { website: 'https://a.exa\u202Emple' }],
    ['website', { website: 'https://a b.example' }],
    ['website', { website: 'https://[' }],
    ['website', { website: '' }],
  ])('S1-11 S1-12 %s is refused: %j', async (path, said) => {
    await using app = await openApp();

    const refused = await refusalOf(app.as('customer').profile.update.mutate(said));

    expect(refused).toMatchObject(invalid(path));
  });

  test('S1-11 five hundred letters are kept as they are', async () => {
    await using app = await openApp();
    const bio = 'é'.repeat(500);

    const told = await app.as('customer').profile.update.mutate({ bio });

    expect(told.bio).toBe(bio);
  });

  test('every change is written down', async () => {
    await using app = await openApp();
    const { profile } = app.as('waiter');
    await profile.update.mutate({ bio: 'Hello.' });
    await profile.update.mutate({ firstName: 'Mario' });

    const rows = await auditOf(app, 'profile.update');

    expect(rows.map(({ target, change, after }) => [target, change, after])).toEqual([
      ['Profile', 'created', expect.objectContaining({ bio: 'Hello.' })],
      ['Account', 'updated', { firstName: 'Mario' }],
      ['Profile', 'updated', {}],
    ]);
  });

  test('an account that was closed on another server this moment changes no more', async () => {
    await using app = await openApp();
    const { profile } = app.as('customer');
    await profile.show.query();
    const em = inside(app);
    const account = await em.findOneOrFail(Account, app.home.staff.customer.id);
    account.deactivatedAt = app.clock.now();
    await em.flush();

    const refused = await refusalOf(profile.update.mutate({ firstName: 'Back' }));

    expect(refused).toMatchObject({ reason: 'TOKEN_INVALID', httpStatus: 401 });
    expect(await accountOf(app, account)).toMatchObject({ firstName: 'Some' });
  });

  test('what is done from then on is signed with the new name', async () => {
    await using app = await openApp();
    const { profile, tables } = app.as('waiter');
    await profile.show.query();
    await profile.update.mutate({ firstName: 'Mario', lastName: 'Rossi' });

    await tables.create.mutate({ name: 'T1', seatsMax: 4 });

    expect(await auditOf(app, 'tables.create')).toMatchObject([{ actorName: 'Mario Rossi' }]);
  });
});

describe('changing what one signs in with', () => {
  test('S1-12 in whatever spelling, from then on only the new names sign in', async () => {
    await using app = await openApp();
    const said = { username: 'Mario.R', email: 'Mario@Example.com', phone: '0039 06 123-4567' };

    const told = await app.as('customer').profile.update.mutate(said);

    const names = { username: 'mario.r', email: 'mario@example.com', phone: '+39061234567' };
    expect(told).toMatchObject(names);
    const { auth } = app.as('anonymous');
    const tries = ['mario.r', 'MARIO@example.com', '+39 06 1234567', 'customer'].map((identifier) =>
      outcomeOf(auth.login.mutate({ identifier, password: PASSWORD })),
    );
    expect(await Promise.all(tries)).toEqual(['ok', 'ok', 'ok', 'INVALID_CREDENTIALS']);
  });

  test('a name that somebody has is refused, and nothing else changes either', async () => {
    await using app = await openApp();
    await app.given.person({ email: 'ann@a.example', phone: '+391234567' });
    const { profile } = app.as('customer');
    const said = [{ username: 'Waiter' }, { email: 'ANN@a.example' }, { phone: '00391234567' }];

    const refusals = await Promise.all(
      said.map((name) => refusalOf(profile.update.mutate({ ...name, bio: 'Hi.' }))),
    );

    expect(refusals).toMatchObject(
      ['username', 'email', 'phone'].map((field) => ({
        reason: 'NAME_TAKEN',
        httpStatus: 409,
        details: { field },
      })),
    );
    expect(await profile.show.query()).toMatchObject({ bio: '', version: 0 });
  });

  test.each([
    ['username', { username: '+39061234567' }],
    ['email', { email: 'not an address' }],
    ['phone', { phone: 'no digits' }],
    ['phone', { phone: '+1234567890123456' }],
    ['username', { username: '' }],
  ])('S1-11 what is no %s is refused: %j', async (path, said) => {
    await using app = await openApp();

    const refused = await refusalOf(app.as('customer').profile.update.mutate(said));

    expect(refused).toMatchObject(invalid(path));
  });

  test('S1-10 one may go, the last one stays', async () => {
    await using app = await openApp();
    const { profile } = app.as('customer');

    const refused = await refusalOf(profile.update.mutate({ username: null }));
    await profile.update.mutate({ email: 'me@a.example', username: null });
    await profile.update.mutate({ phone: '+39061234567', email: null });
    const again = await refusalOf(profile.update.mutate({ phone: null, bio: 'Hi.' }));

    expect([refused, again]).toMatchObject([invalid(''), invalid('')]);
    expect(await profile.show.query()).toMatchObject({ username: null, email: null, bio: '' });
  });

  test('a name that is given up is free for others', async () => {
    await using app = await openApp();
    await app.as('customer').profile.update.mutate({ username: 'another' });

    const told = await app.as('waiter').profile.update.mutate({ username: 'customer' });

    expect(told.username).toBe('customer');
  });

  test('a device pass may not; everything else it may', async () => {
    await using app = await openApp();
    const { token } = await app.as('waiter').auth.passes.issue.mutate({ label: 'Till' });
    const { profile } = app.withToken(token);
    const said = [{ username: 'mine' }, { email: 'me@a.example' }, { phone: null }];

    const refusals = await Promise.all(said.map((name) => refusalOf(profile.update.mutate(name))));
    const told = await profile.update.mutate({ firstName: 'Mario', bio: 'Hi.' });

    expect(refusals.map(({ reason }) => reason)).toEqual(Array(3).fill('SESSION_REQUIRED'));
    expect(told).toMatchObject({ username: 'waiter', firstName: 'Mario', version: 1 });
  });
});
