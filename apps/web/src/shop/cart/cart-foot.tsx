import type { CartView } from '@comanda/client';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { price } from '../../house/figures.ts';
import { Button } from '../../parts/button.tsx';
import { blockedBy } from './blocked.ts';
import { useReplacing } from './over.ts';
import { settle, usePending } from './quantities.ts';

/** What it comes to, and the way on. */
export function CartFoot({ cart, close }: { cart: CartView; close: () => void }) {
  const { wanted } = usePending();
  const [at] = useLocation();
  const replace = useReplacing();
  const [busy, setBusy] = useState(false);
  const why = blockedBy(cart);
  const onward = async () => {
    setBusy(true);
    // What was pressed a moment ago is part of the order.
    await settle();
    if (at === '/checkout') close();
    else replace('/checkout');
  };
  return (
    <div className="cart-foot">
      <p className="row is-apart">
        <strong>Subtotal</strong>
        <strong className="amount" aria-busy={wanted.size > 0}>
          {wanted.size > 0 ? 'Just a moment …' : price(cart.subtotal, cart.currency)}
        </strong>
      </p>
      {why !== undefined && (
        <p id="cart-why" className="aside">
          {why}
        </p>
      )}
      <Button
        kind="main"
        busy={busy}
        aria-disabled={why !== undefined}
        aria-describedby={why === undefined ? undefined : 'cart-why'}
        onClick={() => {
          if (why === undefined) void onward();
        }}
      >
        Go to checkout
      </Button>
    </div>
  );
}
