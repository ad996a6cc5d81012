import { type OrderView, refusedWith } from '@comanda/client';
import { skipToken, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { calls, comanda, kept } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { useKeys } from '../../house/once.ts';
import { here, useRestaurant } from '../../house/restaurant.ts';
import { useWho } from '../../house/who.ts';
import { inWords } from '../../house/wording.ts';
import { Ask } from '../../parts/ask.tsx';
import { Button } from '../../parts/button.tsx';
import { TextField } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';

/** Calling it off, as long as the service lets one. Without an account one calls the restaurant. */
export function Cancelling({ order }: { order: OrderView }) {
  const who = useWho();
  const { restaurant } = useRestaurant();
  const [isAsked, setIsAsked] = useState(false);
  const isEarly = order.state === 'pending' || order.state === 'confirmed';
  const { data } = useQuery(
    calls.orders.nextStates.queryOptions(
      who && order.closedAt === null ? { ...here(), orderId: order.id } : skipToken,
    ),
  );
  const way = data?.items.find(({ to }) => to === 'cancelled');
  if ((way && order.closedAt === null) || isAsked) {
    return (
      <>
        <Button kind="danger" onClick={() => setIsAsked(true)}>
          Cancel the order
        </Button>
        {/* Stays when it is too late by now: the service says so to whoever presses. */}
        {isAsked && (
          <CallOff
            order={order}
            needsReason={way?.needsReason ?? false}
            onClose={() => setIsAsked(false)}
          />
        )}
      </>
    );
  }
  if (who === null && isEarly && restaurant?.phone) {
    return <p className="aside">To cancel it, call {restaurant.phone}.</p>;
  }
  return null;
}

interface CallOffProps {
  order: OrderView;
  needsReason: boolean;
  onClose: () => void;
}

function CallOff({ order, needsReason, onClose }: CallOffProps) {
  const [reason, setReason] = useState('');
  const keys = useKeys();
  const named = { ...here(), orderId: order.id };
  const said = { ...named, expectedVersion: order.version, ...(reason.trim() && { reason }) };
  const { run, busy, error } = useDoing({
    call: () => comanda.orders.cancel.mutate(keys.keyed(said)),
    said: 'The order is cancelled.',
    touches: ['orders'],
    onDone: (cancelled) => {
      keys.answered();
      kept.setQueryData(calls.orders.show.queryKey(named), cancelled);
      onClose();
    },
    onRefused: () => true,
  });
  return (
    <Ask
      open
      onClose={onClose}
      title={`Cancel order ${order.number}?`}
      yes="Cancel it"
      busy={busy}
      onYes={run}
    >
      <p>The kitchen will not cook it. This cannot be taken back.</p>
      <TextField
        label={needsReason ? 'Why' : 'Why, if you like'}
        maxLength={300}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      {error !== null && <Notice kind="bad">{whyNot(error)}</Notice>}
    </Ask>
  );
}

function whyNot(error: unknown): string {
  if (refusedWith(error, 'FORBIDDEN') || refusedWith(error, 'ILLEGAL_TRANSITION')) {
    return 'It is too late for that here: the kitchen has begun. Call the restaurant.';
  }
  if (refusedWith(error, 'VERSION_CONFLICT')) {
    return 'The order moved on just now. Look at it, and ask again if you still want to.';
  }
  if (refusedWith(error, 'ORDER_UNREADY')) return 'Please say why.';
  return inWords(error);
}
