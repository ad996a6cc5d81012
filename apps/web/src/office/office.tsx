import './office.css';
import { type ComponentType, lazy, Suspense } from 'react';
import { Link, Redirect, Route, Switch, useLocation, useSearch } from 'wouter';
import { useMay, useWho, worksHere } from '../house/who.ts';
import { Header } from '../parts/header.tsx';
import { NoPage } from '../parts/no-page.tsx';
import { Notice, Waiting } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';

interface Desk {
  at: string;
  name: string;
  /** Any of these opens it. */
  needs: string[];
  page: ComponentType;
}

/** The back office: every desk, and the capabilities of which one opens it. */
const DESKS: Desk[] = [
  {
    at: 'today',
    name: 'Today',
    needs: ['report.read'],
    page: lazy(() => import('./dashboard/dashboard.tsx')),
  },
  {
    at: 'orders',
    name: 'Orders',
    needs: ['order.read'],
    page: lazy(() => import('./orders/orders.tsx')),
  },
  {
    at: 'menu',
    name: 'Menu',
    needs: ['menu.write', 'menu.availability', 'inventory.manage', 'category.write'],
    page: lazy(() => import('./menu/menu.tsx')),
  },
  {
    at: 'tables',
    name: 'Tables',
    needs: ['table.read'],
    page: lazy(() => import('./tables/tables.tsx')),
  },
  {
    at: 'reservations',
    name: 'Reservations',
    needs: ['reservation.read'],
    page: lazy(() => import('./reservations/reservations.tsx')),
  },
  {
    at: 'people',
    name: 'People',
    needs: ['staff.read'],
    page: lazy(() => import('./people/people.tsx')),
  },
  {
    at: 'shifts',
    name: 'Shifts',
    needs: ['shift.schedule', 'staff.read'],
    page: lazy(() => import('./shifts/shifts.tsx')),
  },
  {
    at: 'timesheets',
    name: 'Timesheets',
    needs: ['timesheet.edit'],
    page: lazy(() => import('./timesheets/timesheets.tsx')),
  },
  {
    at: 'recipes',
    name: 'Recipes',
    needs: ['recipe.read'],
    page: lazy(() => import('./recipes/recipes.tsx')),
  },
  {
    at: 'audit',
    name: 'Audit',
    needs: ['audit.read'],
    page: lazy(() => import('./audit/audit.tsx')),
  },
  {
    at: 'quotas',
    name: 'Quotas',
    needs: ['report.read', 'quota.set'],
    page: lazy(() => import('./quotas/quotas.tsx')),
  },
  {
    at: 'restaurant',
    name: 'Restaurant',
    needs: ['settings'],
    page: lazy(() => import('./restaurant/restaurant.tsx')),
  },
];

/** Every role sees the desks it may sit at, and no others. */
export default function Office() {
  const who = useWho();
  const may = useMay();
  const [at] = useLocation();
  const to = `${at}?${useSearch()}`;
  if (who === undefined) return <Waiting />;
  if (who === null) return <Redirect to={`/sign-in?to=${encodeURIComponent(to)}`} replace />;
  const open = DESKS.filter(({ needs }) => worksHere(who) && needs.some((one) => may(one)));
  const [first] = open;
  return (
    <>
      <Header home="/office" places={[]} />
      <div className="office">
        <Desks desks={open} />
        <Suspense fallback={<Waiting />}>
          <Switch>
            {open.map((desk) => (
              <Route key={desk.at} path={`/office/${desk.at}/*?`} component={desk.page} />
            ))}
            <Route path="/office">
              {first ? (
                <Redirect to={`/office/${first.at}`} replace />
              ) : (
                <Notice>The office is for people who work here.</Notice>
              )}
            </Route>
            {DESKS.map((desk) => (
              <Route key={desk.at} path={`/office/${desk.at}/*?`}>
                <Page title={desk.name}>
                  <Notice>This desk is not open to your role.</Notice>
                </Page>
              </Route>
            ))}
            <Route component={NoPage} />
          </Switch>
        </Suspense>
      </div>
    </>
  );
}

function Desks({ desks }: { desks: Desk[] }) {
  const [at] = useLocation();
  return (
    <nav className="desks" aria-label="Office">
      {desks.map((desk) => {
        const to = `/office/${desk.at}`;
        const isHere = at === to || at.startsWith(`${to}/`);
        return (
          <Link key={to} href={to} aria-current={isHere ? 'page' : undefined}>
            {desk.name}
          </Link>
        );
      })}
    </nav>
  );
}
