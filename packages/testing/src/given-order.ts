import { newId } from '@comanda/kernel/id';
import type { House } from '@comanda/domains/context';
import { Order, OrderItem } from '@comanda/domains/orders/orders.entity';
import { totalsOf } from '@comanda/domains/orders/orders.totals.rules';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import { behind } from './author.ts';

export interface OrderTraits {
  restaurantId?: string;
  type?: 'dine_in' | 'pickup' | 'delivery';
  state?: Order['state'];
  customerId?: string | null;
  guestId?: string | null;
  assigneeId?: string | null;
  payment?: 'unpaid' | 'paid';
  /** Of each of its items, one unit of 9.00. */
  items?: OrderItem['state'][];
  itemId?: string;
}

const TERMS = {
  taxInclusive: true,
  serviceChargeBps: 0,
  deliveryFee: 0,
  discount: { fixed: 0 },
  tip: { fixed: 0 },
};
const LINE = { unit: 900, optionsDelta: 0, quantity: 1, taxBps: 1_000 };

const BLANK = {
  customerName: 'Somebody',
  phone: null,
  address: null,
  instructions: '',
  takenBy: null,
  tableId: null,
  tableName: null,
  currency: 'EUR',
  refunded: 0,
  rounds: 1,
  changes: 0,
  promisedAt: null,
  closedAt: null,
};

const BLANK_ITEM = {
  name: 'Item',
  options: [],
  note: null,
  station: null,
  prepMinutes: null,
  skipsKitchen: false,
  counted: false,
  startedAt: null,
  doneAt: null,
};

let numbers = 0;

/** An order as it stands in the database: past the cart, the stock and the outbox. */
export async function givenOrder(
  { database, clock }: House,
  { restaurantId, ...traits }: OrderTraits & { restaurantId: string },
): Promise<{ orderId: string; orderItemIds: string[] }> {
  const em = acrossRestaurants(database, behind(clock));
  const { type = 'pickup', state = 'pending', payment = 'unpaid', items = ['queued'] } = traits;
  const totals = totalsOf(
    items.map(() => LINE),
    TERMS,
  );
  const order = em.create(Order, {
    ...BLANK,
    id: newId(),
    restaurantId,
    number: 1_000_000 + ++numbers,
    origin: newId().replaceAll('-', ''),
    type,
    state,
    payment,
    customerId: traits.customerId ?? null,
    guestId: traits.guestId ?? null,
    assigneeId: traits.assigneeId ?? null,
    assigneeName: traits.assigneeId ? 'Crew' : null,
    total: totals.total,
    paid: payment === 'paid' ? totals.total : 0,
    totals,
    units: items.length,
    placedAt: clock.now(),
  });
  const itemId = traits.itemId ?? newId();
  const lines = items.map((state, position) =>
    em.create(OrderItem, {
      ...BLANK_ITEM,
      ...LINE,
      id: newId(),
      restaurantId,
      order,
      round: 1,
      position,
      itemId,
      state,
    }),
  );
  await em.flush();
  return { orderId: order.id, orderItemIds: lines.map(({ id }) => id) };
}
