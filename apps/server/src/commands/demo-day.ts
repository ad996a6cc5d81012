import { addToCart } from '@comanda/domains/cart/cart.actions';
import { AddToCart } from '@comanda/domains/cart/cart.schema';
import type { CallContext } from '@comanda/domains/context';
import { finishItem, startItem } from '@comanda/domains/orders/orders.items.actions';
import { MenuItem } from '@comanda/domains/menu/menu.entity';
import { assignOrder } from '@comanda/domains/orders/orders.crew.actions';
import { recordPayment, refundOrder } from '@comanda/domains/orders/orders.money.actions';
import { advanceOrder, cancelOrder } from '@comanda/domains/orders/orders.moving.actions';
import { placeOrder } from '@comanda/domains/orders/orders.placing.actions';
import { type OrderView, PlaceOrder, TakeOrder } from '@comanda/domains/orders/orders.schema';
import { takeOrder } from '@comanda/domains/orders/orders.taking.actions';
import { momentFor } from '@comanda/domains/restaurants/restaurants.reads';
import { createTable } from '@comanda/domains/tables/tables.actions';
import { CreateTable } from '@comanda/domains/tables/tables.schema';
import type { Role } from '@comanda/kernel/access';
import { newId } from '@comanda/kernel/id';
import { HOUR, MINUTE } from '@comanda/kernel/time';
import { acting, type Cast } from './demo-acting.ts';

/** What was ordered: names of dishes and how many of each. */
type Dishes = [dish: string, quantity: number][];

/** A day at Little Lemon: tables, and an order in every state that there is. */
export async function plantDay(ctx: CallContext, cast: Cast): Promise<void> {
  const day = new Day(ctx, cast);
  await day.open();
  await over(day);
  await underWay(day);
}

const BROUGHT = { type: 'delivery', address: 'Via Garibaldi 7', phone: '+390109999999' } as const;
const FETCHED = { type: 'pickup', customerName: 'Giulia' } as const;

/** What is over, the oldest first. */
async function over(day: Day): Promise<void> {
  const minutesAgo = await day.lastOpen();
  const placed = await day.place(minutesAgo, [['Tiramisù', 2]]);
  const sent = await day.pay(await day.cook(placed, minutesAgo - 15), 'card', minutesAgo - 20);
  await day.move(sent, { by: 'waiter', to: ['completed'] }, minutesAgo - 21);

  const brought = await day.cook(await day.take(150, [['Bufalina', 1]], BROUGHT), 120);
  const steps = ['out_for_delivery', 'completed'] as const;
  await day.move(await day.assign(brought, 115), { by: 'delivery_crew', to: steps }, 100);

  const dinner = await day.take(120, SUPPER, { tableId: day.table(6) });
  const eaten = await day.move(await day.cook(dinner, 90), { by: 'waiter', to: ['served'] }, 85);
  await day.move(await day.pay(eaten, 'card', 60), { by: 'waiter', to: ['completed'] }, 59);

  const lunch = await day.cook(
    await day.take(
      100,
      [
        ['Calzone', 1],
        ['Chinotto', 2],
      ],
      FETCHED,
    ),
    80,
  );
  const gone = await day.move(
    await day.pay(lunch, 'cash', 75),
    { by: 'waiter', to: ['completed'] },
    74,
  );
  await day.refund(gone, 350, 30);
  await day.cancel(await day.take(70, [['Gelato', 3]], FETCHED), 68);
}

/** What is on its way, from the guests to the kitchen and back. */
async function underWay(day: Day): Promise<void> {
  const served = await day.take(50, SUPPER, { tableId: day.table(5), tip: { bps: 1_000 } });
  await day.move(await day.cook(served, 30), { by: 'waiter', to: ['served'] }, 28);
  const away = await day.cook(await day.take(45, [['Marinara', 2]], BROUGHT), 25);
  await day.move(await day.assign(away, 20), { by: 'delivery_crew', to: ['out_for_delivery'] }, 15);
  await day.cook(await day.take(30, [['Diavola', 1]], BROUGHT), 8);
  await day.cook(await day.take(25, [['Margherita', 2]], { tableId: day.table(4) }), 5);
  const cooking = await day.take(14, SUPPER, { tableId: day.table(3), instructions: 'No nuts.' });
  await day.start(cooking, 10);
  const said = await day.take(6, [['Bruschetta al pomodoro', 2]], { tableId: day.table(2) });
  await day.move(said, { by: 'waiter', to: ['confirmed'] }, 5);
  await day.take(2, [['Focaccia di Recco', 1]], { tableId: day.table(1) });
}

const SUPPER: Dishes = [
  ['Focaccia di Recco', 1],
  ['Cotoletta alla milanese', 2],
  ['Panna cotta', 2],
  ['Acqua frizzante', 1],
];

type Taken = Partial<Omit<TakeOrder, 'lines' | 'idempotencyKey'>>;
type Moves = readonly ('confirmed' | 'served' | 'completed' | 'out_for_delivery' | 'ready')[];

