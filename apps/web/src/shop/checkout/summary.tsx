import type { CartView } from '@comanda/client';
import { Link } from 'wouter';
import { price } from '../../house/figures.ts';
import { OVER } from '../cart/over.ts';
import type { Totals } from './totals.ts';

interface SummaryProps {
  cart: CartView;
  /** Nothing as long as the taxes are not known. */
  totals: Totals | undefined;
  taxInclusive: boolean;
}

/** What is ordered, and how it adds up. */
export function Summary({ cart, totals, taxInclusive }: SummaryProps) {
  const money = (amount: number) => price(amount, cart.currency);
  const row = (name: string, amount: number) => (
    <div className="row is-apart">
      <dt>{name}</dt>
      <dd className="amount">{money(amount)}</dd>
    </div>
  );
  return (
    <>
      <div className="row is-apart">
        <h2>Your order</h2>
        <Link href="/checkout?cart" state={OVER}>
          Change
        </Link>
      </div>
      <ul className="checkout-lines">
        {cart.lines.map(({ key, quantity, name, total, issues }) => (
          <li key={key} className={issues.length > 0 ? 'checkout-line is-marked' : 'checkout-line'}>
            <span>
              {quantity} × {name}
            </span>
            <span className="amount">{money(total)}</span>
          </li>
        ))}
      </ul>
      <dl className="checkout-sums" aria-busy={!totals}>
        {totals && (
          <>
            {row('Subtotal', totals.subtotal)}
            {totals.serviceCharge > 0 && row('Service', totals.serviceCharge)}
            {totals.deliveryFee > 0 && row('Delivery', totals.deliveryFee)}
            {!taxInclusive && row('Tax', totals.tax)}
            {totals.tip > 0 && row('Tip', totals.tip)}
            <div className="row is-apart checkout-total">
              <dt>Total</dt>
              <dd className="amount">{money(totals.total)}</dd>
            </div>
          </>
        )}
      </dl>
      {taxInclusive && <p className="hint">Tax is included.</p>}
    </>
  );
}
