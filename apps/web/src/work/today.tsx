import { ButtonLink } from '../parts/button.tsx';
import { Page } from '../parts/page.tsx';
import { useMay } from '../house/who.ts';
import { Clock } from './clock/clock.tsx';
import { NextShifts } from './shifts/next-shifts.tsx';
import { OpenTasks } from './tasks/open-tasks.tsx';

/** What one wants to know when one takes the phone out: am I clocked in, what is next. */
export function Today() {
  const may = useMay();
  return (
    <Page title="Today">
      <Clock />
      {(may('order.take') || may('order.deliver')) && (
        <div className="row">
          {may('order.take') && <ButtonLink to="/work/floor">Tables and orders</ButtonLink>}
          {may('order.deliver') && <ButtonLink to="/work/deliveries">Deliveries</ButtonLink>}
        </div>
      )}
      <NextShifts />
      <OpenTasks />
    </Page>
  );
}
