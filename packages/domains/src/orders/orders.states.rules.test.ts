import { type Caller, CALLERS } from '@comanda/kernel/access';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ItemState, OrderState, OrderType, PaymentState } from './orders.states.schema.ts';
import {
  judgeMove,
  type Move,
  type MoveNo,
  nextStates,
  type Situation,
} from './orders.states.rules.ts';

// By hand, from the rules of the house. y yes · s yes, on shift · a yes, on shift and assigned ·
// o own order, in time · w own order in time, any other on shift · . no
// prettier-ignore
const REVIEWED = [
  // from, to, types                              an cu em dc wa pc ch so hd ms mg ad
  ['pending confirmed all',                      '.  .  .  .  s  .  s  s  s  s  y  y'],
  ['pending preparing all',                      '.  .  .  .  .  .  s  s  s  s  y  y'],
  ['confirmed preparing all',                    '.  .  .  .  .  .  s  s  s  s  y  y'],
  ['preparing ready all',                        '.  .  .  .  .  .  s  s  s  s  y  y'],
  ['ready preparing all',                        '.  .  .  .  .  .  s  s  s  s  y  y'],
  ['ready served dine_in',                       '.  .  .  .  s  .  .  .  .  .  y  y'],
  ['served preparing dine_in',                   '.  .  .  .  s  .  .  .  .  .  y  y'],
  ['served completed dine_in',                   '.  .  .  .  s  .  .  .  .  .  y  y'],
  ['ready completed pickup',                     '.  .  .  .  s  .  .  .  .  .  y  y'],
  ['ready out_for_delivery delivery',            '.  .  .  a  .  .  .  .  .  .  y  y'],
  ['out_for_delivery completed delivery',        '.  .  .  a  .  .  .  .  .  .  y  y'],
  ['out_for_delivery ready delivery',            '.  .  .  a  .  .  .  .  .  .  y  y'],
  ['pending cancelled all',                      '.  o  o  o  w  o  o  o  y  y  y  y'],
  ['confirmed cancelled all',                    '.  o  o  o  w  o  o  o  y  y  y  y'],
  ['preparing cancelled all',                    '.  .  .  .  .  .  .  .  y  y  y  y'],
  ['ready cancelled all',                        '.  .  .  .  .  .  .  .  .  .  y  y'],
  ['served cancelled all',                       '.  .  .  .  .  .  .  .  .  .  y  y'],
  ['out_for_delivery cancelled all',             '.  .  .  .  .  .  .  .  .  .  y  y'],
] as const;

const LETTERS = new Map<string, string | undefined>(
  REVIEWED.flatMap(([way, row]) => {
    const letters = row.split(/\s+/);
    return CALLERS.map((role, column) => [`${role} ${way}`, letters[column]] as const);
  }),
);

const PLACED = new Date('2026-11-21T18:00:00Z');
const MINUTES = 60_000;
const later = (minutes: number) => new Date(PLACED.getTime() + minutes * MINUTES);

interface Given {
  order?: Partial<Situation['order']>;
  caller?: Partial<Situation['caller']>;
  now?: Date;
}

/** Everything in order: on shift, assigned, paid, in time, something new and nothing unfinished. */
function situation({ order, caller, now = later(1) }: Given = {}): Situation {
  return {
    order: {
      state: 'pending',
      type: 'dine_in',
      placedAt: PLACED,
      payment: 'paid',
      assigneeId: 'me',
      items: [],
      ...order,
    },
    caller: { role: 'manager', id: 'me', ownOrder: false, onShift: true, ...caller },
    now,
    settings: { cancelWindowMs: 5 * MINUTES },
  };
}

function told(to: OrderState): Move {
  return { to, reason: 'the guest asked for it', refund: true };
}

function wordOf(judged: 'ok' | MoveNo): string {
  return judged === 'ok' ? judged : judged.no;
}

/** The letter of the reviewed table for a way that an order of this type can go at all. */
function letterOf(role: Caller, way: { from: OrderState; to: OrderState; type: OrderType }) {
  const { from, to, type } = way;
  return LETTERS.get(`${role} ${from} ${to} all`) ?? LETTERS.get(`${role} ${from} ${to} ${type}`);
}

type Standing = Record<'ownOrder' | 'onShift' | 'assigned', boolean>;

