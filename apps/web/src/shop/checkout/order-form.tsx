import { type CartView, refusedWith, type RestaurantDetail } from '@comanda/client';
import type { FormEvent } from 'react';
import { Link } from 'wouter';
import { price } from '../../house/figures.ts';
import { here } from '../../house/restaurant.ts';
import type { Who } from '../../house/who.ts';
import { Button } from '../../parts/button.tsx';
import { blockedBy } from '../cart/blocked.ts';
import { CartIssues } from '../cart/issues.tsx';
import { OVER } from '../cart/over.ts';
import { Details } from './details.tsx';
import { type Draft, saidIn, useDraft } from './draft.ts';
import { OrderRefused } from './order-refused.tsx';
import type { Ordering } from './ordering.ts';
import { useTaxedLines } from './rates.ts';
import { Summary } from './summary.tsx';
import { TipChoice } from './tip-choice.tsx';
import { totalsOf } from './totals.ts';
import { Way } from './way.tsx';

interface FormProps {
  restaurant: RestaurantDetail;
  cart: CartView;
  who: Who | null;
  ordering: Ordering;
}

/** All that an order needs, what it comes to, and the button that sends it. */
export function OrderForm({ restaurant, cart, who, ordering }: FormProps) {
  const { currency, ordering: terms } = restaurant;
  const { refusal, order } = ordering;
  const [draft, setDraft] = useDraft();
  const change = (changes: Partial<Draft>) => {
    ordering.forgetRefusal();
    setDraft(changes);
  };
  const [first = 'pickup'] = terms.types;
  const type = draft.type && terms.types.includes(draft.type) ? draft.type : first;
  const lines = useTaxedLines(cart, !terms.taxInclusive);
  const totals = lines && totalsOf(lines, terms, { type, tip: draft.tip });
  const blocked = blockedBy(cart);
  const named = { ...draft, customerName: draft.customerName || nameOf(who) };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!totals || blocked !== undefined) return;
    const { total: expectedTotal } = totals;
    order({ ...here(), cartVersion: cart.version, expectedTotal, ...saidIn(named, type) });
  };
  return (
    <form onSubmit={submit} className="checkout">
      <div className="checkout-asks">
        {!who && (
          <p className="aside">
            <Link href="/sign-in?to=/checkout">Sign in</Link> to find your orders again; you may
            also go on as a guest.
          </p>
        )}
        <Way restaurant={restaurant} type={type} onChange={(way) => change({ type: way })} />
        <Details draft={named} type={type} refusal={refusal} onChange={change} />
        <TipChoice
          tip={draft.tip}
          subtotal={cart.subtotal}
          currency={currency}
          onChange={(tip) => change({ tip })}
        />
      </div>
      <div className="checkout-bill card">
        <Summary cart={cart} totals={totals} taxInclusive={terms.taxInclusive} />
        <CartIssues cart={cart} />
        <OrderRefused refusal={refusal} currency={currency} order={order} />
        {/* A new price is asked about in so many words. */}
        {!refusedWith(refusal, 'PRICE_CHANGED') && (
          <Place
            blocked={blocked}
            total={totals && price(totals.total, currency)}
            busy={ordering.placing.isAsking}
          />
        )}
        <p className="hint">You pay {type === 'delivery' ? 'at the door' : 'at the restaurant'}.</p>
      </div>
    </form>
  );
}

function nameOf(who: Who | null): string {
  return who ? `${who.session.user.firstName} ${who.session.user.lastName}`.trim() : '';
}

interface PlaceProps {
  blocked: string | undefined;
  total: string | undefined;
  busy: boolean;
}

function Place({ blocked, total, busy }: PlaceProps) {
  return (
    <>
      {blocked !== undefined && (
        <p id="checkout-why" className="wrong">
          {blocked}{' '}
          <Link href="/checkout?cart" state={OVER}>
            To the cart
          </Link>
        </p>
      )}
      <Button
        kind="main"
        type="submit"
        busy={busy}
        aria-disabled={blocked !== undefined || total === undefined}
        aria-describedby={blocked === undefined ? undefined : 'checkout-why'}
      >
        {busy ? 'Sending your order …' : 'Place order'}
        {!busy && total !== undefined && <span className="amount">{total}</span>}
      </Button>
    </>
  );
}
