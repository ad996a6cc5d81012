import type { OrderType, RestaurantDetail } from '@comanda/client';
import { price, span } from '../../house/figures.ts';

export const WAYS: Record<OrderType, string> = {
  dine_in: 'Eat here',
  pickup: 'Pick up',
  delivery: 'Delivery',
};

interface WayProps {
  restaurant: RestaurantDetail;
  type: OrderType;
  onChange: (type: OrderType) => void;
}

/** How the food gets to its guest, of the ways that the restaurant offers. */
export function Way({ restaurant, type, onChange }: WayProps) {
  const { types, prepMinutes } = restaurant.ordering;
  return (
    <fieldset className="checkout-choice">
      <legend>How would you like it?</legend>
      <div className="checkout-chips">
        {types.map((way) => (
          <label key={way} className={way === type ? 'checkout-chip is-chosen' : 'checkout-chip'}>
            <input type="radio" name="way" checked={way === type} onChange={() => onChange(way)} />
            <span>{WAYS[way]}</span>
          </label>
        ))}
      </div>
      <p className="hint">{about(type, restaurant)}</p>
      {prepMinutes > 0 && (
        <p className="hint">Ready in about {span(prepMinutes * 60_000)} once it is confirmed.</p>
      )}
    </fieldset>
  );
}

function about(type: OrderType, { name, address, ordering, currency }: RestaurantDetail): string {
  switch (type) {
    case 'dine_in':
      return ordering.serviceChargeBps > 0
        ? `Served at your table; a service charge of ${ordering.serviceChargeBps / 100} % is added.`
        : 'Served at your table.';
    case 'pickup':
      return `You fetch it at ${name}${address ? `, ${address}` : ''}.`;
    case 'delivery':
      return ordering.deliveryFee > 0
        ? `We bring it to you for ${price(ordering.deliveryFee, currency)}.`
        : 'We bring it to you, free of charge.';
  }
}
