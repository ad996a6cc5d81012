import type { ListOrders, OrderCard, OrderState, OrderType, PaymentState } from '@comanda/client';
import { dayAt, daysOn, momentOf } from '../../house/zone.ts';
import { Choice, Field } from '../../parts/field.tsx';
import { OPEN, PAYMENTS, STATES, TYPES } from './order-words.ts';

export interface OrderFilters {
  search: string;
  state: 'open' | '' | OrderState;
  type: '' | OrderType;
  payment: '' | PaymentState;
  date: string;
}

export const NO_FILTERS: OrderFilters = {
  search: '',
  state: 'open',
  type: '',
  payment: '',
  date: '',
};

function statesOf(state: OrderFilters['state']): OrderState[] | undefined {
  if (state === '') return undefined;
  return state === 'open' ? OPEN : [state];
}

/** As the service is asked. */
export function askedBy(filters: OrderFilters, timeZone: string): ListOrders {
  const { search, type, payment, date } = filters;
  const state = statesOf(filters.state);
  return {
    limit: 50,
    ...(search.trim() !== '' && { search: search.trim() }),
    ...(state && { state }),
    ...(type !== '' && { type }),
    ...(payment !== '' && { payment }),
    ...(date !== '' && {
      from: momentOf(date, '00:00', timeZone),
      to: momentOf(daysOn(date, 1), '00:00', timeZone),
    }),
  };
}

/** Whether an order that a stream told of belongs into the list; of a search only the service knows. */
export function fits(order: OrderCard, filters: OrderFilters, timeZone: string): boolean {
  const { type, payment, date } = filters;
  return (
    (statesOf(filters.state)?.includes(order.state) ?? true) &&
    (type === '' || order.type === type) &&
    (payment === '' || order.payment === payment) &&
    (date === '' || dayAt(order.placedAt, timeZone) === date)
  );
}

interface FiltersProps {
  value: OrderFilters;
  onChange: (value: OrderFilters) => void;
}

export function Filters({ value, onChange }: FiltersProps) {
  const set = (changes: Partial<OrderFilters>) => onChange({ ...value, ...changes });
  return (
    <search className="office-orders-filters">
      <Field
        label="Search"
        placeholder="Number, name or phone"
        type="search"
        maxLength={100}
        value={value.search}
        onChange={({ target }) => set({ search: target.value })}
      />
      <Choice
        label="State"
        value={value.state}
        onChange={({ target }) => set({ state: target.value as OrderFilters['state'] })}
      >
        <option value="open">Open</option>
        <option value="">All</option>
        {Object.entries(STATES).map(([state, { word }]) => (
          <option key={state} value={state}>
            {word}
          </option>
        ))}
      </Choice>
      <Choice
        label="Type"
        value={value.type}
        onChange={({ target }) => set({ type: target.value as OrderFilters['type'] })}
      >
        <option value="">All</option>
        {Object.entries(TYPES).map(([type, word]) => (
          <option key={type} value={type}>
            {word}
          </option>
        ))}
      </Choice>
      <Choice
        label="Payment"
        value={value.payment}
        onChange={({ target }) => set({ payment: target.value as OrderFilters['payment'] })}
      >
        <option value="">All</option>
        {Object.entries(PAYMENTS).map(([payment, { word }]) => (
          <option key={payment} value={payment}>
            {word}
          </option>
        ))}
      </Choice>
      <Field
        label="Placed on"
        type="date"
        value={value.date}
        onChange={({ target }) => set({ date: target.value })}
      />
    </search>
  );
}
