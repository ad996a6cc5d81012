import { type OrderView, refusedWith } from '@comanda/client';
import { useState } from 'react';
import { comanda } from '../../house/comanda.ts';
import { amountOf, price, typedAmount } from '../../house/figures.ts';
import { useKeys } from '../../house/once.ts';
import { Button } from '../../parts/button.tsx';
import { Choice, Field } from '../../parts/field.tsx';
import { FormCard } from './form-card.tsx';
import { useOrderDoing } from './use-order.ts';

interface MoneyFormProps {
  order: OrderView;
  onClose: () => void;
}

type Method = 'cash' | 'card' | 'other';

export function PaymentForm({ order, onClose }: MoneyFormProps) {
  const keys = useKeys();
  const [method, setMethod] = useState<Method>('card');
  const { run, busy } = useOrderDoing({
    order,
    call: () => {
      const named = { orderId: order.id, expectedVersion: order.version };
      return comanda.orders.recordPayment.mutate(keys.keyed({ ...named, method }));
    },
    said: `${price(order.total, order.currency)} of order #${order.number} is written down as paid.`,
    onDone: () => {
      keys.answered();
      onClose();
    },
  });
  return (
    <FormCard title="Record a payment" onClose={onClose} onSubmit={run}>
      <Choice
        label="How it was paid"
        value={method}
        onChange={({ target }) => setMethod(target.value as Method)}
      >
        <option value="card">Card</option>
        <option value="cash">Cash</option>
        <option value="other">Something else</option>
      </Choice>
      <Button kind="main" type="submit" busy={busy}>
        Paid {price(order.total, order.currency)}
      </Button>
    </FormCard>
  );
}

export function RefundForm({ order, onClose }: MoneyFormProps) {
  const keys = useKeys();
  const refundable = order.paid - order.refunded;
  const [typed, setTyped] = useState(typedAmount(refundable, order.currency));
  const [reason, setReason] = useState('');
  const amount = amountOf(typed, order.currency);
  const { run, busy, error } = useOrderDoing({
    order,
    call: () => {
      const named = { orderId: order.id, expectedVersion: order.version };
      const asked = { ...named, amount: amount ?? 0, reason: reason.trim() };
      return comanda.orders.refund.mutate(keys.keyed(asked));
    },
    said: 'The refund is written down.',
    onDone: () => {
      keys.answered();
      onClose();
    },
    onRefused: (refused) => refusedWith(refused, 'REFUND_TOO_LARGE'),
  });
  const told = refusedWith(error, 'REFUND_TOO_LARGE') ? error.details.refundable : undefined;
  return (
    <FormCard title="Refund" onClose={onClose} onSubmit={() => amount !== undefined && run()}>
      <Field
        label="Amount"
        inputMode="decimal"
        required
        hint={`Up to ${price(refundable, order.currency)}.`}
        wrong={
          amount === undefined
            ? 'An amount such as 12.50.'
            : told === undefined
              ? undefined
              : `No more than ${price(told, order.currency)} is left to be given back.`
        }
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <Field
        label="Why"
        required
        maxLength={300}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      <Button kind="main" type="submit" busy={busy}>
        Give back
      </Button>
    </FormCard>
  );
}

export function DiscountForm({ order, onClose }: MoneyFormProps) {
  const [isShare, setIsShare] = useState(true);
  const [typed, setTyped] = useState('10');
  const [reason, setReason] = useState('');
  const share = Number(typed.trim().replace(',', '.'));
  const isPossible = typed.trim() !== '' && share >= 0 && share <= 100;
  const bps = isPossible ? Math.round(share * 100) : undefined;
  const amount = isShare ? bps : amountOf(typed, order.currency);
  const { run, busy } = useOrderDoing({
    order,
    call: (taken: number) =>
      comanda.orders.discount.mutate({
        orderId: order.id,
        expectedVersion: order.version,
        discount: isShare ? { bps: taken } : { fixed: taken },
        reason: reason.trim(),
      }),
    said: 'The discount is on the bill.',
    onDone: onClose,
  });
  return (
    <FormCard
      title="Discount"
      onClose={onClose}
      onSubmit={() => amount !== undefined && run(amount)}
    >
      <Choice
        label="How it is reckoned"
        value={isShare ? 'share' : 'fixed'}
        onChange={({ target }) => setIsShare(target.value === 'share')}
      >
        <option value="share">In percent</option>
        <option value="fixed">As an amount</option>
      </Choice>
      <Field
        label={isShare ? 'Percent' : 'Amount'}
        inputMode="decimal"
        required
        hint="It takes the place of any discount before."
        wrong={
          amount !== undefined ? undefined : isShare ? 'From 0 to 100.' : 'An amount such as 12.50.'
        }
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <Field
        label="Why"
        required
        maxLength={300}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      <Button kind="main" type="submit" busy={busy}>
        Take off
      </Button>
    </FormCard>
  );
}
