import type { OrderCard, TableView } from '@comanda/client';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { calls } from '../../house/comanda.ts';
import { price } from '../../house/figures.ts';
import { Badge } from '../../parts/badge.tsx';
import { Lamp } from '../../parts/lamp.tsx';
import { Nothing, Problem, Waiting } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { OffShift } from '../clock/off-shift.tsx';
import { HouseOrder } from '../orders/house-order.tsx';
import { useOpenOrders } from '../orders/open-orders.ts';
import { STATES, TONES } from '../orders/words.ts';

/** As many as fit on a page of the service; a house with more has sections. */
export const TABLES = { active: true, limit: 100 };

/** All tables, who sits at them, and what has no table. */
export function Tables() {
  const { data, error, refetch } = useQuery({
    ...calls.tables.list.queryOptions(TABLES),
    staleTime: 300_000,
  });
  const { orders, liveness, error: wrong, retry } = useOpenOrders();
  const sections = Map.groupBy(data?.items ?? [], ({ section }) => section ?? 'Tables');
  return (
    <Page title="Tables" actions={<Lamp liveness={liveness} />}>
      <OffShift capability="order.take" />
      {error && <Problem error={error} retry={() => void refetch()} />}
      {wrong !== null && <Problem error={wrong} retry={retry} />}
      {!data && !error && <Waiting rows={4} />}
      {data?.items.length === 0 && (
        <Nothing>
          <p>This restaurant has no tables yet.</p>
        </Nothing>
      )}
      {[...sections].map(([section, tables]) => (
        <section key={section} className="stack" aria-label={section}>
          <h2>{section}</h2>
          <ul className="work-tables">
            {tables.toSorted(byName).map((table) => (
              <Table
                key={table.id}
                table={table}
                orders={orders?.filter(({ tableId }) => tableId === table.id) ?? []}
              />
            ))}
          </ul>
        </section>
      ))}
      <Counter orders={orders?.filter(({ type, tableId }) => isForCounter(type, tableId))} />
    </Page>
  );
}

/** Table 10 after table 9. */
function byName(one: TableView, other: TableView): number {
  return one.name.localeCompare(other.name, undefined, { numeric: true });
}

/** What guests fetch, and what nobody has given a table. Deliveries are the crew's. */
function isForCounter(type: OrderCard['type'], tableId: string | null): boolean {
  return type === 'pickup' || (type === 'dine_in' && tableId === null);
}

function Table({
  table: { id, name, seatsMax },
  orders,
}: {
  table: TableView;
  orders: OrderCard[];
}) {
  return (
    <li>
      <Link
        href={`/work/floor/table/${id}`}
        className={orders.length > 0 ? 'card work-table is-taken' : 'card work-table'}
      >
        <strong>Table {name}</strong>
        <span className="aside">up to {seatsMax}</span>
        {orders.map(({ id: orderId, state, total, currency, payment }) => (
          <span key={orderId} className="row">
            <Badge tone={TONES[state]}>{STATES[state]}</Badge>
            <span className="amount aside">
              {price(total, currency)}
              {payment === 'paid' && ', paid'}
            </span>
          </span>
        ))}
      </Link>
    </li>
  );
}

function Counter({ orders }: { orders: OrderCard[] | undefined }) {
  if (!orders || orders.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="work-counter">
      <h2 id="work-counter">At the counter</h2>
      {orders.map((card) => (
        <HouseOrder key={card.id} card={card} />
      ))}
    </section>
  );
}
