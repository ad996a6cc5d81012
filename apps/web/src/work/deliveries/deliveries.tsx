import { type OrderCard, refusedWith } from '@comanda/client';
import { comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { clockTime, price } from '../../house/figures.ts';
import { useWho } from '../../house/who.ts';
import { useWorkplace } from '../../house/workplace.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Lamp } from '../../parts/lamp.tsx';
import { Notice, Problem, Waiting } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { OffShift, OffShiftRefused } from '../clock/off-shift.tsx';
import { HouseOrder } from '../orders/house-order.tsx';
import { took, useOpenOrders } from '../orders/open-orders.ts';
import { orderRefusal, STATES, TONES } from '../orders/words.ts';

/** What waits for a rider, and what one rides with. */
export function Deliveries() {
  const who = useWho();
  const { orders, liveness, error, retry } = useOpenOrders();
  const own = who?.session.user.id;
  const isCrew = who?.own.role === 'delivery_crew';
  const deliveries = orders?.filter(({ type }) => type === 'delivery');
  // Whoever leads the house sees them all, and helps out with any.
  const mine = deliveries?.filter(({ assigneeId }) =>
    isCrew ? assigneeId === own : assigneeId !== null,
  );
  const waiting = deliveries?.filter(({ assigneeId }) => assigneeId === null);
  return (
    <Page title="Deliveries" actions={<Lamp liveness={liveness} />}>
      <OffShift capability="order.deliver" />
      {error !== null && <Problem error={error} retry={retry} />}
      {!deliveries && error === null && <Waiting />}
      {mine && (
        <section className="stack" aria-labelledby="work-mine">
          <h2 id="work-mine">{isCrew ? 'Yours' : 'With a rider'}</h2>
          {mine.length === 0 && <p className="aside">None at the moment.</p>}
          {mine.map((card) => (
            <HouseOrder key={card.id} card={card} />
          ))}
        </section>
      )}
      {waiting && (
        <section className="stack" aria-labelledby="work-waiting">
          <h2 id="work-waiting">Waiting for somebody</h2>
          {waiting.length === 0 && <p className="aside">Nothing waits.</p>}
          <ul className="stack">
            {waiting.map((card) => (
              <Waits key={card.id} card={card} mayClaim={isCrew} />
            ))}
          </ul>
        </section>
      )}
    </Page>
  );
}

function Waits({ card, mayClaim }: { card: OrderCard; mayClaim: boolean }) {
  const { place } = useWorkplace();
  const { id: orderId, number, state, units, total, currency, promisedAt, payment } = card;
  const { run, busy, error } = useDoing({
    call: () => comanda.orders.claim.mutate({ orderId }),
    onDone: took,
    onRefused: () => true,
  });
  return (
    <li className="card work-order">
      <p className="row">
        <strong>Order {number}</strong>
        <Badge tone={TONES[state]}>{STATES[state]}</Badge>
        <span className="aside">
          {units} {units === 1 ? 'item' : 'items'}, {price(total, currency)}
          {payment === 'paid' ? ', paid' : ', to be paid'}
          {promisedAt && `, promised for ${clockTime(promisedAt, place?.timeZone)}`}
        </span>
      </p>
      {mayClaim && (
        <div>
          <Button
            kind="main"
            busy={busy}
            aria-label={`Take it: order ${number}`}
            onClick={() => run()}
          >
            Take it
          </Button>
        </div>
      )}
      <OffShiftRefused error={error} />
      {error !== null && !refusedWith(error, 'OFF_SHIFT') && (
        <Notice kind="bad">{orderRefusal(error)}</Notice>
      )}
    </li>
  );
}
