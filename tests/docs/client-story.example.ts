// Shown in packages/client/README.md, and run against a real server by tests/package/story.test.ts.
// #region
import { createClient, refusedWith } from '@comanda/client';

const url = 'http://localhost:4000';
const [password = ''] = process.argv.slice(2); // of the manager

// A guest signs up, browses, and fills a cart.
const guest = createClient({ url });
const username = `ada-${Date.now()}`;
await guest.auth.register.mutate({ username, password: 'ten lemons and a fig', firstName: 'Ada' });
const menu = await guest.menu.list.query({ search: 'tirami', available: true });
for (const { id } of menu.items) await guest.cart.add.mutate({ itemId: id, quantity: 2 });
const cart = await guest.cart.show.query();
console.log(
  cart.lines.map(({ quantity, name, total }) => `${quantity} x ${name}: ${total / 100} €`),
);

// They order it, once, however often the network makes the client ask.
const order = await guest.orders.place.mutate({
  type: 'pickup',
  cartVersion: cart.version,
  expectedTotal: cart.subtotal,
});
console.log(`Order ${order.number}, ${order.total / 100} €`);

// They watch it move.
for await (const step of guest.orders.watch.subscribe({ orderId: order.id })) {
  if (step.type === 'gap') continue;
  if (step.data.kind === 'ready') void serve().catch(explain);
  if (step.data.kind !== 'changed') continue;
  console.log(step.data.order.state, step.data.order.payment);
  if (step.data.order.closedAt) break;
}

// The restaurant's side: cook it, take the money, hand it over.
async function serve(): Promise<void> {
  const house = createClient({ url });
  await house.auth.login.mutate({ identifier: 'manager', password });
  for (const { id } of order.items) await house.kitchen.finishItem.mutate({ orderItemId: id });
  const orderId = order.id;
  let { version } = await house.orders.show.query({ orderId });
  const ready = { orderId, expectedVersion: version, to: 'ready' } as const;
  ({ version } = await house.orders.advance.mutate(ready));
  const paid = { orderId, expectedVersion: version, method: 'cash' } as const;
  ({ version } = await house.orders.recordPayment.mutate(paid));
  await house.orders.advance.mutate({ orderId, expectedVersion: version, to: 'completed' });
}

function explain(error: unknown): never {
  if (refusedWith(error, 'INVALID_CREDENTIALS')) console.log('Run it with the manager’s password.');
  throw error;
}
// #endregion
