import type { Dashboard, OrderState, OrderType } from '@comanda/client';

const STATES: Record<OrderState, string> = {
  pending: 'Waiting',
  confirmed: 'Confirmed',
  preparing: 'In the kitchen',
  ready: 'Ready',
  served: 'Served',
  out_for_delivery: 'On its way',
  completed: 'Completed',
  cancelled: 'Cancelled',
};

const TYPES: Record<OrderType, string> = {
  dine_in: 'At a table',
  pickup: 'Pick-up',
  delivery: 'Delivery',
};

/** The orders of today, by where they stand and how they go out. */
export function OrdersToday({ today }: { today: Dashboard['today'] }) {
  const states = Object.entries(today.byState).filter(([, count]) => count > 0);
  return (
    <section className="card stack">
      <h2>Orders of today</h2>
      {states.length === 0 && <p className="aside">None yet.</p>}
      <dl className="office-today-counts" aria-label="By state">
        {states.map(([state, count]) => (
          <Share key={state} name={STATES[state as OrderState]} count={count} of={today.orders} />
        ))}
      </dl>
      <dl className="office-today-counts" aria-label="By type">
        {Object.entries(today.byType).map(([type, count]) => (
          <Share key={type} name={TYPES[type as OrderType]} count={count} of={today.orders} />
        ))}
      </dl>
    </section>
  );
}

function Share({ name, count, of }: { name: string; count: number; of: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="amount">{count}</dd>
      <dd className="office-today-share" aria-hidden>
        <span style={{ width: `${(count / Math.max(1, of)) * 100}%` }} />
      </dd>
    </div>
  );
}
