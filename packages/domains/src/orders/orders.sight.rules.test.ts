import { type Caller, CALLERS } from '@comanda/kernel/access';
import { describe, expect, test } from 'vitest';
import { isOwn, type Seen, sees, sightOf } from './orders.sight.rules.ts';
import { OrderState, OrderType } from './orders.states.schema.ts';

const order = (traits: Partial<Seen> = {}): Seen => ({
  state: 'pending',
  type: 'pickup',
  customerId: null,
  guestId: null,
  assigneeId: null,
  ...traits,
});
const watcher = (role: Caller, isGuest = false) => ({ role, id: 'me', isGuest });

// By hand, from the rules of the house.
const SIGHTS: Record<Caller, string> = {
  anonymous: 'own',
  customer: 'own',
  employee: 'open',
  delivery_crew: 'assigned',
  waiter: 'open',
  prep_cook: 'open',
  chef: 'open',
  sous_chef: 'open',
  head_chef: 'all',
  master_chef: 'all',
  manager: 'all',
  admin: 'all',
};

describe('who sees an order', () => {
  test('S2-14 D1 every role has a sight of its own', () => {
    const sights = Object.fromEntries(CALLERS.map((role) => [role, sightOf(role)]));

    expect(sights).toEqual(SIGHTS);
  });

  test.each(CALLERS)('S2-14 a %s sees their own, whatever became of it', (role) => {
    const seen = OrderState.options.filter((state) =>
      sees(watcher(role), order({ state, customerId: 'me' })),
    );

    expect(seen).toEqual(OrderState.options);
  });

  test.each(OrderState.options)(
    'A11 of what is nobody’s own and %s, staff see what is open',
    (state) => {
      const over = state === 'completed' || state === 'cancelled';

      const seen = CALLERS.filter((role) => sees(watcher(role), order({ state })));

      const sights = over ? ['all'] : ['all', 'open'];
      expect(seen).toEqual(CALLERS.filter((role) => sights.includes(SIGHTS[role])));
    },
  );

  test.each(OrderState.options)(
    'S2-14 the crew see what they bring, also when it is %s',
    (state) => {
      const mine = order({ state, type: 'delivery', assigneeId: 'me' });
      const another = { ...mine, assigneeId: 'you' };

      const crew = watcher('delivery_crew');

      expect([sees(crew, mine), sees(crew, another)]).toEqual([true, false]);
    },
  );

  test('D3 the crew see what one of them may claim: a delivery that is ready, and nobody’s', () => {
    const claimable = OrderType.options.flatMap((type) =>
      OrderState.options
        .map((state) => order({ type, state }))
        .filter((one) => sees(watcher('delivery_crew'), one)),
    );

    expect(claimable).toEqual([order({ type: 'delivery', state: 'ready' })]);
  });
});

describe('whose an order is', () => {
  test('T33 a guest and a person of the same id are two', () => {
    const guests = order({ guestId: 'me' });
    const persons = order({ customerId: 'me' });

    const [guest, person] = [watcher('customer', true), watcher('customer')];

    expect([isOwn(guest, guests), isOwn(guest, persons)]).toEqual([true, false]);
    expect([isOwn(person, guests), isOwn(person, persons)]).toEqual([false, true]);
  });

  test('C35 one that a guest took along when they signed in is both’s', () => {
    const adopted = order({ guestId: 'me', customerId: 'ada' });

    const ada = { role: 'customer', id: 'ada', isGuest: false } as const;

    expect([sees(watcher('customer', true), adopted), sees(ada, adopted)]).toEqual([true, true]);
  });

  test('one of nobody is nobody’s', () => {
    expect([
      isOwn(watcher('customer', true), order()),
      isOwn(watcher('customer'), order()),
    ]).toEqual([false, false]);
  });
});