function expected(letter: string | undefined, { ownOrder, onShift, assigned }: Standing): string {
  const onDuty = onShift ? 'ok' : 'OFF_SHIFT';
  const answers: Record<string, string> = {
    '.': 'FORBIDDEN',
    y: 'ok',
    s: onDuty,
    a: assigned ? onDuty : 'FORBIDDEN',
    o: ownOrder ? 'ok' : 'FORBIDDEN',
    w: ownOrder ? 'ok' : onDuty,
  };
  return answers[letter ?? ''] ?? 'ILLEGAL_TRANSITION';
}

const BOTH = [false, true];
const STANDINGS: Standing[] = BOTH.flatMap((ownOrder) =>
  BOTH.flatMap((onShift) => BOTH.map((assigned) => ({ ownOrder, onShift, assigned }))),
);
const WAYS = OrderType.options.flatMap((type) =>
  OrderState.options.flatMap((from) => OrderState.options.map((to) => ({ type, from, to }))),
);
const CASES = WAYS.flatMap((way) => STANDINGS.map((standing) => ({ ...way, standing })));

/** With an item that is new where one has to be, else with one that is done. */
function standingIn(role: Caller, { type, from, standing }: (typeof CASES)[number]): Situation {
  const items = [{ state: from === 'served' ? ('queued' as const) : ('done' as const) }];
  const assigneeId = standing.assigned ? 'me' : 'somebody else';
  return situation({
    order: { type, state: from, items, assigneeId },
    caller: { role, ownOrder: standing.ownOrder, onShift: standing.onShift },
  });
}

describe('who moves an order', () => {
  test.each(CALLERS)(
    'D3 S0-38 S2-14 S3-22 %s: every way, in every standing, as reviewed',
    (role) => {
      const wrong = CASES.map((one) => ({
        ...one,
        is: wordOf(judgeMove(standingIn(role, one), told(one.to))),
        reviewed: expected(letterOf(role, one), one.standing),
      })).filter(({ is, reviewed }) => is !== reviewed);

      expect(wrong).toEqual([]);
    },
  );

  test.each(CALLERS)('D3 %s is told just those ways that are open', (role) => {
    const wrong = CASES.filter((one) => {
      const isOpen = judgeMove(standingIn(role, one), told(one.to)) === 'ok';
      return nextStates(standingIn(role, one)).some(({ to }) => to === one.to) !== isOpen;
    });

    expect(wrong).toEqual([]);
  });

  test('D3 a way that does not exist is told with those that do', () => {
    const judged = judgeMove(
      situation({ order: { state: 'ready', type: 'pickup' } }),
      told('served'),
    );

    expect(judged).toEqual({
      no: 'ILLEGAL_TRANSITION',
      from: 'ready',
      to: 'served',
      allowed: ['preparing', 'completed', 'cancelled'],
    });
  });

  test.each([
    ['order.serve', 'pending', 'confirmed'],
    ['order.cook', 'preparing', 'ready'],
    ['order.take', 'served', 'preparing'],
    ['order.cancel', 'preparing', 'cancelled'],
  ] as const)('D3 who may not is told that it takes %s', (capability, state, to) => {
    const judged = judgeMove(
      situation({ order: { state }, caller: { role: 'employee' } }),
      told(to),
    );

    expect(judged).toEqual({ no: 'FORBIDDEN', capability });
  });

  test('S2-14 an order without crew is nobody’s, also to who has no id', () => {
    const order = { type: 'delivery', state: 'out_for_delivery', assigneeId: null } as const;
    const caller = { role: 'delivery_crew', id: null } as const;

    expect(judgeMove(situation({ order, caller }), told('completed'))).toMatchObject({
      no: 'FORBIDDEN',
    });
  });
});

