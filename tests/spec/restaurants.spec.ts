import { bookingTerms, clockTerms } from '@comanda/domains/restaurants/restaurants.terms.rules';
import { newId } from '@comanda/kernel/id';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';

const USUAL_TERMS = {
  types: ['dine_in', 'pickup', 'delivery'],
  taxInclusive: true,
  serviceChargeBps: 0,
  deliveryFee: 0,
  minimum: 0,
  autoConfirm: false,
  prepMinutes: 20,
};

describe('looking at restaurants', () => {
  test('anyone sees the only one without naming it', async () => {
    await using app = await openApp();

    const shown = await app.as('anonymous').restaurants.show.query();

    expect(shown).toEqual({
      id: app.home.restaurantId,
      name: 'Little Lemon',
      slug: 'little-lemon',
      address: null,
      phone: null,
      timeZone: 'Europe/Rome',
      currency: 'EUR',
      hours: null,
      ordering: USUAL_TERMS,
      clock: clockTerms(null),
      booking: bookingTerms(null),
      standing: { open: true },
      version: 1,
    });
  });

  test('with more than one, it has to be named', async () => {
    await using app = await openApp();
    await app.given.restaurant();

    const refused = await refusalOf(app.as('anonymous').restaurants.show.query());

    expect(refused).toMatchObject({ reason: 'RESTAURANT_REQUIRED', httpStatus: 400 });
  });

  test('a named one is shown among many', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant({ name: 'Big Lime' });

    const shown = await app.as('anonymous').restaurants.show.query({ restaurantId });

    expect(shown).toMatchObject({ id: restaurantId, name: 'Big Lime' });
  });

  test('one that nobody knows is not found', async () => {
    await using app = await openApp();

    const refused = await refusalOf(
      app.as('anonymous').restaurants.show.query({ restaurantId: newId() }),
    );

    expect(refused).toMatchObject({ reason: 'NOT_FOUND', details: { what: 'restaurant' } });
  });

  test('pages hold each of them once, oldest first', async () => {
    await using app = await openApp();
    const others = [await app.given.restaurant(), await app.given.restaurant()];
    const { restaurants } = app.as('anonymous');

    const first = await restaurants.list.query({ limit: 2 });
    const second = await restaurants.list.query({ limit: 2, cursor: first.nextCursor ?? '' });

    const ids = [...first.items, ...second.items].map(({ id }) => id);
    expect(ids).toEqual([app.home.restaurantId, ...others]);
    expect(second.nextCursor).toBeNull();
  });

  test.each([
    ['caffè', ['Caffè Nero']],
    ['CAFFÈ', ['Caffè Nero']],
    ['100%', ['100% Pasta']],
    ['%', ['100% Pasta']],
    ['_', []],
    ['e', ['Little Lemon', 'Caffè Nero']],
  ])('a search for %j finds %j', async (search, names) => {
    await using app = await openApp();
    await app.given.restaurant({ name: 'Caffè Nero' });
    await app.given.restaurant({ name: '100% Pasta' });

    const { items } = await app.as('anonymous').restaurants.list.query({ search });

    expect(items.map(({ name }) => name)).toEqual(names);
  });

  test.each(['nonsense', 'WyJhIiwiYiJd', 'WzFd', 'e30'])('%s is no cursor', async (cursor) => {
    await using app = await openApp();

    const refused = await refusalOf(app.as('anonymous').restaurants.list.query({ cursor }));

    expect(refused).toMatchObject({
      reason: 'VALIDATION',
      httpStatus: 400,
      details: { issues: [{ path: 'cursor' }] },
    });
  });
});

