import type { Client, NextStates, OrderState, OrderType, OrderView } from '@comanda/client';
import type { TestApp } from '@comanda/testing';
import { outcomeOf } from '../auth/callers.ts';
import { placed } from './ordering.ts';
import { isWay, type Mover, MOVERS, type Movers, moversOf, STATES } from './reviewed-moves.ts';

/** Numbers below 1 that only look like chance: the same ones for the same seed. */
function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

const CLOSED = ['completed', 'cancelled'];

/** What is told with a wish, or left out. */
interface Told {
  reason?: string;
  refund?: boolean;
}

interface Stage {
  movers: Movers;
  carrierId: string;
  itemId: string;
  type: OrderType;
  seed: number;
}

/** Everybody does whatever comes to their minds, order after order. */
export class Walk {
  readonly #app: TestApp;
  readonly #stage: Stage;
  readonly #chance: () => number;
  #order: OrderView | undefined;

  /** Whatever was not as it should be. */
  readonly wrong: string[] = [];
  readonly visited = new Set<string>();
  readonly over: OrderView[] = [];
  moves = 0;

  static async begun(app: TestApp, by: { type: OrderType; seed: number }): Promise<Walk> {
    return new Walk(app, { ...by, ...(await moversOf(app)), itemId: await app.given.item() });
  }

  private constructor(app: TestApp, stage: Stage) {
    this.#app = app;
    this.#stage = stage;
    this.#chance = chanceOf(stage.seed);
  }

