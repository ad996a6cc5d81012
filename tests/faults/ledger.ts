import { digestOf } from '@comanda/kernel/digest';
import { wire } from '@comanda/kernel/wire';
import type { Ask, Premises } from './premises.ts';
import type { Said } from './shoppers.ts';

/** What the database says after the crashes, held against what was asked for and told; sound is empty. */
export interface Ledger {
  /** Told to a shopper, and not there, or not as it was told. */
  lost: unknown[];
  /** There, and asked for by nobody, or refused. */
  uncalledFor: unknown[];
  /** Without all that belongs to an order, or with more of it. */
  incomplete: unknown[];
  /** Belongs to no order. */
  astray: unknown[];
  /** By item, what was sold and what is missing from the stock, where they differ. */
  unbalanced: unknown[];
  /** Numbers of orders and places of events that are not 1, 2, 3 and so on. */
  gaps: unknown[];
  /** What SQLite itself complains of. */
  broken: unknown[];
}

type Row = Awaited<ReturnType<Ask>>[number];

interface Asked {
  said: readonly Said[];
  /** How many there were of every counted item. */
  stock: number;
}

export function ledgerOf(premises: Premises, { said, stock }: Asked): Promise<Ledger> {
  return premises.look(async (ask) => {
    const orders = await ask(
      'select id, number, origin, units from customer_order order by number',
    );
    const heads = await ask('select seq, orders from stream_head');
    const events = await ask('select seq, data from outbox_event order by seq');
    const numbers = orders.map(({ number }) => Number(number));
    const places = events.map(({ seq }) => Number(seq));
    return {
      ...held(orders, said),
      incomplete: await incomplete(ask, events),
      astray: await astray(ask),
      unbalanced: await ask(unbalanced(stock)),
      gaps: [
        ...outOfTurn(numbers),
        ...outOfTurn(places),
        ...heads.filter(({ seq, orders }) => seq !== places.length || orders !== numbers.length),
      ],
      broken: premises.kind === 'SQLite' ? await broken(ask) : [],
    };
  });
}

/** What a key makes of an order, as the service names it. */
function originOf({ shopperId, input }: Said): string {
  return digestOf(`${shopperId} ${input.idempotencyKey}`);
}

function held(orders: Row[], said: readonly Said[]): Pick<Ledger, 'lost' | 'uncalledFor'> {
  const byOrigin = new Map(orders.map((order) => [order['origin'], order]));
  const mayBe = said.filter(({ outcome }) => outcome !== 'refused').map(originOf);
  const lost = said.filter((one) => {
    const found = byOrigin.get(originOf(one));
    return one.order && (found?.['id'] !== one.order.id || found['number'] !== one.order.number);
  });
  const asked = new Set<unknown>(mayBe);
  const uncalledFor = orders.filter(({ origin }) => !asked.has(origin));
  return { lost, uncalledFor };
}

/** Orders that have not exactly one of everything, or one for each of their items. */
async function incomplete(ask: Ask, events: Row[]): Promise<unknown[]> {
  const tellings = tally(events.map(({ data }) => toldOf(data)));
  const answers = tally((await ask(ANSWERS)).map(({ answer }) => answeredWith(answer)));
  const orders = await ask(PARTS);
  const counted = orders.map((order) => ({
    ...order,
    told: tellings.get(order['id']),
    answered: answers.get(order['id']),
  }));
  return counted.filter(({ told, answered, ...order }: Row) => {
    const { units, unitsInItems, items, itemsAudited, steps, stepsAudited, audited } = order;
    const once = [told, answered, steps, stepsAudited, audited];
    const whole = Number(unitsInItems) === units && itemsAudited === items;
    return !whole || once.some((times) => times !== 1);
  });
}

const ANSWERS = "select answer from keyed_answer where `procedure` = 'orders.place'";

const created = (target: string) => `\`change\` = 'created' and target = '${target}'`;
const PARTS = `select o.id as id, o.units as units,
  (select sum(quantity) from order_item i where i.order_id = o.id) as unitsInItems,
  (select count(*) from order_item i where i.order_id = o.id) as items,
  (select count(*) from audit_entry where ${created('OrderItem')}
    and target_id in (select i.id from order_item i where i.order_id = o.id)) as itemsAudited,
  (select count(*) from order_step s where s.order_id = o.id and s.what = 'placed') as steps,
  (select count(*) from audit_entry where ${created('OrderStep')}
    and target_id in (select s.id from order_step s where s.order_id = o.id)) as stepsAudited,
  (select count(*) from audit_entry where ${created('Order')} and target_id = o.id) as audited
  from customer_order o`;

async function astray(ask: Ask): Promise<unknown[]> {
  const found = await Promise.all(ASTRAY.map(ask));
  return found.flat();
}

const ORDERS = 'select id from customer_order';
const ASTRAY = [
  `select id as item from order_item where order_id not in (${ORDERS})`,
  `select id as step from order_step where order_id not in (${ORDERS})`,
  `select id as told from audit_entry where ${created('Order')} and target_id not in (${ORDERS})`,
  `select id as told from audit_entry
    where ${created('OrderItem')} and target_id not in (select id from order_item)`,
  `select id as told from audit_entry
    where ${created('OrderStep')} and target_id not in (select id from order_step)`,
];

/** Every change of the stock is audited, too: one for each order with such an item. */
const unbalanced = (stock: number) => `select * from (
  select m.id as id, ${stock} - m.stock_left as taken,
    (select coalesce(sum(i.quantity), 0) from order_item i where i.item_id = m.id) as sold,
    (select count(*) from audit_entry where target = 'MenuItem' and action = 'orders.place'
      and target_id = m.id) as audited,
    (select count(*) from order_item i where i.item_id = m.id) as times
  from menu_item m where m.stock_mode = 'count'
) stock where taken <> sold or audited <> times`;

async function broken(ask: Ask): Promise<unknown[]> {
  const [integrity] = await ask('pragma integrity_check');
  const orphans = await ask('pragma foreign_key_check');
  return integrity?.['integrity_check'] === 'ok' ? orphans : [integrity, ...orphans];
}

function outOfTurn(numbers: number[]): number[] {
  return numbers.filter((number, at) => number !== at + 1);
}

/** The order that an event tells of. */
function toldOf(data: unknown): string {
  const { kind, order } = read<{ kind: string; order: { id: string } }>(data);
  return kind === 'placed' ? order.id : kind;
}

function answeredWith(answer: unknown): string {
  return read<{ id: string }>(answer).id;
}

function read<What>(stored: unknown): What {
  const sent = typeof stored === 'string' ? (JSON.parse(stored) as unknown) : stored;
  return wire.output.deserialize<What>(sent as never);
}

function tally(ids: string[]): Map<unknown, number> {
  const times = new Map<unknown, number>();
  for (const id of ids) times.set(id, (times.get(id) ?? 0) + 1);
  return times;
}
