import { type OrderCard, refusedWith } from '@comanda/client';
import { useState } from 'react';
import { comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { price } from '../../house/figures.ts';
import { useKeys } from '../../house/once.ts';
import { Button } from '../../parts/button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { OffShiftRefused } from '../clock/off-shift.tsx';
import { refresh, took } from './open-orders.ts';
import { orderRefusal } from './words.ts';

const WAYS = [
  ['cash', 'Cash'],
  ['card', 'Card'],
  ['other', 'Something else'],
] as const;

/** Writes down that the guests have paid, once, however often somebody taps. */
export function Paying({ order }: { order: OrderCard }) {
  const { id: orderId, number, version: expectedVersion, total, currency } = order;
  const [isOpen, setIsOpen] = useState(false);
  const keys = useKeys();
  const { run, busy, error, input, reset } = useDoing({
    call: (method: (typeof WAYS)[number][0]) =>
      comanda.orders.recordPayment.mutate(keys.keyed({ orderId, expectedVersion, method })),
    onDone: (paid) => {
      keys.answered();
      took(paid);
      setIsOpen(false);
    },
    onRefused: () => {
      refresh(orderId);
      return true;
    },
  });
  const close = () => {
    setIsOpen(false);
    reset();
  };
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>Take the payment</Button>
      <Sheet open={isOpen} onClose={close} title={`Order ${number}: ${price(total, currency)}`}>
        <p>How was it paid?</p>
        {WAYS.map(([method, words]) => (
          <Button
            key={method}
            kind="main"
            busy={busy && input === method}
            onClick={() => run(method)}
          >
            {words}
          </Button>
        ))}
        <OffShiftRefused error={error} />
        {error !== null && !refusedWith(error, 'OFF_SHIFT') && (
          <Notice kind="bad">{orderRefusal(error)}</Notice>
        )}
      </Sheet>
    </>
  );
}
