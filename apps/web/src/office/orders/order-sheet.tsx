import type { OrderView } from '@comanda/client';
import { useQuery } from '@tanstack/react-query';
import { calls } from '../../house/comanda.ts';
import { clockTime, dayAndTime } from '../../house/figures.ts';
import { Badge } from '../../parts/badge.tsx';
import { Problem, Waiting } from '../../parts/notice.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { Actions } from './actions.tsx';
import { Bill } from './bill.tsx';
import { PAYMENTS, STATES, stepInWords, TYPES } from './order-words.ts';

interface OrderSheetProps {
  orderId: string;
  timeZone: string;
  onClose: () => void;
}

/** One order with everything that is known of it, and what can be done with it. */
export function OrderSheet({ orderId, timeZone, onClose }: OrderSheetProps) {
  const { data, error, refetch } = useQuery(calls.orders.show.queryOptions({ orderId }));
  return (
    <Sheet open onClose={onClose} title={data ? `Order #${data.number}` : 'Order'} wide>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <Waiting rows={4} />}
      {data && (
        <>
          <p className="row">
            <Badge tone={STATES[data.state].tone}>{STATES[data.state].word}</Badge>
            <Badge tone={PAYMENTS[data.payment].tone}>{PAYMENTS[data.payment].word}</Badge>
            <Badge>{TYPES[data.type]}</Badge>
          </p>
          <Actions order={data} />
          <Facts order={data} timeZone={timeZone} />
          <Bill order={data} timeZone={timeZone} />
          <History order={data} timeZone={timeZone} />
        </>
      )}
    </Sheet>
  );
}

interface Shown {
  order: OrderView;
  timeZone: string;
}

function Facts({ order, timeZone }: Shown) {
  const { tableName, customerName, phone, address, instructions, assigneeName } = order;
  const facts: [string, string | null][] = [
    ['Guest', customerName],
    ['Table', tableName],
    ['Phone', phone],
    ['Address', address],
    ['Brought by', assigneeName],
    ['Placed', dayAndTime(order.placedAt, timeZone)],
    ['Promised for', order.promisedAt && clockTime(order.promisedAt, timeZone)],
    ['Closed', order.closedAt && dayAndTime(order.closedAt, timeZone)],
    ['They said', instructions],
  ];
  return (
    <dl className="office-orders-facts">
      {facts
        .filter(([, value]) => value !== null && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value === phone ? <a href={`tel:${value}`}>{value}</a> : value}</dd>
          </div>
        ))}
    </dl>
  );
}

function History({ order, timeZone }: Shown) {
  return (
    <section className="stack" aria-label="History">
      <h3>History</h3>
      <ol className="office-orders-history">
        {order.history.map((step) => (
          <li key={`${step.at.toISOString()} ${step.what} ${step.to}`}>
            <span className="aside amount">{clockTime(step.at, timeZone)}</span>
            <span>{stepInWords(step)}</span>
            <span className="aside">{step.by}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
