import type { Person } from '@comanda/testing/given';
import type { Kind } from '../../tests/faults/premises.ts';
import type { Opened } from './house.ts';
import { idOf, multiply, oneOf } from './planting.ts';

/** So that the least of them has more than a page. */
export const CUSTOMERS = 40;

/** So many orders of as few customers, who order in turns; answers one of them. */
export async function plantOrders(opened: Opened, kind: Kind, orders: number): Promise<Person> {
  const { given, ask } = opened;
  const people = await given.people(Array.from({ length: CUSTOMERS }, () => ({})));
  const [customer] = people;
  if (!customer) throw new Error('There are no customers.');
  const { orderId: of } = await given.order({ customerId: customer.id, state: 'completed' });
  const later = kind === 'SQLite' ? 'made.placed_at + seq' : 'made.placed_at + interval seq second';
  await multiply(opened, {
    kind,
    of,
    table: 'customer_order',
    times: orders,
    set: {
      id: idOf('seq'),
      number: 'seq',
      origin: `concat('planted-', seq)`,
      customer_id: oneOf(people.map(({ id }) => id)),
      state: `case when seq > ${orders - 40} then ${oneOf(['pending', 'preparing'])} else made.state end`,
      placed_at: later,
    },
  });
  await ask(`delete from order_item where order_id = '${of}'`);
  await ask(`delete from customer_order where id = '${of}'`);
  return customer;
}