describe('opening a restaurant', () => {
  test('an admin opens one; slug, time zone and currency are filled in', async () => {
    await using app = await openApp();

    const opened = await app.as('admin').restaurants.create.mutate({ name: '  Big Lime ' });

    expect(opened).toMatchObject({
      name: 'Big Lime',
      slug: 'big-lime',
      address: null,
      phone: null,
      timeZone: 'UTC',
      currency: 'EUR',
      version: 1,
    });
  });

  test('all that was said is kept', async () => {
    await using app = await openApp();
    const said = {
      name: 'Café Ölüdeniz',
      slug: 'oludeniz',
      address: '1 Beach Road\nÖlüdeniz',
      phone: '+90 (252) 617 00 00, ask for Ali',
      timeZone: 'Europe/Istanbul',
      currency: 'TRY',
    };
    const { restaurants } = app.as('admin');

    const { id } = await restaurants.create.mutate({ ...said, phone: said.phone.slice(0, 30) });

    expect(await restaurants.show.query({ restaurantId: id })).toMatchObject({
      ...said,
      phone: said.phone.slice(0, 30),
    });
  });

  test.each([
    ['Crème Brûlée & Söhne', 'creme-brulee-sohne'],
    ['  --Pizza!!  4 You-- ', 'pizza-4-you'],
    ['ﬁne ﬂour №5', 'fine-flour-no5'],
    ['寿司', 'unnamed'],
    ['Little Lemon', 'little-lemon-2'],
    ['x'.repeat(200), 'x'.repeat(180)],
  ])('%s gets the slug %s', async (name, slug) => {
    await using app = await openApp();

    const opened = await app.as('admin').restaurants.create.mutate({ name });

    expect(opened.slug).toBe(slug);
  });

  test('three of one name get three slugs', async () => {
    await using app = await openApp();
    const { restaurants } = app.as('admin');

    const first = await restaurants.create.mutate({ name: 'Il Forno' });
    const second = await restaurants.create.mutate({ name: 'Il Fornò' });
    const third = await restaurants.create.mutate({ name: 'IL FORNO!' });

    expect([first, second, third].map(({ slug }) => slug)).toEqual([
      'il-forno',
      'il-forno-2',
      'il-forno-3',
    ]);
  });

  test('twenty of one name at once get twenty slugs', async () => {
    await using app = await openApp();
    const { restaurants } = app.as('admin');
    const calls = Array.from({ length: 20 }, () => restaurants.create.mutate({ name: 'Il Forno' }));

    const opened = await Promise.all(calls);

    expect(new Set(opened.map(({ slug }) => slug)).size).toBe(20);
  });

  test('a chosen slug that is taken is refused', async () => {
    await using app = await openApp();

    const refused = await refusalOf(
      app.as('admin').restaurants.create.mutate({ name: 'Mine', slug: 'little-lemon' }),
    );

    expect(refused).toMatchObject({ reason: 'SLUG_TAKEN', httpStatus: 409 });
  });

  test.each([
    [{ name: ' ' }, 'name'],
    [{ name: 'x'.repeat(201) }, 'name'],
    [{ name: 'A', slug: 'Not A Slug' }, 'slug'],
    [{ name: 'A', slug: 'two--dashes' }, 'slug'],
    [{ name: 'A', timeZone: 'Europe/Atlantis' }, 'timeZone'],
    [{ name: 'A', timeZone: '' }, 'timeZone'],
    [{ name: 'A', timeZone: '+02:00' }, 'timeZone'],
    [{ name: 'A', currency: 'eur' }, 'currency'],
    [{ name: 'A', currency: 'EURO' }, 'currency'],
    [{ name: 'A', currency: 'QQQ' }, 'currency'],
    [{ name: 'A', phone: '1'.repeat(31) }, 'phone'],
    [{ name: 'A', address: 'x'.repeat(301) }, 'address'],
  ])('is not done with %j: wrong is %s', async (input, path) => {
    await using app = await openApp();

    const refused = await refusalOf(app.as('admin').restaurants.create.mutate(input));

    expect(refused).toMatchObject({ reason: 'VALIDATION', details: { issues: [{ path }] } });
  });

  test.each(['manager', 'master_chef', 'customer'] as const)('a %s does not', async (role) => {
    await using app = await openApp();

    const refused = await refusalOf(app.as(role).restaurants.create.mutate({ name: 'Mine' }));

    expect(refused).toMatchObject({
      reason: 'FORBIDDEN',
      details: { capability: 'restaurant.create' },
    });
  });
});

