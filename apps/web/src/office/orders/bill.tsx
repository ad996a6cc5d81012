import type { OrderItemView, OrderView } from '@comanda/client';
import { clockTime, price, spoken } from '../../house/figures.ts';
import { Badge, type Tone } from '../../parts/badge.tsx';

interface BillProps {
  order: OrderView;
  timeZone: string;
}

/** What was ordered, what it comes to, and what was paid. */
export function Bill({ order, timeZone }: BillProps) {
  return (
    <section className="stack" aria-label="Bill">
      <ul className="office-orders-items" aria-label="Dishes">
        {order.items.map((item) => (
          <Dish key={item.id} item={item} currency={order.currency} />
        ))}
      </ul>
      <Sums order={order} />
      {order.payments.length > 0 && (
        <ul className="office-orders-payments" aria-label="Payments">
          {order.payments.map(({ id, kind, amount, method, reason, at }) => (
            <li key={id} className="row is-apart">
              <span>
                {kind === 'payment' ? `Paid, ${method}` : 'Refunded'}
                {reason !== null && `: ${reason}`}{' '}
                <span className="aside amount">{clockTime(at, timeZone)}</span>
              </span>
              <span className="amount">
                {price(kind === 'payment' ? amount : -amount, order.currency)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const TONES: Record<OrderItemView['state'], Tone> = {
  queued: 'warn',
  cooking: 'busy',
  done: 'good',
  served: 'plain',
  voided: 'bad',
};

function Dish({ item, currency }: { item: OrderItemView; currency: string }) {
  const { quantity, name, options, note, state } = item;
  const each = options.reduce((sum, { priceDelta, quantity: times }) => {
    return sum + priceDelta * times;
  }, item.unit);
  return (
    <li>
      <span className="amount">{quantity} ×</span>
      <span>
        {name}
        {item.round > 1 && <span className="aside"> · round {item.round}</span>}
        {options.length > 0 && (
          <span className="aside office-orders-chosen">
            {options.map((option) => option.name).join(', ')}
          </span>
        )}
        {note !== null && <span className="aside office-orders-chosen">“{note}”</span>}
      </span>
      <Badge tone={TONES[state]}>{spoken(state)}</Badge>
      <span className="amount">{price(Math.max(0, each) * quantity, currency)}</span>
    </li>
  );
}

function Sums({ order: { totals, currency, paid, refunded, total } }: { order: OrderView }) {
  const sums: [string, number][] = [
    ['Dishes', totals.subtotal],
    ['Discount', -totals.discount],
    ['Service', totals.serviceCharge],
    ['Delivery', totals.deliveryFee],
    [totals.terms.taxInclusive ? 'Tax in it' : 'Tax', totals.tax],
    ['Tip', totals.tip],
  ];
  const known = sums.filter(([, amount]) => amount !== 0);
  return (
    <dl className="office-orders-sums">
      {known.map(([name, amount]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="amount">{price(amount, currency)}</dd>
        </div>
      ))}
      <div className="is-total">
        <dt>Total</dt>
        <dd className="amount">{price(total, currency)}</dd>
      </div>
      {refunded > 0 && (
        <div>
          <dt>Kept of it, after refunds</dt>
          <dd className="amount">{price(paid - refunded, currency)}</dd>
        </div>
      )}
    </dl>
  );
}
