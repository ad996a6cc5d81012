import './orders.css';
import { Route, Switch } from 'wouter';
import { NoPage } from '../../parts/no-page.tsx';
import { OrderList } from './order-list.tsx';
import { OneOrder } from './one-order.tsx';

export default function Orders() {
  return (
    <Switch>
      <Route path="/orders" component={OrderList} />
      <Route path="/orders/:id">{({ id }) => <OneOrder key={id} orderId={id} />}</Route>
      <Route component={NoPage} />
    </Switch>
  );
}
