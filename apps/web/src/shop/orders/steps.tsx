import type { OrderState, OrderView } from '@comanda/client';
import { clockTime } from '../../house/figures.ts';
import { Notice } from '../../parts/notice.tsx';
import { stateInWords, WAYS } from './states.ts';

interface StepsProps {
  order: OrderView;
  timeZone: string | undefined;
}

/** The whole way of an order in one line: what is done, where it is, what is to come. */
export function Steps({ order, timeZone }: StepsProps) {
  const { type, state, history } = order;
  if (state === 'cancelled') return <CalledOff order={order} />;
  const way = WAYS[type];
  const at = way.indexOf(state);
  return (
    <ol className="orders-steps" aria-label="Steps">
      {way.map((step, index) => {
        const isNow = index === at;
        const when = index <= at ? cameTo(step, { history, order }) : undefined;
        return (
          <li
            key={step}
            className={isNow ? 'is-now' : index < at ? 'is-done' : undefined}
            aria-current={isNow ? 'step' : undefined}
          >
            <span>{stateInWords(step, type)}</span>
            <span className="aside amount">{when ? clockTime(when, timeZone) : ' '}</span>
            {index < at && <span className="unseen">done</span>}
          </li>
        );
      })}
    </ol>
  );
}

function CalledOff({ order: { history } }: { order: OrderView }) {
  const reason = history.findLast(({ to }) => to === 'cancelled')?.reason;
  return (
    <Notice kind="warn">
      <p>Cancelled{reason ? `: ${reason}` : '.'}</p>
    </Notice>
  );
}

/** When it came there last: a dish may go back to the kitchen. */
function cameTo(
  step: OrderState,
  { history, order }: { history: OrderView['history']; order: OrderView },
): Date | undefined {
  if (step === 'pending') return order.placedAt;
  return history.findLast(({ to }) => to === step)?.at;
}