describe('changing a restaurant', () => {
  test('a manager changes their own, and only what they name', async () => {
    await using app = await openApp();
    const { restaurants } = app.as('manager');

    const changed = await restaurants.update.mutate({ name: 'Littler Lemon', phone: '+39 06 1' });

    expect(changed).toMatchObject({
      id: app.home.restaurantId,
      name: 'Littler Lemon',
      slug: 'little-lemon',
      phone: '+39 06 1',
      timeZone: 'Europe/Rome',
      version: 2,
    });
    expect(await restaurants.show.query()).toEqual(changed);
  });

  test('null empties what may be empty', async () => {
    await using app = await openApp();
    const { restaurants } = app.as('manager');
    await restaurants.update.mutate({ phone: '+39 06 1', address: 'Via Roma 1' });

    const changed = await restaurants.update.mutate({ phone: null });

    expect(changed).toMatchObject({ phone: null, address: 'Via Roma 1' });
  });

  test('S3-11 a manager does not change another', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant({ name: 'Big Lime' });

    const refused = await refusalOf(
      app.as('manager').restaurants.update.mutate({ restaurantId, name: 'Mine' }),
    );

    expect(refused).toMatchObject({ reason: 'NOT_FOUND', details: { what: 'restaurant' } });
    const shown = await app.as('anonymous').restaurants.show.query({ restaurantId });
    expect(shown.name).toBe('Big Lime');
  });

  test('an admin does', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();

    const changed = await app
      .as('admin')
      .restaurants.update.mutate({ restaurantId, currency: 'CHF' });

    expect(changed).toMatchObject({ id: restaurantId, currency: 'CHF' });
  });

  test('P19 what was read before another change is not written over it', async () => {
    await using app = await openApp();
    const { restaurants } = app.as('manager');
    const { version } = await restaurants.show.query();
    await app.as('admin').restaurants.update.mutate({ name: 'Theirs' });

    const refused = await refusalOf(
      restaurants.update.mutate({ name: 'Mine', expectedVersion: version }),
    );

    expect(refused).toMatchObject({ reason: 'VERSION_CONFLICT', httpStatus: 409 });
    expect((await restaurants.show.query()).name).toBe('Theirs');
  });

  test('P19 of twenty changes to one version, one is made', async () => {
    await using app = await openApp();
    const { restaurants } = app.as('manager');
    const calls = Array.from({ length: 20 }, (_, at) =>
      restaurants.update.mutate({ name: `Name ${at}`, expectedVersion: 1 }),
    );

    const settled = await Promise.allSettled(calls);

    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await restaurants.show.query()).version).toBe(2);
  });

  test('the right version goes through', async () => {
    await using app = await openApp();

    const changed = await app
      .as('manager')
      .restaurants.update.mutate({ name: 'Mine', expectedVersion: 1 });

    expect(changed).toMatchObject({ name: 'Mine', version: 2 });
  });

  test('a slug that another has is refused', async () => {
    await using app = await openApp();
    await app.as('admin').restaurants.create.mutate({ name: 'Big Lime' });

    const refused = await refusalOf(
      app.as('manager').restaurants.update.mutate({ slug: 'big-lime' }),
    );

    expect(refused.reason).toBe('SLUG_TAKEN');
  });

  test.each([{ timeZone: 'Mars/Olympus' }, { currency: 'lira' }, { slug: '' }, { name: null }])(
    'is not done with %j',
    async (input) => {
      await using app = await openApp();

      const refused = await refusalOf(
        app.as('manager').restaurants.update.mutate(input as { currency: string }),
      );

      expect(refused.reason).toBe('VALIDATION');
    },
  );

  test('a chef does not', async () => {
    await using app = await openApp();

    const refused = await refusalOf(app.as('chef').restaurants.update.mutate({ name: 'Mine' }));

    expect(refused).toMatchObject({ reason: 'FORBIDDEN', details: { capability: 'settings' } });
  });
});

