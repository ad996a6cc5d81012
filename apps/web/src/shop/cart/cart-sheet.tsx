import type { CartLineView, CartView } from '@comanda/client';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { inWords } from '../../house/wording.ts';
import { Button, ButtonLink } from '../../parts/button.tsx';
import { Notice, Nothing, Problem, Waiting } from '../../parts/notice.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { CartFoot } from './cart-foot.tsx';
import { CartLine } from './cart-line.tsx';
import { freshCart, useCart } from './cart-data.ts';
import { CartIssues } from './issues.tsx';
import { useClosing } from './over.ts';
import { settle, usePending } from './quantities.ts';
import { Removed } from './removed.tsx';

/** The cart, beside the page. */
export default function CartSheet() {
  const [at] = useLocation();
  const close = useClosing(at);
  const { data: cart, error, refetch } = useCart();
  useEffect(() => {
    // Prices and what is left may have changed since it was read.
    freshCart().catch(() => null);
    return () => void settle();
  }, []);
  return (
    <Sheet open onClose={close} title="Your cart" wide>
      <div className="cart">
        {error && <Problem error={error} retry={() => void refetch()} />}
        {cart === undefined && !error && <Waiting />}
        {cart === null && <EmptyCart close={close} />}
        {cart && <Filled cart={cart} close={close} />}
      </div>
    </Sheet>
  );
}

function Filled({ cart, close }: { cart: CartView; close: () => void }) {
  const { wrong } = usePending();
  const [removed, setRemoved] = useState<CartLineView[]>([]);
  const bring = (line: CartLineView) => setRemoved((gone) => gone.filter((one) => one !== line));
  return (
    <>
      {wrong !== null && <Notice kind="bad">{inWords(wrong)}</Notice>}
      <ul className="cart-lines">
        {cart.lines.map((line) => (
          <CartLine
            key={line.key}
            line={line}
            currency={cart.currency}
            onRemoved={() => setRemoved((gone) => [...gone, line])}
          />
        ))}
        {removed.map((line) => (
          <Removed key={line.key} line={line} onBack={() => bring(line)} />
        ))}
      </ul>
      {cart.lines.length === 0 ? (
        <EmptyCart close={close} />
      ) : (
        <>
          <CartIssues cart={cart} />
          <CartFoot cart={cart} close={close} />
        </>
      )}
    </>
  );
}

function EmptyCart({ close }: { close: () => void }) {
  const [at] = useLocation();
  return (
    <Nothing>
      <p>There is nothing in your cart yet.</p>
      {at === '/' ? (
        <Button onClick={close}>Look at the menu</Button>
      ) : (
        <ButtonLink to="/">Look at the menu</ButtonLink>
      )}
    </Nothing>
  );
}
