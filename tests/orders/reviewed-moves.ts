import type { Client, OrderState, OrderType } from '@comanda/client';
import type { TestApp } from '@comanda/testing';
import { outcomeOf } from '../auth/callers.ts';

// By hand, from the rules of the house, and not from the table in the code. `owner` has ordered it,
// `customer` has not; `carrier` brings it where it is brought, `delivery_crew` is another of the crew.
const SERVICE = ['waiter', 'manager', 'admin'];
const KITCHEN = ['chef', 'sous_chef', 'head_chef', 'master_chef', 'manager', 'admin'];
const CREW = ['carrier', 'manager', 'admin'];
const BEFORE_COOKING = ['owner', 'waiter', 'head_chef', 'master_chef', 'manager', 'admin'];
const WHILE_COOKING = ['head_chef', 'master_chef', 'manager', 'admin'];
const HOUSE = ['manager', 'admin'];

type Way = [from: OrderState, to: OrderState, types: OrderType[], who: string[]];

const ALL: OrderType[] = ['dine_in', 'pickup', 'delivery'];
// prettier-ignore
const WAYS: Way[] = [
  ['pending',          'confirmed',        ALL,          [...SERVICE, ...KITCHEN]],
  ['pending',          'preparing',        ALL,          KITCHEN],
  ['confirmed',        'preparing',        ALL,          KITCHEN],
  ['preparing',        'ready',            ALL,          KITCHEN],
  ['ready',            'preparing',        ALL,          KITCHEN],
  ['ready',            'served',           ['dine_in'],  SERVICE],
  ['served',           'preparing',        ['dine_in'],  SERVICE],
  ['served',           'completed',        ['dine_in'],  SERVICE],
  ['ready',            'completed',        ['pickup'],   SERVICE],
  ['ready',            'out_for_delivery', ['delivery'], CREW],
  ['out_for_delivery', 'completed',        ['delivery'], CREW],
  ['out_for_delivery', 'ready',            ['delivery'], CREW],
  ['pending',          'cancelled',        ALL,          BEFORE_COOKING],
  ['confirmed',        'cancelled',        ALL,          BEFORE_COOKING],
  ['preparing',        'cancelled',        ALL,          WHILE_COOKING],
  ['ready',            'cancelled',        ALL,          HOUSE],
  ['served',           'cancelled',        ALL,          HOUSE],
  ['out_for_delivery', 'cancelled',        ALL,          HOUSE],
];

export const STATES: OrderState[] = [
  'pending',
  'confirmed',
  'preparing',
  'ready',
  'served',
  'out_for_delivery',
  'completed',
  'cancelled',
];

/** Where an order of each type can stand at all. */
export const STANDINGS: [OrderType, OrderState][] = ALL.flatMap((type) =>
  STATES.filter(
    (state) =>
      (state !== 'served' || type === 'dine_in') &&
      (state !== 'out_for_delivery' || type === 'delivery'),
  ).map((state): [OrderType, OrderState] => [type, state]),
);

export const MOVERS = [
  'owner',
  'customer',
  'employee',
  'delivery_crew',
  'carrier',
  'waiter',
  'prep_cook',
  'chef',
  'sous_chef',
  'head_chef',
  'master_chef',
  'manager',
  'admin',
] as const;
export type Mover = (typeof MOVERS)[number];

const SEES_ALL = ['owner', 'head_chef', 'master_chef', 'manager', 'admin'];
const SEES_OPEN = ['employee', 'waiter', 'prep_cook', 'chef', 'sous_chef'];

/** Of an order that the carrier brings, if it is brought at all. */
export function isSeenBy(mover: Mover, [type, state]: [OrderType, OrderState]): boolean {
  const isOpen = state !== 'completed' && state !== 'cancelled';
  const isTheirs = mover === 'carrier' && type === 'delivery';
  return SEES_ALL.includes(mover) || isTheirs || (isOpen && SEES_OPEN.includes(mover));
}

export function isWay(type: OrderType, from: OrderState, to: OrderState): boolean {
  return WAYS.some((way) => way[0] === from && way[1] === to && way[2].includes(type));
}

/** What becomes of the wish of somebody to take an order there, with all else as it has to be. */
export function reviewed(
  mover: Mover,
  [type, from]: [OrderType, OrderState],
  to: OrderState,
): string {
  if (!isSeenBy(mover, [type, from])) return 'NOT_FOUND';
  const way = WAYS.find((one) => one[0] === from && one[1] === to && one[2].includes(type));
  if (!way) return 'ILLEGAL_TRANSITION';
  if (!way[3].includes(mover)) return 'FORBIDDEN';
  // Only another round brings it back, and that is taken, not advanced to.
  return from === 'served' && to === 'preparing' ? 'ORDER_UNREADY' : 'ok';
}

export type Movers = Record<Mover, Client>;

/** A client for each, and who of them is the owner and the carrier. */
export async function moversOf(app: TestApp) {
  const owner = await app.given.person();
  const carrier = await app.given.person({ role: 'delivery_crew' });
  const clients = MOVERS.map((mover) => {
    if (mover === 'owner') return [mover, app.as(owner)];
    return [mover, app.as(mover === 'carrier' ? carrier : mover)];
  });
  const movers = Object.fromEntries(clients) as Movers;
  return { movers, ownerId: owner.id, carrierId: carrier.id };
}

interface Wish {
  orderId: string;
  expectedVersion: number;
  to: OrderState;
}

/** Tells all that might have to be told with it; answers `ok`, or the reason of the refusal. */
export function wished({ orders }: Client, { to, ...named }: Wish): Promise<string> {
  const told = { ...named, reason: 'the guest asked for it' };
  if (to !== 'cancelled') return outcomeOf(orders.advance.mutate({ ...told, to }));
  return outcomeOf(orders.cancel.mutate({ ...told, refund: false }));
}
