import type { OrderItemView, OrderView } from '@comanda/client';
import { clockTime, price, spoken } from '../../house/figures.ts';
import { Badge } from '../../parts/badge.tsx';
import { PAYMENTS } from './states.ts';

interface BillProps {
  order: OrderView;
  timeZone: string | undefined;
}

/** What was ordered and what it comes to. */
export function Bill({ order, timeZone }: BillProps) {
  const { items, currency, payment, payments } = order;
  return (
    <section className="card orders-bill" aria-labelledby="orders-bill">
      <header className="row is-apart">
        <h2 id="orders-bill">What you ordered</h2>
        <Badge tone={payment === 'unpaid' || payment === 'failed' ? 'warn' : 'good'}>
          {PAYMENTS[payment]}
        </Badge>
      </header>
      <ul className="orders-items">
        {items.map((item) => (
          <Item key={item.id} item={item} currency={currency} />
        ))}
      </ul>
      <Totals order={order} />
      {payments.map(({ id, kind, amount, method, at, reason }) => (
        <p key={id} className="orders-line aside">
          <span>
            {kind === 'refund' ? 'Refunded' : 'Paid'} ({spoken(method)}), {clockTime(at, timeZone)}
            {reason !== null && `: ${reason}`}
          </span>
          <span className="amount">{price(kind === 'refund' ? -amount : amount, currency)}</span>
        </p>
      ))}
    </section>
  );
}

const ITEM_STATES: Record<OrderItemView['state'], string> = {
  queued: '',
  cooking: 'in the pan',
  done: 'done',
  served: 'served',
  voided: 'taken off',
};

function Item({ item, currency }: { item: OrderItemView; currency: string }) {
  const { name, quantity, unit, options, note, state } = item;
  const extras = options.map(({ name: option, quantity: count }) =>
    count > 1 ? `${count} × ${option}` : option,
  );
  const isVoid = state === 'voided';
  const extra = options.reduce((sum, option) => sum + option.priceDelta * option.quantity, 0);
  return (
    <li className={isVoid ? 'orders-line is-void' : 'orders-line'}>
      <span>
        <span className="amount">{quantity} ×</span> {name}
        {ITEM_STATES[state] !== '' && <span className="aside"> · {ITEM_STATES[state]}</span>}
        {extras.length > 0 && <span className="orders-extras aside">{extras.join(', ')}</span>}
        {note !== null && <span className="orders-extras aside">“{note}”</span>}
      </span>
      <span className="amount">{isVoid ? '–' : price((unit + extra) * quantity, currency)}</span>
    </li>
  );
}

function Totals({ order: { totals, currency } }: { order: OrderView }) {
  const { subtotal, discount, serviceCharge, deliveryFee, tax, tip, total, terms } = totals;
  const lines: [string, number][] = [
    ['Subtotal', subtotal],
    ['Discount', -discount],
    ['Service', serviceCharge],
    ['Delivery', deliveryFee],
    ['Tip', tip],
  ];
  if (!terms.taxInclusive) lines.push(['Tax', tax]);
  return (
    <dl className="orders-totals">
      {lines
        .filter(([name, amount]) => amount !== 0 || name === 'Subtotal')
        .map(([name, amount]) => (
          <div key={name} className="orders-line">
            <dt>{name}</dt>
            <dd className="amount">{price(amount, currency)}</dd>
          </div>
        ))}
      <div className="orders-line orders-total">
        <dt>Total</dt>
        <dd className="amount">{price(total, currency)}</dd>
      </div>
      {terms.taxInclusive && tax > 0 && (
        <div className="orders-line aside">
          <dt>Tax in it</dt>
          <dd className="amount">{price(tax, currency)}</dd>
        </div>
      )}
    </dl>
  );
}