  async step(): Promise<void> {
    const order = this.#order ?? (await this.#ordered());
    this.visited.add(order.state);
    const after = await (this.#chance() < 0.4 ? this.#work(order) : this.#wish(order));
    this.#judgeItems(after);
    this.#order = after;
    if (!CLOSED.includes(after.state)) return;
    this.over.push(await this.#wish(after));
    this.visited.add(after.state);
    this.#order = undefined;
  }

  /** What orders that were over have become since. */
  reopened(): Promise<OrderView[]> {
    return Promise.all(this.over.map(({ id }) => this.#shown(id)));
  }

  async #ordered(): Promise<OrderView> {
    const { movers, itemId, type } = this.#stage;
    const address = type === 'delivery' ? '1 Via Appia' : null;
    const { id } = await placed(movers.owner, { itemId, type, address });
    return this.#shown(id);
  }

  #shown(orderId: string): Promise<OrderView> {
    return this.#stage.movers.manager.orders.show.query({ orderId });
  }

  #one<Thing>(things: readonly Thing[]): Thing {
    const thing = things[Math.floor(this.#chance() * things.length)];
    if (thing === undefined) throw new Error('nothing to choose from');
    return thing;
  }

  /** What is done to an order beside moving it. */
  async #work({ id: orderId, version: expectedVersion, items }: OrderView): Promise<OrderView> {
    const { carrierId, itemId, movers } = this.#stage;
    const { chef, manager, waiter } = movers;
    const raw = items.filter(({ state }) => state === 'queued' || state === 'cooking');
    const orderItemId = this.#one(raw.length > 0 ? raw : items).id;
    const named = { orderId, expectedVersion };
    const lines = [{ itemId }];
    const assigneeId = this.#one([carrierId, carrierId, null]);
    const finish = () => chef.kitchen.finishItem.mutate({ orderItemId });
    const assign = () => manager.orders.assign.mutate({ ...named, assigneeId });
    const pay = () => manager.orders.recordPayment.mutate({ ...named, method: 'card' });
    const deeds = [
      () => chef.kitchen.startItem.mutate({ orderItemId }),
      () => chef.kitchen.recall.mutate({ orderItemId, reason: 'cold' }),
      () => waiter.orders.take.mutate({ orderId, lines }),
      () => Promise.resolve(this.#app.clock.advance(60_000)),
      ...Array.from({ length: 5 }, () => finish),
      ...Array.from({ length: 2 }, () => assign),
      ...Array.from({ length: 2 }, () => pay),
    ];
    const outcome = await outcomeOf(this.#one(deeds)());
    if (!DEEDS.includes(outcome)) this.wrong.push(`a deed came to ${outcome}`);
    return this.#shown(orderId);
  }

  async #wish(before: OrderView): Promise<OrderView> {
    const mover = this.#chance() < 0.4 ? 'manager' : this.#one(MOVERS);
    const client = this.#stage.movers[mover];
    const next = await client.orders.nextStates.query({ orderId: before.id }).catch(() => null);
    const to = this.#goal(next);
    const told: Told = {
      ...(this.#chance() < 0.8 && { reason: 'so it was said' }),
      ...(this.#chance() < 0.8 && { refund: false }),
    };
    const is = await outcomeOf(wish(client, before, { to, told }));
    const after = await this.#shown(before.id);
    this.#judge({ mover, to, told, next, is, before, after });
    return after;
  }

  /** Mostly onwards, so that orders come to an end; or wherever. */
  #goal(next: NextStates | null): OrderState {
    const open = STATES.filter((to) => next?.items.some((one) => one.to === to));
    const onwards = open.filter((to) => to !== 'cancelled').at(-1);
    if (onwards && this.#chance() < 0.65) return onwards;
    return this.#one(open.length > 0 && this.#chance() < 0.5 ? open : STATES);
  }

  #judge(one: Wished): void {
    const { mover, to, is, before, after } = one;
    const name = `${mover}: ${before.type} ${before.state} -> ${to} is ${is}`;
    const allowed = expected(one);
    if (!allowed.includes(is)) this.wrong.push(`${name}, and not ${allowed.join(' or ')}`);
    if (one.next && one.next.version !== before.version) this.wrong.push(`${name}: old version`);
    if (is === 'ok') {
      this.moves += 1;
      if (!isWay(before.type, before.state, to)) this.wrong.push(`${name}: no way`);
      if (after.state !== to || after.version !== before.version + 1) this.wrong.push(name);
      if (after.history.length !== before.history.length + 1) this.wrong.push(`${name}: history`);
    } else if (JSON.stringify(after) !== JSON.stringify(before)) {
      this.wrong.push(`${name}: changed all the same`);
    }
  }

  /** Nothing is ready, or further, of which something is still to be cooked. */
  #judgeItems({ type, state, items }: OrderView): void {
    const raw = items.some((item) => item.state === 'queued' || item.state === 'cooking');
    if (raw && ['ready', 'served', 'out_for_delivery', 'completed'].includes(state)) {
      this.wrong.push(`${type} ${state} with ${items.map((item) => item.state).join()}`);
    }
  }
}

/** What may become of a deed that comes at the wrong time. */
const DEEDS = [
  'ok',
  'NOT_FOUND',
  'FORBIDDEN',
  'ITEM_STATE',
  'ORDER_SETTLED',
  'ORDER_UNREADY',
  'ASSIGNEE_UNFIT',
  'ILLEGAL_TRANSITION',
];

interface Wished {
  mover: Mover;
  to: OrderState;
  told: Told;
  /** Null: they do not see it. */
  next: NextStates | null;
  is: string;
  before: OrderView;
  after: OrderView;
}

/** By what they were told beforehand. */
function expected({ to, told, next }: Wished): string[] {
  if (!next) return ['NOT_FOUND'];
  const open = next.items.find((one) => one.to === to);
  if (!open) return ['ILLEGAL_TRANSITION', 'FORBIDDEN', 'ORDER_UNREADY'];
  const untold =
    (open.needsReason && told.reason === undefined) ||
    (open.needsRefundChoice && told.refund === undefined);
  return [untold ? 'ORDER_UNREADY' : 'ok'];
}

function wish(
  { orders }: Client,
  { id: orderId, version: expectedVersion }: OrderView,
  { to, told }: { to: OrderState; told: Told },
) {
  const named = { orderId, expectedVersion };
  if (to === 'cancelled') return orders.cancel.mutate({ ...named, ...told });
  const { reason } = told;
  return orders.advance.mutate({ ...named, to, ...(reason !== undefined && { reason }) });
}
