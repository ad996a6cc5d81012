import type { OrderCard, OrderItemView, OrderView } from '@comanda/client';
import { useQuery } from '@tanstack/react-query';
import { calls } from '../../house/comanda.ts';
import { clockTime, price } from '../../house/figures.ts';
import { useMay } from '../../house/who.ts';
import { useWorkplace } from '../../house/workplace.ts';
import { Badge } from '../../parts/badge.tsx';
import { ButtonLink } from '../../parts/button.tsx';
import { Problem, Waiting } from '../../parts/notice.tsx';
import { Moves } from './moves.tsx';
import { Paying } from './paying.tsx';
import { STATES, TONES } from './words.ts';

/** One order of the house, and all that one may do with it. */
export function HouseOrder({ card }: { card: OrderCard }) {
  const { data, error, refetch } = useQuery(calls.orders.show.queryOptions({ orderId: card.id }));
  const { place } = useWorkplace();
  const { number, state, payment, customerName, promisedAt } = card;
  return (
    <article className="card work-order" aria-label={`Order ${number}`}>
      <header className="row">
        <h2>Order {number}</h2>
        <span className="row" aria-live="polite">
          <Badge tone={TONES[state]}>{STATES[state]}</Badge>
          {payment === 'paid' ? <Badge tone="good">Paid</Badge> : <Badge tone="warn">Unpaid</Badge>}
        </span>
      </header>
      <p className="aside">
        For {customerName}
        {promisedAt && ` · promised for ${clockTime(promisedAt, place?.timeZone)}`}
      </p>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <Waiting rows={2} />}
      {data && <Detail order={data} card={card} />}
    </article>
  );
}

function Detail({ order, card }: { order: OrderView; card: OrderCard }) {
  const may = useMay();
  const { id, items, total, currency, instructions, address, phone, type, tableId } = order;
  const isUnpaid = card.payment === 'unpaid' || card.payment === 'failed';
  const takesRounds = may('order.take') && isUnpaid && tableId !== null;
  return (
    <>
      {address !== null && (
        <p>
          <strong>{address}</strong>
        </p>
      )}
      {phone !== null && (
        <p>
          <a href={`tel:${phone}`}>Call {phone}</a>
        </p>
      )}
      {instructions !== '' && <p>“{instructions}”</p>}
      <ul className="work-lines">
        {items.map((item) => (
          <Line key={item.id} item={item} isCooked={type !== 'delivery'} />
        ))}
      </ul>
      <p className="row is-apart">
        <span>Total</span>
        <strong className="amount">{price(total, currency)}</strong>
      </p>
      <div className="row">
        <Moves order={card} />
        {may('order.serve') && isUnpaid && <Paying order={card} />}
        {takesRounds && (
          <ButtonLink to={`/work/floor/table/${tableId}/take?order=${id}`}>
            Another round
          </ButtonLink>
        )}
      </div>
    </>
  );
}

const ITEM_STATES: Record<OrderItemView['state'], string> = {
  queued: 'waits',
  cooking: 'in the pan',
  done: 'done',
  served: 'served',
  voided: 'taken off',
};

function Line({ item, isCooked }: { item: OrderItemView; isCooked: boolean }) {
  const { name, quantity, options, note, state } = item;
  return (
    <li>
      <span>
        <span className="amount">{quantity} ×</span> {name}
        {options.length > 0 && (
          <span className="aside work-extras">{options.map((one) => one.name).join(', ')}</span>
        )}
        {note !== null && <span className="aside work-extras">“{note}”</span>}
      </span>
      {isCooked && <span className="aside">{ITEM_STATES[state]}</span>}
    </li>
  );
}