describe('cancelling an own order', () => {
  const own = (order: Partial<Situation['order']>, now: Date) =>
    nextStates(situation({ order, now, caller: { role: 'customer', ownOrder: true } }));
  const cancelled = [{ to: 'cancelled', needsReason: false, needsRefundChoice: false }];

  test('D3 is always possible while it is pending', () => {
    expect(own({ state: 'pending' }, later(600))).toEqual(cancelled);
  });

  test.each([0, 4, 5])(
    'D3 is possible %i minutes after placing, once it is confirmed',
    (minutes) => {
      expect(own({ state: 'confirmed' }, later(minutes))).toEqual(cancelled);
    },
  );

  test('D3 is not possible after five minutes, once it is confirmed', () => {
    expect(own({ state: 'confirmed' }, new Date(later(5).getTime() + 1))).toEqual([]);
  });

  test('D3 later than that, a waiter goes by the terms of waiters', () => {
    const late = (onShift: boolean) =>
      situation({
        order: { state: 'confirmed' },
        caller: { role: 'waiter', ownOrder: true, onShift },
        now: later(6),
      });

    expect(judgeMove(late(true), told('cancelled'))).toBe('ok');
    expect(judgeMove(late(false), told('cancelled'))).toEqual({ no: 'OFF_SHIFT' });
  });
});

describe('what has to be so', () => {
  test.each([
    ['ready', 'dine_in', 'preparing'],
    ['out_for_delivery', 'delivery', 'ready'],
    ['preparing', 'pickup', 'cancelled'],
    ['ready', 'pickup', 'cancelled'],
    ['served', 'dine_in', 'cancelled'],
    ['out_for_delivery', 'delivery', 'cancelled'],
  ] as const)('D3 from %s (%s) to %s takes a reason', (state, type, to) => {
    const moved = situation({ order: { state, type } });

    expect(judgeMove(moved, { to, refund: true })).toEqual({ no: 'REASON_REQUIRED' });
    expect(judgeMove(moved, { to, refund: true, reason: '  ' })).toEqual({ no: 'REASON_REQUIRED' });
    expect(nextStates(moved)).toContainEqual(expect.objectContaining({ to, needsReason: true }));
  });

  test.each([
    ['pending', 'cancelled'],
    ['confirmed', 'cancelled'],
    ['pending', 'confirmed'],
    ['preparing', 'ready'],
  ] as const)('D3 from %s to %s takes none', (state, to) => {
    expect(judgeMove(situation({ order: { state } }), { to })).toBe('ok');
  });

  test.each(['authorized', 'paid', 'part_refunded'] as const)(
    'D3 cancelling what is ready and %s takes a choice about the money',
    (payment) => {
      const ready = situation({ order: { state: 'ready', payment } });
      const said = { to: 'cancelled', reason: 'burnt' } as const;

      expect(judgeMove(ready, said)).toEqual({ no: 'REFUND_CHOICE_REQUIRED' });
      expect(judgeMove(ready, { ...said, refund: false })).toBe('ok');
      expect(nextStates(ready)).toContainEqual({
        to: 'cancelled',
        needsReason: true,
        needsRefundChoice: true,
      });
    },
  );

  test.each(['unpaid', 'failed', 'refunded'] as const)(
    'D3 cancelling what is ready and %s takes none',
    (payment) => {
      const ready = situation({ order: { state: 'ready', payment } });

      expect(judgeMove(ready, { to: 'cancelled', reason: 'burnt' })).toBe('ok');
    },
  );

  test.each([
    ['unpaid', 'NOT_PAID'],
    ['authorized', 'NOT_PAID'],
    ['failed', 'NOT_PAID'],
    ['refunded', 'NOT_PAID'],
    ['paid', 'ok'],
    ['part_refunded', 'ok'],
  ] as const)('D3 completing what is %s: %s', (payment, word) => {
    const served = situation({ order: { state: 'served', type: 'dine_in', payment } });
    const ready = situation({ order: { state: 'ready', type: 'pickup', payment } });

    expect(wordOf(judgeMove(served, { to: 'completed' }))).toBe(word);
    expect(wordOf(judgeMove(ready, { to: 'completed' }))).toBe(word);
  });

  test('D3 a delivery may be paid at the door', () => {
    const order = { state: 'out_for_delivery', type: 'delivery', payment: 'unpaid' } as const;

    expect(judgeMove(situation({ order }), { to: 'completed' })).toBe('ok');
  });

  test('D3 S2-14 a delivery leaves with crew', () => {
    const order = { state: 'ready', type: 'delivery', assigneeId: null } as const;

    expect(judgeMove(situation({ order }), { to: 'out_for_delivery' })).toEqual({
      no: 'CREW_REQUIRED',
    });
  });

  test.each([
    [['done', 'served', 'voided'], 'ok'],
    [['done', 'cooking'], 'ITEMS_NOT_DONE'],
    [['done', 'queued'], 'ITEMS_NOT_DONE'],
    [['voided'], 'ok'],
  ] as [ItemState[], string][])('D3 an order with %j is ready: %s', (states, word) => {
    const items = states.map((state) => ({ state }));
    const preparing = situation({ order: { state: 'preparing', items } });

    expect(wordOf(judgeMove(preparing, { to: 'ready' }))).toBe(word);
  });

  test.each([
    [['served', 'queued'], 'ok'],
    [['served', 'voided'], 'NO_NEW_ITEMS'],
  ] as [ItemState[], string][])(
    'D3 what is served with %j is prepared again: %s',
    (states, word) => {
      const items = states.map((state) => ({ state }));
      const served = situation({ order: { state: 'served', items } });

      expect(wordOf(judgeMove(served, { to: 'preparing' }))).toBe(word);
    },
  );

  test.each<[string, Partial<Situation['order']>, OrderState[]]>([
    ['unpaid', { state: 'served', payment: 'unpaid' }, ['cancelled']],
    ['unfinished', { state: 'preparing', items: [{ state: 'cooking' }] }, ['cancelled']],
    [
      'without crew',
      { state: 'ready', type: 'delivery', assigneeId: null },
      ['preparing', 'cancelled'],
    ],
  ])('D3 no way that is not open yet is told: %s', (_, order, ways) => {
    expect(nextStates(situation({ order })).map(({ to }) => to)).toEqual(ways);
  });
});