describe('the terms on which a restaurant takes orders', () => {
  test('are the usual ones where nobody has set any, also in a new one', async () => {
    await using app = await openApp();

    const opened = await app.as('admin').restaurants.create.mutate({ name: 'Big Lime' });

    expect(opened.ordering).toEqual(USUAL_TERMS);
  });

  test('change as far as they are named, and everyone sees them', async () => {
    await using app = await openApp();
    const { restaurants } = app.as('manager');

    const first = await restaurants.update.mutate({
      ordering: { types: ['pickup', 'dine_in'], minimum: 1_500, taxInclusive: false },
    });
    const second = await restaurants.update.mutate({
      ordering: { minimum: 0, deliveryFee: 250, serviceChargeBps: 1_000, autoConfirm: true },
    });
    const third = await restaurants.update.mutate({ ordering: { prepMinutes: 0 } });

    const once = { types: ['pickup', 'dine_in'], minimum: 1_500, taxInclusive: false };
    const twice = { minimum: 0, deliveryFee: 250, serviceChargeBps: 1_000, autoConfirm: true };
    expect(first.ordering).toEqual({ ...USUAL_TERMS, ...once });
    expect(second.ordering).toEqual({ ...USUAL_TERMS, ...once, ...twice });
    expect(third.ordering).toEqual({ ...USUAL_TERMS, ...once, ...twice, prepMinutes: 0 });
    expect(await app.as('anonymous').restaurants.show.query()).toEqual(third);
  });

  test('stay when something else is changed', async () => {
    await using app = await openApp();
    const { restaurants } = app.as('manager');
    await restaurants.update.mutate({ ordering: { minimum: 1_500 } });

    const renamed = await restaurants.update.mutate({ name: 'Littler Lemon' });
    const paused = await restaurants.pause.mutate({ message: 'Back soon.' });

    const kept = { ...USUAL_TERMS, minimum: 1_500 };
    expect([renamed.ordering, paused.ordering]).toEqual([kept, kept]);
  });

  test('are those of one restaurant', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant({ ordering: { prepMinutes: 45 } });
    const { restaurants } = app.as('manager');

    const changed = await restaurants.update.mutate({ ordering: { prepMinutes: 10 } });

    const other = await restaurants.show.query({ restaurantId });
    expect(changed.ordering).toEqual({ ...USUAL_TERMS, prepMinutes: 10 });
    expect(other.ordering).toEqual({ ...USUAL_TERMS, prepMinutes: 45 });
  });

  test('P19 what was read before another change is not written over it', async () => {
    await using app = await openApp();
    const { restaurants } = app.as('manager');
    await restaurants.update.mutate({ ordering: { minimum: 1_500 } });

    const refused = await refusalOf(
      restaurants.update.mutate({ ordering: { minimum: 900 }, expectedVersion: 1 }),
    );

    expect(refused).toMatchObject({ reason: 'VERSION_CONFLICT', httpStatus: 409 });
    expect((await restaurants.show.query()).ordering.minimum).toBe(1_500);
  });

  test.each<[string, object]>([
    ['ordering.types', { types: [] }],
    ['ordering.types', { types: ['pickup', 'pickup'] }],
    ['ordering.types.0', { types: ['by_post'] }],
    ['ordering.taxInclusive', { taxInclusive: 1 }],
    ['ordering.serviceChargeBps', { serviceChargeBps: 10_001 }],
    ['ordering.serviceChargeBps', { serviceChargeBps: -1 }],
    ['ordering.deliveryFee', { deliveryFee: 2.5 }],
    ['ordering.deliveryFee', { deliveryFee: 10_000_000_000 }],
    ['ordering.minimum', { minimum: -1 }],
    ['ordering.autoConfirm', { autoConfirm: null }],
    ['ordering.prepMinutes', { prepMinutes: 1_441 }],
    ['ordering', { tip: 5 }],
    ['ordering', null as unknown as object],
  ])('D6 are not changed when wrong is %s: %j', async (path, ordering) => {
    await using app = await openApp();
    const { restaurants } = app.as('manager');

    const refused = await refusalOf(restaurants.update.mutate({ ordering }));

    expect(refused).toMatchObject({ reason: 'VALIDATION', details: { issues: [{ path }] } });
    expect((await restaurants.show.query()).ordering).toEqual(USUAL_TERMS);
  });
});