/** Lets people act as they would have, some minutes ago. */
class Day {
  readonly #as: ReturnType<typeof acting>;
  readonly #cast: Cast;
  #items = new Map<string, MenuItem>();
  #tables: string[] = [];

  constructor(house: CallContext, cast: Cast) {
    this.#as = acting(house, cast);
    this.#cast = cast;
  }

  async open(): Promise<void> {
    const ctx = this.#as('manager', 0);
    for (const item of await ctx.em.find(MenuItem, {})) this.#items.set(item.name, item);
    for (let at = 1; at <= 12; at++) {
      const section = at <= 8 ? 'Sala' : 'Terrazza';
      const said = { name: `${at}`, section, seatsMin: 1, seatsMax: at % 3 === 0 ? 6 : 4 };
      const { id } = await createTable(ctx, CreateTable.parse(said));
      this.#tables.push(id);
    }
  }

  table(number: number): string {
    return this.#tables[number - 1] ?? '';
  }

  take(minutesAgo: number, dishes: Dishes, more: Taken): Promise<OrderView> {
    const lines = dishes.map((dish) => this.#lineOf(dish));
    const said = TakeOrder.parse({ ...more, lines, idempotencyKey: newId() });
    return takeOrder(this.#as('waiter', minutesAgo), said);
  }

  async place(minutesAgo: number, dishes: Dishes): Promise<OrderView> {
    const ctx = this.#as('customer', minutesAgo);
    let cartVersion = 0;
    for (const dish of dishes) {
      cartVersion = (await addToCart(ctx, AddToCart.parse(this.#lineOf(dish)))).version;
    }
    const said = { type: 'pickup', cartVersion, idempotencyKey: newId() };
    return placeOrder(ctx, PlaceOrder.parse(said));
  }

  async start({ items }: OrderView, minutesAgo: number): Promise<void> {
    const [first] = items.filter(({ state }) => state === 'queued');
    if (first) await startItem(this.#as('chef', minutesAgo), { orderItemId: first.id });
  }

  /** Until it is ready. */
  async cook({ id, items }: OrderView, minutesAgo: number): Promise<OrderView> {
    const chef = this.#as('chef', minutesAgo);
    let version = 0;
    for (const { id: orderItemId } of items.filter(({ state }) => state === 'queued')) {
      ({ version } = await finishItem(chef, { orderItemId }));
    }
    return advanceOrder(chef, { orderId: id, expectedVersion: version, to: 'ready' });
  }

  async move(
    order: OrderView,
    { by, to }: { by: Role; to: Moves },
    minutesAgo: number,
  ): Promise<OrderView> {
    let moved = order;
    for (const state of to) {
      const said = { orderId: order.id, expectedVersion: moved.version, to: state };
      moved = await advanceOrder(this.#as(by, minutesAgo), said);
    }
    return moved;
  }

  assign({ id: orderId, version }: OrderView, minutesAgo: number): Promise<OrderView> {
    const assigneeId = this.#cast.staff.delivery_crew.id;
    const said = { orderId, expectedVersion: version, assigneeId };
    return assignOrder(this.#as('manager', minutesAgo), said);
  }

  pay({ id, version }: OrderView, method: 'cash' | 'card', minutesAgo: number) {
    const said = { orderId: id, expectedVersion: version, method, idempotencyKey: newId() };
    return recordPayment(this.#as('waiter', minutesAgo), said);
  }

  refund({ id, version }: OrderView, amount: number, minutesAgo: number): Promise<OrderView> {
    const said = { orderId: id, expectedVersion: version, amount, reason: 'A chinotto was flat.' };
    return refundOrder(this.#as('manager', minutesAgo), { ...said, idempotencyKey: newId() });
  }

  cancel({ id, version }: OrderView, minutesAgo: number): Promise<OrderView> {
    const said = { orderId: id, expectedVersion: version, idempotencyKey: newId() };
    return cancelOrder(this.#as('waiter', minutesAgo), said);
  }

  /** Minutes since the last moment at which guests could order. */
  async lastOpen(): Promise<number> {
    for (let ago = 3 * HOUR; ; ago += HOUR / 2) {
      const ctx = this.#as('customer', ago / MINUTE);
      const { restaurant, at } = await momentFor(ctx, this.#cast.restaurantId);
      const { lastOrderAt } = restaurant;
      if (restaurant.open && (!lastOrderAt || at < lastOrderAt)) return ago / MINUTE;
    }
  }

  #lineOf([dish, quantity]: Dishes[number]) {
    const item = this.#items.get(dish);
    if (!item) throw new Error(`${dish} is not on the menu.`);
    const options = item.options.flatMap(({ min, options: [first] }) =>
      min > 0 && first ? [{ optionId: first.id, quantity: min }] : [],
    );
    return { itemId: item.id, options, quantity };
  }
}