describe('a walk at random', () => {
  const step = fc.record({
    role: fc.oneof(fc.constant<Caller>('manager'), fc.constantFrom(...CALLERS)),
    to: fc.constantFrom(...OrderState.options),
    ownOrder: fc.boolean(),
    onShift: fc.boolean(),
    assigneeId: fc.constantFrom('me', 'you', null),
    payment: fc.constantFrom(...PaymentState.options),
    items: fc.array(fc.record({ state: fc.constantFrom(...ItemState.options) }), { maxLength: 3 }),
    minutes: fc.nat({ max: 10 }),
    reason: fc.option(fc.constantFrom('', 'late'), { nil: undefined }),
    refund: fc.option(fc.boolean(), { nil: undefined }),
  });
  type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

  function walk(type: OrderType, steps: Step[]): { from: OrderState; to: OrderState }[] {
    let state: OrderState = 'pending';
    return steps.flatMap(({ role, to, ownOrder, onShift, minutes, reason, refund, ...order }) => {
      const here = situation({
        order: { ...order, state, type },
        caller: { role, ownOrder, onShift },
        now: later(minutes),
      });
      if (judgeMove(here, { to, reason, refund }) !== 'ok') return [];
      const gone = { from: state, to };
      state = to;
      return [gone];
    });
  }

  const walks = fc.tuple(
    fc.constantFrom(...OrderType.options),
    fc.array(step, { minLength: 20, maxLength: 60 }),
  );

  test('D3 D12 goes no way that is not on the reviewed list', () => {
    fc.assert(
      fc.property(walks, ([type, steps]) => {
        const strange = walk(type, steps).filter((way) => !letterOf('admin', { ...way, type }));

        expect(strange).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  test('D3 D12 never goes on from completed or cancelled', () => {
    fc.assert(
      fc.property(walks, ([type, steps]) => {
        const left = walk(type, steps).map(({ from }) => from);

        expect(left).not.toContain('completed');
        expect(left).not.toContain('cancelled');
      }),
      { numRuns: 1_000 },
    );
  });

  test('D3 reaches every state that its type has', () => {
    const reached = (type: OrderType) => {
      const found = fc.sample(walks, { numRuns: 400, seed: 7 });
      return new Set(found.flatMap(([, steps]) => walk(type, steps).map(({ to }) => to)));
    };
    const common: OrderState[] = ['confirmed', 'preparing', 'ready', 'completed', 'cancelled'];

    expect(reached('dine_in')).toEqual(new Set([...common, 'served']));
    expect(reached('pickup')).toEqual(new Set(common));
    expect(reached('delivery')).toEqual(new Set([...common, 'out_for_delivery']));
  });
});
