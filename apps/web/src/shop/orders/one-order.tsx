import { type OrderEvent, type OrderView, refusedWith } from '@comanda/client';
import { useQuery } from '@tanstack/react-query';
import { calls, comanda, kept } from '../../house/comanda.ts';
import { clockTime, dayAndTime } from '../../house/figures.ts';
import { useLive } from '../../house/live.ts';
import { here, useRestaurant } from '../../house/restaurant.ts';
import { ButtonLink } from '../../parts/button.tsx';
import { Lamp } from '../../parts/lamp.tsx';
import { Nothing, Problem, Waiting } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { Again } from './again.tsx';
import { Bill } from './bill.tsx';
import { Cancelling } from './cancelling.tsx';
import { History } from './history.tsx';
import { nowInWords, TYPES } from './states.ts';
import { Steps } from './steps.tsx';

/** What the service says to whoever may not see an order, or has made its address up. */
const NOT_THEIRS = ['NOT_FOUND', 'VALIDATION', 'UNAUTHENTICATED', 'GUEST_TOKEN_INVALID'] as const;

/** One order, followed while it moves. Guests without an account see the one they placed here. */
export function OneOrder({ orderId }: { orderId: string }) {
  const named = { ...here(), orderId };
  const shown = calls.orders.show.queryOptions(named);
  const { data: order, error, refetch } = useQuery(shown);
  const isGone = NOT_THEIRS.some((code) => refusedWith(error, code));
  const refresh = () => {
    void kept.invalidateQueries({ queryKey: shown.queryKey });
    void kept.invalidateQueries({ queryKey: calls.orders.nextStates.queryKey(named) });
  };
  const heard = (event: OrderEvent) => {
    // What the card tells is shown at once; items, payments and history are read.
    if (event.kind === 'changed') {
      kept.setQueryData(shown.queryKey, (known: OrderView | undefined) =>
        known && known.version < event.order.version ? { ...known, ...event.order } : known,
      );
    }
    // Also when the stream begins: what was read before may have moved since.
    refresh();
  };
  const { liveness } = useLive({
    open: (options) => comanda.orders.watch.subscribe(named, options),
    name: isGone ? null : orderId,
    onEvent: heard,
    onGap: refresh,
  });
  if (isGone) return <Unknown />;
  return (
    <Page
      title={order ? `Order ${order.number}` : 'Your order'}
      actions={<Lamp liveness={liveness} />}
    >
      {error && <Problem error={error} retry={() => void refetch()} />}
      {order ? <Shown order={order} /> : !error && <Waiting rows={4} />}
    </Page>
  );
}

function Unknown() {
  return (
    <Page title="No such order">
      <Nothing>
        <p>
          There is no such order, or it is not yours to see. If you ordered with an account, sign
          in; if not, open this page in the browser in which you ordered.
        </p>
        <ButtonLink to="/orders">Your orders</ButtonLink>
      </Nothing>
    </Page>
  );
}

function Shown({ order }: { order: OrderView }) {
  const { restaurant } = useRestaurant();
  const timeZone = restaurant?.timeZone;
  const { state, type, promisedAt, placedAt, closedAt, tableName } = order;
  return (
    <>
      <section className="card orders-now" aria-label="Where it is">
        <p className="orders-sentence" aria-live="polite">
          {nowInWords(state, type)}
        </p>
        {promisedAt && closedAt === null && (
          <p>
            Expected at <strong>{clockTime(promisedAt, timeZone)}</strong>
          </p>
        )}
        <Steps order={order} timeZone={timeZone} />
        <p className="aside">
          {TYPES[type]}
          {tableName !== null && `, table ${tableName}`} · placed {dayAndTime(placedAt, timeZone)} ·
          for {order.customerName}
        </p>
        {order.address !== null && <p className="aside">To {order.address}</p>}
        {order.instructions !== '' && <p className="aside">“{order.instructions}”</p>}
      </section>
      <Bill order={order} timeZone={timeZone} />
      <div className="row">
        <Cancelling order={order} />
        <Again order={order} />
      </div>
      <History order={order} timeZone={timeZone} />
    </>
  );
}
