import type { OrderCard } from '@comanda/client';
import { Link } from 'wouter';
import { dayAndTime, price } from '../../house/figures.ts';
import { Badge } from '../../parts/badge.tsx';
import { PAYMENTS, STATES, TYPES } from './order-words.ts';

/** One order of the list; a press opens it. */
export function OrderRow({ order, timeZone }: { order: OrderCard; timeZone: string }) {
  const { number, state, payment, type, tableName, customerName, assigneeName } = order;
  return (
    <li className="office-orders-row card">
      <span className="office-orders-number">
        <Link href={`/office/orders/${order.id}`}>#{number}</Link>
      </span>
      <span className="office-orders-whom">
        <strong>{tableName === null ? customerName : `Table ${tableName}`}</strong>
        <span className="aside">
          {TYPES[type]}
          {tableName !== null && ` · ${customerName}`}
          {assigneeName !== null && ` · with ${assigneeName}`}
        </span>
      </span>
      <span className="office-orders-when aside">{dayAndTime(order.placedAt, timeZone)}</span>
      <span className="row office-orders-signs">
        <Badge tone={STATES[state].tone}>{STATES[state].word}</Badge>
        <Badge tone={PAYMENTS[payment].tone}>{PAYMENTS[payment].word}</Badge>
      </span>
      <span className="amount office-orders-total">{price(order.total, order.currency)}</span>
    </li>
  );
}
