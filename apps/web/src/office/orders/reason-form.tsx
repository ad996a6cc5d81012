import type { NextStates, OrderView } from '@comanda/client';
import { useState } from 'react';
import { comanda } from '../../house/comanda.ts';
import { price } from '../../house/figures.ts';
import { useKeys } from '../../house/once.ts';
import { useMay } from '../../house/who.ts';
import { Button } from '../../parts/button.tsx';
import { Choice, Field } from '../../parts/field.tsx';
import { FormCard } from './form-card.tsx';
import { stepName } from './order-words.ts';
import { useOrderDoing } from './use-order.ts';

interface ReasonFormProps {
  order: OrderView;
  step: NextStates['items'][number];
  onClose: () => void;
}

/** A step that has to be explained, such as calling an order off. */
export function ReasonForm({ order, step, onClose }: ReasonFormProps) {
  const may = useMay();
  const [reason, setReason] = useState('');
  const [refund, setRefund] = useState('');
  const { to, needsReason } = step;
  const back = order.paid - order.refunded;
  const mayChoose =
    to === 'cancelled' && (step.needsRefundChoice || (back > 0 && may('order.refund')));
  const { run, busy } = useStep(order, step, onClose);
  return (
    <FormCard
      title={stepName(step)}
      onClose={onClose}
      onSubmit={() =>
        run({ reason: reason.trim(), refund: mayChoose ? refund === 'yes' : undefined })
      }
    >
      <Field
        label={needsReason ? 'Why' : 'Why, if you like'}
        required={needsReason}
        maxLength={300}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      {mayChoose && (
        <Choice
          label="What was paid"
          required
          value={refund}
          onChange={({ target }) => setRefund(target.value)}
        >
          <option value="">Choose …</option>
          {may('order.refund') && (
            <option value="yes">
              {back > 0
                ? `Goes back: ${price(back, order.currency)}`
                : 'Goes back: there is nothing'}
            </option>
          )}
          <option value="no">Stays here</option>
        </Choice>
      )}
      <Button kind={to === 'cancelled' ? 'danger' : 'main'} type="submit" busy={busy}>
        {to === 'cancelled' ? 'Yes, cancel it' : stepName(step)}
      </Button>
    </FormCard>
  );
}

interface Explained {
  reason: string;
  refund: boolean | undefined;
}

function useStep(order: OrderView, { to }: ReasonFormProps['step'], onClose: () => void) {
  const keys = useKeys();
  return useOrderDoing({
    order,
    call: ({ reason, refund }: Explained) => {
      const named = { orderId: order.id, expectedVersion: order.version };
      const said = reason === '' ? {} : { reason };
      if (to !== 'cancelled') return comanda.orders.advance.mutate({ ...named, ...said, to });
      const chosen = refund === undefined ? {} : { refund };
      return comanda.orders.cancel.mutate(keys.keyed({ ...named, ...said, ...chosen }));
    },
    said: to === 'cancelled' ? `Order #${order.number} is cancelled.` : 'Done.',
    onDone: () => {
      keys.answered();
      onClose();
    },
  });
}
