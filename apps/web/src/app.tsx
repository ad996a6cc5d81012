import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { kept } from './house/comanda.ts';
import { Waiting } from './parts/notice.tsx';
import { Toasts } from './parts/toasts.tsx';
import { Broken } from './parts/broken.tsx';
import { Shop } from './shop/shop.tsx';

// Each room is loaded when somebody enters it: guests do not wait for the back office.
const Kitchen = lazy(() => import('./kitchen/kitchen.tsx'));
const Office = lazy(() => import('./office/office.tsx'));
const Work = lazy(() => import('./work/work.tsx'));
const SignIn = lazy(() => import('./sign-in/sign-in.tsx'));

export function App() {
  return (
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={kept}>
        <Toasts>
          <a className="skip" href="#main">
            Skip to the content
          </a>
          <Broken>
            <Suspense fallback={<Waiting />}>
              <Rooms />
            </Suspense>
          </Broken>
        </Toasts>
      </QueryClientProvider>
    </CSPProvider>
  );
}

function Rooms() {
  return (
    <Switch>
      <Route path="/kitchen/*?" component={Kitchen} />
      <Route path="/office/*?" component={Office} />
      <Route path="/work/*?" component={Work} />
      <Route path="/sign-in" component={SignIn} />
      <Route>
        <Shop />
      </Route>
    </Switch>
  );
}
