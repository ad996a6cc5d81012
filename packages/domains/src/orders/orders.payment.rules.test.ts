import { describe, expect, test } from 'vitest';
import { isSettled, paymentDue } from './orders.payment.rules.ts';
import { OrderState, PaymentState } from './orders.states.schema.ts';

const OVER = ['completed', 'cancelled'];

describe('what an order costs', () => {
  test.each(OrderState.options)('D6 can change as long as nobody has paid: %s', (state) => {
    const settled = isSettled({ state, payment: 'unpaid', paid: 0 });

    expect(settled).toBe(OVER.includes(state));
  });

  test.each(PaymentState.options.filter((one) => one !== 'unpaid'))(
    'D6 is fixed once money has come in, or was promised: %s',
    (payment) => {
      expect(isSettled({ state: 'preparing', payment, paid: 900 })).toBe(true);
    },
  );

  test('D6 can change where nothing had to be paid', () => {
    expect(isSettled({ state: 'served', payment: 'paid', paid: 0 })).toBe(false);
    expect(isSettled({ state: 'completed', payment: 'paid', paid: 0 })).toBe(true);
    expect(isSettled({ state: 'served', payment: 'authorized', paid: 0 })).toBe(true);
  });

  test('D6 is owed unless it is nothing', () => {
    expect([paymentDue(0), paymentDue(1)]).toEqual(['paid', 'unpaid']);
  });
});
