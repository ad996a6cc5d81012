import type { OrderStepView, OrderType, OrderView } from '@comanda/client';
import { dayAndTime } from '../../house/figures.ts';
import { stateInWords } from './states.ts';

interface HistoryProps {
  order: OrderView;
  timeZone: string | undefined;
}

/** All that happened, for whoever wants to know. */
export function History({ order, timeZone }: HistoryProps) {
  return (
    <details className="orders-history">
      <summary>All that happened</summary>
      <ol className="stack">
        {order.history.map((step, at) => (
          <li key={at} className="row">
            <time className="aside amount" dateTime={step.at.toISOString()}>
              {dayAndTime(step.at, timeZone)}
            </time>
            <span>{inWords(step, order.type)}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}

function inWords({ what, to, by, reason }: OrderStepView, type: OrderType): string {
  const done = what === 'moved' && to ? stateInWords(to, type) : WHAT[what];
  return [done, by === null ? '' : `by ${by}`, reason === null ? '' : `(${reason})`]
    .filter((part) => part !== '')
    .join(' ');
}

const WHAT: Record<OrderStepView['what'], string> = {
  placed: 'Placed',
  moved: 'Moved on',
  round: 'Another round',
  assigned: 'Given to a rider',
  payment: 'Paid',
  refund: 'Refunded',
  discount: 'Discount given',
  recalled: 'Taken up again by the kitchen',
};
