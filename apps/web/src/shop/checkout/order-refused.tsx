import { type CallError, type PlaceOrder, refusedWith } from '@comanda/client';
import { Link } from 'wouter';
import { price } from '../../house/figures.ts';
import { inWords } from '../../house/wording.ts';
import { Button, ButtonLink } from '../../parts/button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { OVER } from '../cart/over.ts';
import { WAYS } from './way.tsx';

interface RefusedProps {
  refusal: CallError | undefined;
  currency: string;
  order: (asked: Partial<PlaceOrder>) => void;
}

/** Why nothing was ordered, and how to go on. */
export function OrderRefused({ refusal, currency, order }: RefusedProps) {
  if (!refusal) return null;
  if (refusedWith(refusal, 'PRICE_CHANGED')) {
    const { expected, total } = refusal.details;
    return (
      <Notice kind="bad">
        <p>
          It costs {price(total, currency)} now; it was {price(expected, currency)} a moment ago.
          Nothing was ordered.
        </p>
        <Button kind="main" onClick={() => order({ expectedTotal: total })}>
          Order for {price(total, currency)}
        </Button>
      </Notice>
    );
  }
  const isCart = refusedWith(refusal, 'SOLD_OUT') || refusedWith(refusal, 'CART_ISSUES');
  return (
    <Notice kind="bad">
      <p>{told(refusal)} Nothing was ordered.</p>
      {isCart && (
        <Link href="/checkout?cart" state={OVER} className="button">
          Mend the cart
        </Link>
      )}
      {refusedWith(refusal, 'CART_EMPTY') && <ButtonLink to="/orders">My orders</ButtonLink>}
    </Notice>
  );
}

function told(refusal: CallError): string {
  if (refusedWith(refusal, 'SOLD_OUT')) {
    const items = refusal.details.items.map(({ name, left }) =>
      left > 0 ? `only ${left} of ${name} left` : `${name} is sold out`,
    );
    return `In the meantime: ${items.join(', ')}.`;
  }
  if (refusedWith(refusal, 'TYPE_NOT_OFFERED')) {
    const ways = refusal.details.offered.map((type) => WAYS[type].toLowerCase());
    return `The restaurant does not take such orders any more; it does ${ways.join(' and ')}.`;
  }
  if (refusedWith(refusal, 'CART_ISSUES')) return 'Something in your cart is not as it was.';
  if (refusedWith(refusal, 'CART_EMPTY')) return 'Your cart was emptied or ordered elsewhere.';
  if (refusedWith(refusal, 'GUEST_TOKEN_INVALID')) return 'Your cart has grown too old.';
  if (refusedWith(refusal, 'VERSION_CONFLICT')) {
    return 'Your cart was changed in another window; here is how it stands now.';
  }
  return inWords(refusal);
}
