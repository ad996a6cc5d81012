import './cart.css';
import { lazy, Suspense } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { price } from '../../house/figures.ts';
import { readAttempt } from '../checkout/attempt.ts';
import { useCart } from './cart-data.ts';
import { OVER } from './over.ts';

const CartSheet = lazy(() => import('./cart-sheet.tsx'));

/** The cart, on every page for guests: how full it is, and with `?cart` the cart itself. */
export function Cart() {
  const isOpen = new URLSearchParams(useSearch()).has('cart');
  return (
    <>
      <CartBar />
      {isOpen && (
        <Suspense fallback={null}>
          <CartSheet />
        </Suspense>
      )}
    </>
  );
}

function CartBar() {
  const { data: cart } = useCart();
  const [at] = useLocation();
  const isFull = !!cart && cart.itemCount > 0;
  const isAsking = readAttempt() !== undefined;
  const isShown = at !== '/checkout' && (isFull || isAsking);
  return (
    <aside className={isShown ? 'cart-bar is-shown' : 'cart-bar'} aria-label="Cart">
      {isShown && isAsking && (
        <Link href="/checkout" className="button cart-bar-asking">
          Your order: no answer yet
        </Link>
      )}
      {isShown && isFull && (
        <Link href={`${at}?cart`} state={OVER} className="button is-main cart-bar-open">
          <span>View cart</span>
          <span className="cart-bar-count">{cart.itemCount}</span>
          <span className="amount">{price(cart.subtotal, cart.currency)}</span>
        </Link>
      )}
      <p className="unseen" role="status">
        {isFull && `${cart.itemCount} in the cart, ${price(cart.subtotal, cart.currency)}`}
      </p>
    </aside>
  );
}
