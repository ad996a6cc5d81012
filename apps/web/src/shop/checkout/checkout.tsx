import './checkout.css';
import { readAnew } from '../../house/comanda.ts';
import { useRestaurant } from '../../house/restaurant.ts';
import { useWho, type Who } from '../../house/who.ts';
import { ButtonLink } from '../../parts/button.tsx';
import { Nothing, Problem, Waiting } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { useCart } from '../cart/cart-data.ts';
import { type Ordering, useOrdering } from './ordering.ts';
import { OrderForm } from './order-form.tsx';
import { OrderRefused } from './order-refused.tsx';
import { WaitingForWord } from './waiting-for-word.tsx';

/** From a cart to an order. */
export default function Checkout() {
  const who = useWho();
  const by = who === undefined ? undefined : (who?.session.user.id ?? 'guest');
  const ordering = useOrdering(by);
  const { attempt, isInDoubt } = ordering.placing;
  // Whatever else cannot be read: what became of an order comes first.
  const isWaiting = attempt && (isInDoubt || (by !== undefined && attempt.by !== by));
  return (
    <Page title="Checkout">
      {isWaiting ? (
        <WaitingForWord placing={ordering.placing} by={by} />
      ) : (
        <Order who={who} ordering={ordering} />
      )}
    </Page>
  );
}

interface OrderProps {
  who: Who | null | undefined;
  ordering: Ordering;
}

function Order({ who, ordering }: OrderProps) {
  const { restaurant, error: unreachable } = useRestaurant();
  const { data: cart, error } = useCart();
  const wrong = error ?? (restaurant ? null : unreachable);
  if (wrong) return <Problem error={wrong} retry={() => void readAnew(['cart', 'restaurants'])} />;
  if (!restaurant || cart === undefined || who === undefined) return <Waiting rows={4} />;
  if (cart && cart.lines.length > 0) {
    return <OrderForm restaurant={restaurant} cart={cart} who={who} ordering={ordering} />;
  }
  const { refusal, order, placing } = ordering;
  return (
    <>
      <OrderRefused refusal={refusal} currency={restaurant.currency} order={order} />
      {!placing.attempt && (
        <Nothing>
          <p>There is nothing in your cart.</p>
          <ButtonLink to="/">Look at the menu</ButtonLink>
        </Nothing>
      )}
    </>
  );
}
