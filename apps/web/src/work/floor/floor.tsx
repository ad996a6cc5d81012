import { Route, Switch } from 'wouter';
import { NoPage } from '../../parts/no-page.tsx';
import { OneTable } from './one-table.tsx';
import { Tables } from './tables.tsx';
import { TakeOrder } from './take-order.tsx';

/** What waiters do: tables, their orders, and what waits at the counter. */
export function Floor() {
  return (
    <Switch>
      <Route path="/work/floor" component={Tables} />
      <Route path="/work/floor/table/:id">{({ id }) => <OneTable key={id} tableId={id} />}</Route>
      <Route path="/work/floor/table/:id/take">
        {({ id }) => <TakeOrder key={id} tableId={id} />}
      </Route>
      <Route component={NoPage} />
    </Switch>
  );
}
