import './work.css';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { useMay, useWho, worksHere } from '../house/who.ts';
import { ButtonLink } from '../parts/button.tsx';
import { Header, type Place } from '../parts/header.tsx';
import { NoPage } from '../parts/no-page.tsx';
import { Nothing, Waiting } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { Deliveries } from './deliveries/deliveries.tsx';
import { Floor } from './floor/floor.tsx';
import { Shifts } from './shifts/shifts.tsx';
import { Tasks } from './tasks/tasks.tsx';
import { Today } from './today.tsx';

/** The room of whoever works here, made for the phone in their pocket. */
export default function Work() {
  const who = useWho();
  const may = useMay();
  const [at] = useLocation();
  if (who === undefined) return <Waiting />;
  if (who === null) return <Redirect to={`/sign-in?to=${at}`} replace />;
  if (!worksHere(who)) return <NotStaff />;
  const serves = may('order.take');
  const delivers = may('order.deliver');
  const places: Place[] = [
    { to: '/work', name: 'Today' },
    { to: '/work/shifts', name: 'Shifts' },
    { to: '/work/tasks', name: 'Tasks' },
  ];
  if (serves) places.push({ to: '/work/floor', name: 'Tables' });
  if (delivers) places.push({ to: '/work/deliveries', name: 'Deliveries' });
  return (
    <>
      <Header home="/work" places={places} />
      <Switch>
        <Route path="/work" component={Today} />
        <Route path="/work/shifts" component={Shifts} />
        <Route path="/work/tasks" component={Tasks} />
        {serves && <Route path="/work/floor/*?" component={Floor} />}
        {delivers && <Route path="/work/deliveries" component={Deliveries} />}
        <Route component={NoPage} />
      </Switch>
    </>
  );
}

function NotStaff() {
  return (
    <>
      <Header home="/" places={[{ to: '/', name: 'Menu' }]} />
      <Page title="Work">
        <Nothing>
          <p>This page is for people who work here. Were you invited? Your account tells.</p>
          <ButtonLink to="/account/work" kind="main">
            To your account
          </ButtonLink>
        </Nothing>
      </Page>
    </>
  );
}
