import type { CartLineView, CartView, LineIssue } from '@comanda/client';
import { comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { price } from '../../house/figures.ts';
import { here, useRestaurant } from '../../house/restaurant.ts';
import { Button } from '../../parts/button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { isNews } from './blocked.ts';
import { keepCart } from './cart-data.ts';
import { clockOrDay } from './moment.ts';

interface LineIssuesProps {
  line: CartLineView;
  currency: string;
  /** Opens the choice of options anew. */
  change: { run: () => void; busy: boolean };
}

/** What is the matter with a line, and beside each a way to mend it. */
export function LineIssues({ line, currency, change }: LineIssuesProps) {
  const set = useDoing({
    call: async (quantity: number) =>
      keepCart(await comanda.cart.setQuantity.mutate({ ...here(), key: line.key, quantity })),
  });
  if (line.issues.length === 0) return null;
  return (
    <ul className="cart-issues">
      {line.issues.map((issue) => (
        <li key={issue.code} className={`notice is-${isNews(issue) ? 'warn' : 'bad'}`}>
          <p>{told(issue, currency)}</p>
          {issue.code === 'SOLD_OUT' && issue.left > 0 && (
            <Button busy={set.busy} onClick={() => set.run(issue.left)}>
              Take {issue.left}
            </Button>
          )}
          {issue.code === 'PRICE_CHANGED' && (
            <Button busy={set.busy} onClick={() => set.run(line.quantity)}>
              Fine, {price(issue.new, currency)}
            </Button>
          )}
          {issue.code === 'OPTION_INVALID' && (
            <Button busy={change.busy} onClick={change.run}>
              Choose again
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

function told(issue: LineIssue, currency: string): string {
  switch (issue.code) {
    case 'SOLD_OUT':
      return issue.left > 0
        ? `Only ${issue.left} left. Take fewer, or remove it.`
        : 'Sold out. Remove it to go on.';
    case 'OFF_MENU_TIME':
      return 'Not served at this hour. Remove it, or come back later.';
    case 'PRICE_CHANGED':
      return `Costs ${price(issue.new, currency)} now; it was ${price(issue.old, currency)}.`;
    case 'OPTION_INVALID':
      return 'Something that you chose with it cannot be had any more.';
  }
}

/** What keeps the cart as a whole from being ordered. */
export function CartIssues({ cart }: { cart: CartView }) {
  const { restaurant } = useRestaurant();
  return cart.issues.map((issue) => (
    <Notice key={issue.code} kind="warn">
      {issue.code === 'CLOSED' ? (
        <p>
          {restaurant?.standing.paused ? 'No orders are taken right now' : 'We are closed now'}
          {issue.until && `, until ${clockOrDay(issue.until, restaurant?.timeZone)}`}. Your cart
          stays as it is.
        </p>
      ) : (
        <p>
          {price(issue.minimum - issue.subtotal, cart.currency)} more, please: we take orders from{' '}
          {price(issue.minimum, cart.currency)} on.
        </p>
      )}
    </Notice>
  ));
}
