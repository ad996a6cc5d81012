import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch, useLocation, useSearch } from 'wouter';
import { chosenRestaurant, useRestaurant } from '../house/restaurant.ts';
import { useWho } from '../house/who.ts';
import { Header, type Place } from '../parts/header.tsx';
import { NoPage } from '../parts/no-page.tsx';
import { Waiting } from '../parts/notice.tsx';
import { Cart } from './cart/cart.tsx';
import { Menu } from './menu/menu.tsx';

const Checkout = lazy(() => import('./checkout/checkout.tsx'));
const Orders = lazy(() => import('./orders/orders.tsx'));
const Reserve = lazy(() => import('./reserve/reserve.tsx'));
const Account = lazy(() => import('./account/account.tsx'));
const At = lazy(() => import('./at/at.tsx'));

/** What guests see. */
export function Shop() {
  const { mustChoose } = useRestaurant();
  const places = usePlaces();
  const [at] = useLocation();
  const search = useSearch();
  const isFreeOf = at.startsWith('/at') || at.startsWith('/account');
  if (mustChoose && !isFreeOf) {
    return <Redirect to={`/at?to=${encodeURIComponent(`${at}?${search}`)}`} replace />;
  }
  return (
    <>
      <Header home="/" places={places} />
      <Cart />
      <Suspense fallback={<Waiting />}>
        <Switch>
          <Route path="/" component={Menu} />
          <Route path="/dish/:slug" component={Menu} />
          <Route path="/checkout" component={Checkout} />
          <Route path="/orders/*?" component={Orders} />
          <Route path="/reserve/*?" component={Reserve} />
          <Route path="/account/*?" component={Account} />
          <Route path="/at/*?" component={At} />
          <Route component={NoPage} />
        </Switch>
      </Suspense>
    </>
  );
}

function usePlaces(): Place[] {
  const who = useWho();
  const places = [
    { to: '/', name: 'Menu' },
    { to: '/reserve', name: 'Reserve' },
  ];
  if (who) places.push({ to: '/orders', name: 'Orders' });
  // Whoever had to choose one may choose another.
  if (chosenRestaurant() !== undefined) places.push({ to: '/at', name: 'Restaurants' });
  return places;
}
