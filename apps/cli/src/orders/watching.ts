import type { Client, StreamEvent } from '@comanda/client';

type Watched = ReturnType<Client['orders']['watch']['subscribe']>;
type Event = Watched extends AsyncIterable<StreamEvent<infer Data>> ? Data : never;

/** Tells each event of orders in a line; it remembers which number went with which order. */
export function orderLines(): (step: unknown) => string {
  const numbers = new Map<string, number>();
  return (step) => {
    const { type, data } = step as { type: string; data: Event };
    if (type === 'gap') return '--------  Some events may be missing: see comanda orders list.';
    if (data.kind === 'ready') return `${timeOf(new Date())}  Watching; Ctrl-C ends it.`;
    if (data.kind === 'gone') {
      const number = numbers.get(data.orderId);
      const name = number === undefined ? 'An order' : numberOf(number);
      return `${timeOf(data.at)}  ${name}  is not yours to see any more`;
    }
    const { order, at, kind } = data;
    numbers.set(order.id, order.number);
    const { number, state, total, currency, payment, type: way, tableName, customerName } = order;
    return [
      timeOf(at),
      numberOf(number),
      (kind === 'placed' ? `${state} (new)` : state).padEnd(16),
      moneyOf(total, currency).padStart(12),
      payment.padEnd(8),
      tableName === null ? way : `table ${tableName}`,
      customerName,
    ].join('  ');
  };
}

const numberOf = (number: number) => `#${number}`.padStart(6);

const timeOf = (at: Date) => at.toLocaleTimeString('en', { hourCycle: 'h23' });

function moneyOf(minor: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const { maximumFractionDigits: digits = 2 } = format.resolvedOptions();
  return format.format(minor / 10 ** digits);
}
