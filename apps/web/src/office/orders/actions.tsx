import type { NextStates, OrderView } from '@comanda/client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { calls, comanda } from '../../house/comanda.ts';
import { useKeptFocus } from '../../house/kept-focus.ts';
import { useMay } from '../../house/who.ts';
import { Button } from '../../parts/button.tsx';
import { AssignForm } from './assign-form.tsx';
import { DiscountForm, PaymentForm, RefundForm } from './money-forms.tsx';
import { STATES, stepName } from './order-words.ts';
import { ReasonForm } from './reason-form.tsx';
import { useOrderDoing } from './use-order.ts';

type Step = NextStates['items'][number];
type Form = 'payment' | 'refund' | 'discount' | 'assign' | Step;

/** What whoever looks may do with the order now. */
export function Actions({ order }: { order: OrderView }) {
  const [form, setForm] = useState<Form>();
  const section = useKeptFocus<HTMLElement>();
  const isClosed = order.state === 'completed' || order.state === 'cancelled';
  // Not one that was opened meanwhile.
  const close = () => setForm((now) => (now === form ? undefined : now));
  return (
    <section
      ref={section}
      tabIndex={-1}
      className="office-orders-actions"
      aria-label="What can be done"
    >
      {!isClosed && <Steps order={order} onForm={setForm} />}
      <OtherActions order={order} form={form} onForm={setForm} />
      {form === 'payment' && <PaymentForm order={order} onClose={close} />}
      {form === 'refund' && <RefundForm order={order} onClose={close} />}
      {form === 'discount' && <DiscountForm order={order} onClose={close} />}
      {form === 'assign' && <AssignForm order={order} onClose={close} />}
      {typeof form === 'object' && <ReasonForm order={order} step={form} onClose={close} />}
    </section>
  );
}

interface ActionsProps {
  order: OrderView;
  onForm: (form: Form) => void;
}

function Steps({ order, onForm }: ActionsProps) {
  const { id: orderId } = order;
  const { data } = useQuery(calls.orders.nextStates.queryOptions({ orderId }));
  const advance = useOrderDoing({
    order,
    call: (to: Exclude<Step['to'], 'cancelled'>) =>
      comanda.orders.advance.mutate({ orderId, expectedVersion: order.version, to }),
    said: ({ number, state }) => `Order #${number}: ${STATES[state].word.toLowerCase()}.`,
  });
  const row = useKeptFocus<HTMLDivElement>();
  const take = (step: Step) => {
    if (advance.busy) return;
    if (step.needsReason || step.to === 'cancelled') onForm(step);
    else advance.run(step.to);
  };
  return (
    <div ref={row} tabIndex={-1} className="row office-orders-steps">
      {data?.items.map((step, at) => (
        <Button
          key={step.to}
          kind={
            step.to === 'cancelled' ? 'danger' : at === 0 && !step.needsReason ? 'main' : 'plain'
          }
          busy={advance.busy && advance.input === step.to}
          aria-disabled={advance.busy}
          onClick={() => take(step)}
        >
          {stepName(step)}
        </Button>
      ))}
    </div>
  );
}

function OtherActions({ order, form, onForm }: ActionsProps & { form: Form | undefined }) {
  const may = useMay();
  const { payment, state, type, paid, refunded } = order;
  const isClosed = state === 'completed' || state === 'cancelled';
  const isDue = (payment === 'unpaid' || payment === 'failed') && state !== 'cancelled';
  const forms: [Form, string, boolean][] = [
    ['payment', 'Record a payment', may('order.serve') && isDue],
    ['refund', 'Refund', may('order.refund') && paid - refunded > 0],
    ['discount', 'Discount', may('order.discount') && payment === 'unpaid' && !isClosed],
    ['assign', 'Give to the crew', may('order.assign') && type === 'delivery' && !isClosed],
  ];
  return (
    <div className="row">
      {forms
        .filter(([, , isOffered]) => isOffered)
        .map(([each, name]) => (
          <Button key={name} aria-expanded={form === each} onClick={() => onForm(each)}>
            {name}
          </Button>
        ))}
    </div>
  );
}
